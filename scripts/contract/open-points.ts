import { exemptionApiVersion } from '../../src/azure/policy/hidden-members.ts';
import { readFileSync } from 'node:fs';
import { PolicyClient } from '@azure/arm-policy';
import { normalId } from '../../src/core/tenant/arm-id.ts';
import type { Check } from './check.ts';
import { exemptStatus, wideExemptions } from './exempt-assessments.ts';
import type { Exchange } from './exchanges.ts';
import { NotSeen } from './finding.ts';
import { allExemptions, type Subject } from './subject.ts';
import type { Trial } from './write-test.ts';

const documentedMost = 1000;

const most: Check = {
  title: 'a scope holds at most 1,000 exemptions',
  run: async (subject) => {
    const scopes = (await allExemptions(subject)).map(({ scope }) => normalId(scope));
    const largest = Math.max(
      0,
      ...Map.groupBy(scopes, (scope) => scope)
        .values()
        .map((each) => each.length),
    );
    const seen = `the fullest scope holds ${largest}`;
    if (largest > documentedMost) return { seen, verdict: 'differs' };
    throw new NotSeen(`${seen}, which says nothing about the limit`);
  },
};

const validations = ({ exchanges }: Subject): string[] => {
  const bodies = exchanges
    .filter(
      ({ call, status }: Exchange) =>
        call.startsWith('GET') && /policyExemptions\/\{name\}$/i.test(call) && status === 200,
    )
    .map(({ body }) => body as { properties?: { assignmentScopeValidation?: string } });
  return bodies.map(({ properties }) => properties?.assignmentScopeValidation ?? 'left out');
};

const scopeValidation: Check = {
  title: `assignmentScopeValidation is answered at ${exemptionApiVersion}, as Default or DoNotValidate`,
  run: async (subject) => {
    const values = [...new Set(validations(subject))];
    if (values.length === 0) throw new NotSeen('no exemption was read');
    const known = values.every((value) => ['Default', 'DoNotValidate', 'left out'].includes(value));
    return {
      seen: values.filter((value) => /^[A-Za-z ]+$/.test(value)).join(', '),
      verdict: known ? 'matches' : 'differs',
    };
  },
};

const unseeable = (title: string, why: string): Check => ({
  title,
  run: () => Promise.reject(new NotSeen(why)),
});

const client: Check = {
  title: 'the pinned @azure/arm-policy still has policy exemptions',
  run: async () => {
    const credential = { getToken: () => Promise.resolve(null) };
    const has = 'policyExemptions' in new PolicyClient(credential, 'none');
    return { seen: has ? 'it has them' : 'it has not', verdict: has ? 'matches' : 'differs' };
  },
};

const pinned: Check = {
  title: 'npm installed the pinned @azure/arm-policy under this Node',
  run: async () => {
    const read = (path: string): unknown => JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8'));
    const { dependencies } = read('package.json') as { dependencies: Record<string, string> };
    const { version } = read('node_modules/@azure/arm-policy/package.json') as { version: string };
    const wanted = dependencies['@azure/arm-policy'] ?? '';
    return {
      seen: `${version} under Node ${process.versions.node}, pinned ${wanted}`,
      verdict: version === wanted ? 'matches' : 'differs',
    };
  },
};

/** Questions that public sources left open, in the order in which they were noted; `trial` is the result of the write test, if it ran. */
export const openPoints = (trial: Trial | undefined): readonly Check[] => [
  exemptStatus,
  wideExemptions,
  {
    title: 'an exemption of a resource needs exempt/action where the policy is assigned, not only at the resource',
    run: async () => trial?.linkedRight() ?? Promise.reject(new NotSeen('only --write-test can show it')),
  },
  most,
  {
    title: 'an unknown reference id is refused with 400',
    run: async () => trial?.unknownReference() ?? Promise.reject(new NotSeen('only --write-test can show it')),
  },
  scopeValidation,
  unseeable(
    'Event Grid tells a topic of a resource group about exemptions of its resources',
    'this command makes no event subscriptions',
  ),
  {
    title:
      'LinkedAuthorizationFailed names the missing permission, Microsoft.Authorization/policyAssignments/exempt/action',
    run: async () =>
      trial?.linkedText() ?? Promise.reject(new NotSeen('only --write-test without the permission can show it')),
  },
  {
    title: 'RequestDisallowedByPolicy names the policy that forbids an exemption',
    run: async () =>
      trial?.disallowed() ?? Promise.reject(new NotSeen('only --write-test under such a policy shows it')),
  },
  unseeable(
    'an exemption of a category, and one without assignedStandard, can be written in Defender',
    'this command writes no exemption in Defender; docs/contract.md says how to try it by hand',
  ),
  client,
  pinned,
];
