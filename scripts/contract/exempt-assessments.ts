import { nameOf, sameId, scopeKind } from '../../src/core/tenant/arm-id.ts';
import { isExpired, type Exemption } from '../../src/core/exemption/exemption.ts';
import { queryScopes } from '../../src/core/tenant/scope-sets.ts';
import type { Check } from './check.ts';
import { NotSeen } from './finding.ts';
import { allAssignments, allExemptions, firstOf, hierarchyOf, leading, type Subject } from './subject.ts';

const exemptRows = `securityresources
| where type == 'microsoft.security/assessments'
| extend
    code = tostring(properties.status.code),
    cause = tostring(properties.status.cause),
    description = tostring(properties.status.description)
| extend saysExempt = iff(description contains 'exempt', 'yes', 'no')
| where cause =~ 'exempt' or saysExempt == 'yes'
| summarize assessments = count(), texts = dcount(description) by code, cause, saysExempt`;

type Row = {
  readonly code: string;
  readonly cause: string;
  readonly saysExempt: string;
  readonly assessments: number;
  readonly texts: number;
};

/** The text may contain a name of the tenant, so only facts about it are reported. */
export const exemptStatus: Check = {
  title: 'an exempt assessment is NotApplicable with the cause Exempt, and its description says so',
  run: async ({ askAside }) => {
    const answer = await askAside({
      method: 'POST',
      path: '/providers/Microsoft.ResourceGraph/resources',
      apiVersion: '2024-04-01',
      body: { query: exemptRows, options: { resultFormat: 'objectArray' } },
    });
    const rows = (answer as { data: Row[] }).data;
    firstOf(rows, 'exempt assessment');
    const isExpected = ({ code, cause, saysExempt }: Row): boolean =>
      `${code} ${cause} ${saysExempt}` === 'NotApplicable Exempt yes';
    const told = rows.map(
      ({ code, cause, saysExempt, assessments, texts }) =>
        `${assessments} with ${code} and ${cause === '' ? 'no cause' : cause}, description says so: ${saysExempt} (${texts} texts)`,
    );
    return { seen: told.join('; '), verdict: rows.every(isExpected) ? 'matches' : 'differs' };
  },
};

const most = { exemptions: 5, recommendations: 3 };

/** The keys of recommendations whose policy definition the exemption covers. */
const recommendationsUnder = async (subject: Subject, exemption: Exemption): Promise<string[]> => {
  const assignment = (await allAssignments(subject)).find(({ id }) => sameId(id, exemption.policyAssignmentId));
  const initiative =
    assignment === undefined ? undefined : await leading(subject.azure.policies.initiative(assignment.definitionId));
  const references = (exemption.referenceIds ?? []).map((each) => each.toLowerCase());
  const definitions = (initiative?.references ?? [])
    .filter(({ referenceId }) => references.includes(referenceId.toLowerCase()))
    .map(({ definitionId }) => nameOf(definitionId).toLowerCase());
  const catalogue = await leading(subject.azure.recommendations.catalogue());
  return catalogue
    .filter(({ policyDefinitionId: id }) => id !== undefined && definitions.includes(nameOf(id).toLowerCase()))
    .map(({ key }) => key)
    .slice(0, most.recommendations);
};

/** Neither unhealthy nor healthy below a wide exemption: then the cause must be Exempt. */
export const wideExemptions: Check = {
  title: 'assessments below an exemption of a subscription or management group have the cause Exempt too',
  run: async (subject) => {
    const wide = (await allExemptions(subject))
      .filter((each) => ['management-group', 'subscription'].includes(scopeKind(each.scope)))
      .filter((each) => !isExpired(each, subject.now()) && each.referenceIds !== undefined)
      .slice(0, most.exemptions);
    firstOf(wide, 'such exemption in force');
    const hierarchy = await hierarchyOf(subject);
    const statuses: string[] = [];
    for (const exemption of wide)
      for (const key of await recommendationsUnder(subject, exemption)) {
        const found = await leading(
          subject.azure.recommendations.assessments(key, queryScopes([exemption.scope], hierarchy)),
        );
        statuses.push(...found.map(({ status }) => status));
      }
    const count = (status: string): number => statuses.filter((each) => each === status).length;
    const [exempt, otherCause] = [count('exempt'), count('not-applicable')];
    if (exempt + otherCause === 0)
      throw new NotSeen(`${wide.length} such exemptions, no assessment below that shows them`);
    const seen = `${wide.length} exemptions; below them ${exempt} exempt, ${otherCause} not applicable with another cause, ${count('unhealthy')} unhealthy`;
    return { seen, verdict: exempt > 0 ? 'matches' : 'differs' };
  },
};
