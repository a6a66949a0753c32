import type { Alert } from '../../src/core/alert/alert.ts';
import type { AlertDelivery } from '../../src/core/alert/alert-delivery.ts';
import type { Conversation } from '../../src/core/chat/conversation.ts';
import type { Draft } from '../../src/core/request/draft.ts';
import type { LedgerEvent } from '../../src/core/ledger/ledger.ts';
import { asPerson, type Person } from '../../src/core/person.ts';
import type { ExemptionRequest } from '../../src/core/request/request.ts';
import { builtIn } from '../core/governance-facts.ts';

const tenantId = '11111111-0000-0000-0000-000000000001';

export const alice: Person = { objectId: 'AAAAAAAA-0000-0000-0000-000000000001', tenantId, name: 'Alice Adler' };
export const bob: Person = { objectId: 'bbbbbbbb-0000-0000-0000-000000000002', tenantId, name: 'Bob Berger' };

const scope = '/subscriptions/22222222-0000-0000-0000-000000000001/resourceGroups/shop';
const assignment = 'providers/Microsoft.Authorization/policyAssignments';

export const pendingRequest = (reference: string, changes: Partial<ExemptionRequest> = {}): ExemptionRequest => ({
  reference,
  version: 1,
  status: 'pending',
  requester: alice,
  createdAt: new Date('2026-11-20T08:15:30.123Z'),
  terms: {
    recommendation: { key: '33333333-0000-0000-0000-000000000001', title: 'MFA should be on', severity: 'high' },
    scopes: [scope],
    name: 'Migration — “Größe” 🚧',
    category: 'Waiver',
    expiresAt: new Date('2026-12-20T22:59:59.999Z'),
    justification: "Bob's server; drop table requests; -- $1",
    ticket: '',
    reason: {
      id: 'no-fix',
      text: 'There is no fix',
      evidence: [{ id: 'advisory', label: 'Advisory', text: '"7"; ${$root}' }],
    },
  },
  targets: [
    {
      exemptionId: `${scope}/providers/Microsoft.Authorization/policyExemptions/ED-shop-1`,
      scope,
      assignmentId: `${scope}/${assignment}/benchmark`,
      assignmentName: 'Benchmark',
      referenceIds: ['mfaOwners', 'mfaWriters'],
    },
    {
      exemptionId: `${scope}/providers/Microsoft.Authorization/policyExemptions/ED-shop-2`,
      scope,
      assignmentId: `${scope}/${assignment}/direct`,
      assignmentName: 'Direct',
      referenceIds: undefined,
    },
  ],
  alsoExempts: ['Accounts should be few'],
  leftOut: ['Baseline of the group'],
  governance: builtIn,
  termsVersion: 1,
  approvals: [],
  decision: undefined,
  waitingSince: new Date('2026-11-20T08:15:30.123Z'),
  emergency: undefined,
  revocation: undefined,
  renewal: undefined,
  failure: undefined,
  appliedAt: undefined,
  absent: [],
  progress: undefined,
  ...changes,
});

export const draft: Draft = {
  id: 'draft-1',
  requester: alice,
  recommendation: { key: 'key', title: 'MFA should be on', severity: 'high', policyDefinitionId: undefined },
  form: {
    scope: 'resources',
    resources: [scope],
    name: '  as typed ',
    category: '',
    expiry: '30',
    expiryDate: '',
    justification: 'line one\nline two',
    ticket: '',
  },
  createdAt: new Date('2026-11-20T08:00:00.000Z'),
  origin: '19:shop',
  amends: undefined,
  replaces: undefined,
};

export const personalChat: Conversation = {
  id: 'a:alice',
  kind: 'personal',
  tenantId,
  serviceUrl: 'https://smba.example/emea/',
  botId: '28:bot',
  objectId: alice.objectId.toLowerCase(),
  name: undefined,
  teamId: undefined,
};

export const alert: Alert = {
  step: '30',
  title: 'An exemption ends in 30 days',
  severity: undefined,
  facts: [{ label: 'Ends', text: '20 Dec 2026' }],
  words: 'words of a person',
  rows: [],
  reference: 'EX-AAAA',
  exemptionId: undefined,
};

export const delivery = (id: string, changes: Partial<AlertDelivery> = {}): AlertDelivery => ({
  id,
  channelId: '19:c',
  alert,
  kind: 'expiring',
  unitKey: undefined,
  scopes: [],
  mentions: [],
  digest: false,
  correlation: undefined,
  dueAt: new Date('2026-11-21T12:00:00.000Z'),
  ...changes,
});

export const approval: LedgerEvent = {
  at: new Date('2026-11-21T14:05:00.250Z'),
  actor: asPerson(bob),
  reference: 'EX-AAAA',
  event: 'approved',
  from: 'pending',
  to: 'approved',
  text: 'Fine until the migration',
  facts: { recommendation: 'key', count: '2' },
};
