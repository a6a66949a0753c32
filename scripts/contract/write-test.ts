import { exemptionApiVersion } from '../../src/azure/policy/hidden-members.ts';
import { randomUUID } from 'node:crypto';
import { policyViolations } from '../../src/azure/client/policy-violation.ts';
import { sameId, scopeOfExtension } from '../../src/core/tenant/arm-id.ts';
import { exemptFromAssignment } from '../../src/core/access/access.ts';
import type { ExemptionToWrite } from '../../src/core/exemption/exemption.ts';
import type { Check } from './check.ts';
import { runCheck } from './check.ts';
import type { Exempted } from './choose-reference.ts';
import type { Exchange } from './exchanges.ts';
import { NotSeen, type Finding } from './finding.ts';
import type { Subject } from './subject.ts';

type Outcome = ReturnType<Check['run']>;

/** The result of writing one exemption. */
export type Trial = {
  readonly findings: readonly Finding[];
  readonly unknownReference: () => Outcome;
  readonly linkedRight: () => Outcome;
  readonly linkedText: () => Outcome;
  readonly disallowed: () => Outcome;
  /** The id of an exemption that could not be deleted; it expires within the hour. For the operator, not for the report. */
  readonly leftBehind: string | undefined;
};

const hourInMs = 3_600_000;
const unknownReferenceId = 'exemption-desk-contract-unknown';

const exemptionFor = (now: Date, { scope, ...what }: Exempted): ExemptionToWrite => {
  const name = `exemption-desk-contract-${randomUUID().slice(0, 8)}`;
  return {
    ...what,
    id: `${scope.replace(/\/+$/, '')}/providers/Microsoft.Authorization/policyExemptions/${name}`,
    category: 'Waiver',
    displayName: 'Exemption Desk contract test',
    description: 'Written by npm run contract to see how Azure answers; deleted at once, and expires within the hour.',
    expiresAt: new Date(Math.floor((now.getTime() + hourInMs) / 1000) * 1000),
    metadata: { request: 'contract' },
  };
};

const statuses = (exchanges: readonly Exchange[], method: string): string =>
  exchanges
    .filter(({ call }) => call.startsWith(method))
    .map(({ status }) => status)
    .join(', ');

const creation = (exemption: ExemptionToWrite): Check => ({
  title: 'an exemption is created',
  async run({ azure, exchanges }) {
    const before = exchanges.length;
    await azure.exemptions.write(exemption);
    return { seen: `PUT answered ${statuses(exchanges.slice(before), 'PUT')}`, verdict: 'matches' };
  },
});

const reading = (exemption: ExemptionToWrite): Check => ({
  title: 'it is read as it was written',
  async run({ azure }) {
    const read = await azure.exemptions.read(exemption.id);
    const same =
      read !== undefined &&
      sameId(read.policyAssignmentId, exemption.policyAssignmentId) &&
      read.referenceIds?.join() === exemption.referenceIds?.join() &&
      read.category === exemption.category &&
      read.description === exemption.description &&
      read.expiresAt?.getTime() === exemption.expiresAt?.getTime() &&
      read.requestReference === exemption.metadata.request;
    return { seen: same ? 'every fact is the same' : 'a fact differs', verdict: same ? 'matches' : 'differs' };
  },
});

/** Next to a known reference id, so that an Azure which drops unknown ones is not left with none: that would exempt the whole initiative. */
const unknownReference = (exemption: ExemptionToWrite): Check => ({
  title: 'an unknown reference id is refused with 400',
  async run({ askAside, exchanges }) {
    const before = exchanges.length;
    const properties = {
      policyAssignmentId: exemption.policyAssignmentId,
      policyDefinitionReferenceIds: [...(exemption.referenceIds ?? []), unknownReferenceId],
      exemptionCategory: exemption.category,
      expiresOn: exemption.expiresAt?.toISOString(),
    };
    await askAside({ method: 'PUT', path: exemption.id, apiVersion: exemptionApiVersion, body: { properties } }).catch(
      () => undefined,
    );
    const put = exchanges.slice(before).findLast(({ call }) => call.startsWith('PUT'));
    if (put === undefined) throw new NotSeen('no answer');
    return {
      seen: `PUT answered ${put.status} ${put.errorCode ?? ''}`.trim(),
      verdict: put.status === 400 ? 'matches' : 'differs',
    };
  },
});

