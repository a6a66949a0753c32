import { exemptionApiVersion } from '../../src/azure/policy/hidden-members.ts';
import { isAtOrUnder, nameOf, sameId } from '../../src/core/tenant/arm-id.ts';
import type { Check } from './check.ts';
import type { Finding } from './finding.ts';
import { NotSeen } from './finding.ts';
import {
  allAssignments,
  allExemptions,
  firstOf,
  hierarchyOf,
  initiativeIds,
  leading,
  someSubscription,
} from './subject.ts';

const verdict = (holds: boolean): Finding['verdict'] => (holds ? 'matches' : 'differs');
const graphCall = 'Microsoft.ResourceGraph/resources';

const quota: Check = {
  title: 'every answer of Resource Graph tells the quota that is left, and when it comes back as hh:mm:ss',
  run: async ({ exchanges }) => {
    const answers = exchanges.filter(({ call }) => call.includes(graphCall));
    firstOf(answers, 'answer of Resource Graph');
    const told = answers.filter(
      ({ header }) =>
        /^\d+$/.test(header('x-ms-user-quota-remaining') ?? '') &&
        /^\d\d:\d\d:\d\d$/.test(header('x-ms-user-quota-resets-after') ?? ''),
    );
    return { seen: `${told.length} of ${answers.length} answers`, verdict: verdict(told.length === answers.length) };
  },
};

const inheritance: Check = {
  title: 'a question about one subscription shows what is assigned above it only with authorizationScopeFilter',
  run: async (subject) => {
    const { azure, askAside } = subject;
    const scope = await someSubscription(subject);
    const filtered = await leading(azure.policies.assignments(scope));
    const query =
      "policyresources | where type == 'microsoft.authorization/policyassignments' | project id, scope = tostring(properties.scope) | order by id asc";
    const answer = await askAside({
      method: 'POST',
      path: '/providers/Microsoft.ResourceGraph/resources',
      apiVersion: '2024-04-01',
      body: { subscriptions: [nameOf(scope)], query, options: { resultFormat: 'objectArray' } },
    });
    const plain = (answer as { data: { scope: string }[] }).data.map((row) => row.scope);
    const above = (scopes: readonly string[]) => scopes.filter((each) => !isAtOrUnder(each, scope));
    const [withFilter, without] = [above(filtered.map((each) => each.scope)).length, above(plain).length];
    if (withFilter === 0) throw new NotSeen('nothing is assigned above the subscription');
    return {
      seen: `${withFilter} assignments from above with it, ${without} without`,
      verdict: verdict(without === 0),
    };
  },
};

const ancestors: Check = {
  title: 'the chain of management groups begins with the direct parent and ends with the tenant root',
  run: async (subject) => {
    const { managementGroups, subscriptions } = await hierarchyOf(subject);
    const groupNamed = new Map(managementGroups.map((group) => [group.name.toLowerCase(), group]));
    const chains = [...managementGroups, ...subscriptions].map((each) => each.ancestors);
    const long = chains.filter((chain) => chain.length > 1 && groupNamed.has(chain[0]?.toLowerCase() ?? ''));
    firstOf(long, 'chain of two management groups');
    const fitting = long.filter(([parent = '', ...rest]) => {
      const above = groupNamed.get(parent.toLowerCase())?.ancestors ?? [];
      return above.join('/').toLowerCase() === rest.join('/').toLowerCase();
    });
    return { seen: `${fitting.length} of ${long.length} chains`, verdict: verdict(fitting.length === long.length) };
  },
};

const references: Check = {
  title: 'a reference id stands in an initiative only once',
  run: async (subject) => {
    const ids = (await initiativeIds(subject)).slice(0, 10);
    const found = (await leading(Promise.all(ids.map((id) => subject.azure.policies.initiative(id))))).filter(
      (each) => each !== undefined,
    );
    firstOf(found, 'initiative');
    const doubled = found.filter((each) => {
      const names = each.references.map(({ referenceId }) => referenceId.toLowerCase());
      return new Set(names).size < names.length;
    });
    return {
      seen: `${doubled.length} of ${found.length} initiatives have one twice`,
      verdict: verdict(doubled.length === 0),
    };
  },
};

const sameExemption: Check = {
  title: 'Resource Graph and Resource Manager tell the same of an exemption',
  run: async (subject) => {
    const listed = firstOf(await allExemptions(subject), 'exemption');
    const read = await leading(subject.azure.exemptions.read(listed.id));
    if (read === undefined) throw new NotSeen('the exemption has gone in the meantime');
    const fields = Object.keys(listed) as (keyof typeof listed)[];
    const text = (value: unknown): string => JSON.stringify([value]).toLowerCase();
    const other = fields.filter((field) => text(listed[field]) !== text(read[field]));
    return {
      seen: other.length === 0 ? `all ${fields.length} facts are the same` : `other: ${other.join(', ')}`,
      verdict: verdict(other.length === 0),
    };
  },
};

const orphans: Check = {
  title: 'every assignment that an exemption names is visible, unless it was deleted',
  run: async (subject) => {
    const [exemptions, assignments] = [await allExemptions(subject), await allAssignments(subject)];
    firstOf(exemptions, 'exemption');
    const orphaned = exemptions.filter(
      ({ policyAssignmentId }) => !assignments.some(({ id }) => sameId(id, policyAssignmentId)),
    );
    return {
      seen: `${orphaned.length} of ${exemptions.length} exemptions name an assignment that is not listed`,
      verdict: verdict(orphaned.length < exemptions.length),
    };
  },
};

const offered: Check = {
  title: `Microsoft.Authorization still offers the API version ${exemptionApiVersion} of policy exemptions`,
  run: async ({ askAside }) => {
    const answer = await askAside({
      method: 'GET',
      path: '/providers/Microsoft.Authorization',
      apiVersion: '2021-04-01',
    }).catch(() => {
      throw new NotSeen('the list of API versions could not be read');
    });
    const { resourceTypes } = answer as { resourceTypes: { resourceType: string; apiVersions: string[] }[] };
    const versions = resourceTypes.find(({ resourceType }) => resourceType === 'policyExemptions')?.apiVersions ?? [];
    return { seen: `offered: ${versions.join(', ')}`, verdict: verdict(versions.includes(exemptionApiVersion)) };
  },
};

/** Assumptions of the code beyond the fields that it reads. */
export const assumptions: readonly Check[] = [
  quota,
  inheritance,
  ancestors,
  references,
  sameExemption,
  orphans,
  offered,
];