const deletion = (exemption: ExemptionToWrite): Check => ({
  title: 'it is deleted',
  async run({ azure, exchanges }) {
    const before = exchanges.length;
    await azure.exemptions.remove(exemption.id);
    const gone = (await azure.exemptions.read(exemption.id)) === undefined;
    const own = exchanges.slice(before);
    return {
      seen: `DELETE answered ${statuses(own, 'DELETE')}, GET afterwards ${statuses(own, 'GET')}`,
      verdict: gone ? 'matches' : 'differs',
    };
  },
});

const notTold = (reason: string) => (): Outcome => Promise.reject(new NotSeen(reason));

const linkedText = (refused: Exchange) => async (): Outcome => {
  const { message } = (refused.body as { error: { message: string } }).error;
  const told = message.replace(/'[^']*'/g, (quoted) => (/^'Microsoft\.[\w./]+'$/.test(quoted) ? quoted : "'…'"));
  return { seen: told, verdict: message.includes(`'${exemptFromAssignment}'`) ? 'matches' : 'differs' };
};

const disallowed = (refused: Exchange) => async (): Outcome => {
  const { additionalInfo = [] } = (refused.body as { error: { additionalInfo?: readonly unknown[] } }).error;
  const named = policyViolations(additionalInfo).filter((each) => (each.policy ?? each.assignment) !== undefined);
  return {
    seen: `${refused.status}, ${named.length} policies named`,
    verdict: named.length > 0 ? 'matches' : 'differs',
  };
};

/** Writes, reads and deletes one exemption that expires in an hour. */
export const runWriteTest = async (subject: Subject, exempted: Exempted): Promise<Trial> => {
  const exemption = exemptionFor(subject.now(), exempted);
  const before = subject.exchanges.length;
  const created = await runCheck(creation(exemption), subject);
  const put = subject.exchanges.slice(before).findLast(({ call }) => call.startsWith('PUT'));
  const isRefused = put !== undefined && put.status >= 400 && put.status < 500;
  if (isRefused) {
    const linked = put.errorCode?.startsWith('LinkedAuthorizationFailed') === true;
    const otherwise = notTold('the write was refused for another reason');
    return {
      findings: [created],
      unknownReference: notTold('the write was refused'),
      linkedRight: linked ? async () => ({ seen: '403 LinkedAuthorizationFailed', verdict: 'matches' }) : otherwise,
      linkedText: linked ? linkedText(put) : otherwise,
      disallowed: put.errorCode?.startsWith('RequestDisallowedByPolicy') === true ? disallowed(put) : otherwise,
      leftBehind: undefined,
    };
  }
  const read = await runCheck(reading(exemption), subject);
  const unknown = await runCheck(unknownReference(exemption), subject);
  const deleted = await runCheck(deletion(exemption), subject);
  const allowed = 'the write was allowed; run it as somebody who has the permission at the resource only';
  return {
    findings: [created, read, deleted],
    unknownReference: async () => unknown,
    async linkedRight() {
      const scope = scopeOfExtension(exemption.policyAssignmentId);
      const [right] = await subject.azure.ownAccess.rightsAt(scope, [exemptFromAssignment]);
      if (right !== 'lacking') throw new NotSeen(allowed);
      return { seen: 'written, though the permissions there do not include it', verdict: 'differs' };
    },
    linkedText: notTold(allowed),
    disallowed: notTold('no policy forbids an exemption there'),
    leftBehind: deleted.verdict === 'matches' ? undefined : exemption.id,
  };
};
