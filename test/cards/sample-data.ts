import { createHash } from 'node:crypto';
import { choiceTokens } from '../../src/core/request/choice-token.ts';
import type { Alert } from '../../src/core/alert/alert.ts';
import type { ReadExemption } from '../../src/core/inventory/listed-exemption.ts';
import type { Draft } from '../../src/core/request/draft.ts';
import type { Exemption } from '../../src/core/exemption/exemption.ts';
import type { Target } from '../../src/core/plan/exemption-plan.ts';
import type { Person } from '../../src/core/person.ts';
import type { Assessment, Recommendation } from '../../src/core/tenant/recommendation.ts';
import type { ExemptionRequest } from '../../src/core/request/request.ts';
import type { RequestStatus } from '../../src/core/request/request-status.ts';
import type { ReportView } from '../../src/core/report/report.ts';
import type { RequestView } from '../../src/core/chat/request-view.ts';
import type { ScoreOutlook } from '../../src/core/score/secure-score.ts';
import type { Form } from '../../src/core/request/terms.ts';
import { builtIn } from '../core/governance-facts.ts';

export const timeZone = 'Europe/Berlin';
export const tokenOf = choiceTokens((text) => createHash('sha256').update(text).digest('hex'));
export const now = new Date('2026-11-21T13:05:00Z');
const inAMonth = new Date('2026-12-21T22:59:59Z');
const subscription = '/subscriptions/5a1f6d0e-2222-4c3b-9a5e-0f6f7d1c2b3a';
export const key = '3b20e985-f71f-483b-b078-f30d73936d43';
export const personId = '5a1f6d0e-1111-4c3b-9a5e-0f6f7d1c2b3a';
export const severities = ['critical', 'high', 'medium', 'low'] as const;

/** How texts that come from people or from Azure look in a sample, and how many rows lists have and what makes ids longer. */
export type Flavour = { readonly text: (plain: string) => string; readonly rows: number; readonly idPadding: string };

/** One small estate, told in a flavour: everything the card builders take. */
export const sampleData = ({ text, rows, idPadding }: Flavour) => {
  const many = <Item>(item: (index: number) => Item): Item[] => Array.from({ length: rows }, (_, index) => item(index));
  const alice: Person = { objectId: 'a11ce', tenantId: 't', name: text('Alice Anders') };
  const bob: Person = { objectId: 'b0b', tenantId: 't', name: text('Bob Berger') };
  const recommendation: Recommendation = {
    key,
    title: text('Storage accounts should restrict network access using virtual network rules'),
    severity: 'high',
    description: text(
      'Protect your storage accounts from potential threats using virtual network rules as a preferred method.',
    ),
    remediation: text(
      '1. In the storage account open Networking.\n2. Run az storage account update --name <account-name>\n3. Save.',
    ),
    policyDefinitionId: '/providers/Microsoft.Authorization/policyDefinitions/2a1a9cdf',
    category: undefined,
  };
  const resourceId = (index: number) =>
    `${subscription}/resourceGroups/rg-shop-prod/providers/Microsoft.Storage/storageAccounts/stshopprod${idPadding}${index}`;
  const assessment =
    (status: Assessment['status']) =>
    (index: number): Assessment => ({
      recommendationKey: key,
      resourceId: resourceId(index),
      resourceName: text(`stshopprod${index}`),
      status,
    });
  const assignmentNames = [text('Microsoft cloud security benchmark'), text('Contoso baseline')];
  const targets: Target[] = assignmentNames.map((assignmentName, index) => ({
    exemptionId: `${resourceId(0)}/providers/Microsoft.Authorization/policyExemptions/ED-st-${index}`,
    scope: resourceId(0),
    assignmentId: `${subscription}/providers/Microsoft.Authorization/policyAssignments/asc-${index}`,
    assignmentName,
    referenceIds: ['storageNetwork'],
  }));
  const exemption = (index: number): Exemption => ({
    id: `${resourceId(index)}/providers/Microsoft.Authorization/policyExemptions/ED-st-${index}`,
    name: `ED-st-${index}`,
    scope: resourceId(index),
    policyAssignmentId: `${subscription}/providers/Microsoft.Authorization/policyAssignments/asc`,
    referenceIds: ['storageNetwork'],
    category: index % 2 === 0 ? 'Waiver' : 'Mitigated',
    displayName: text('Legacy import until the move'),
    description: text('Partner import runs until the migration in December.'),
    expiresAt: index % 3 === 2 ? undefined : inAMonth,
    createdBy: text('alice@contoso.example'),
    createdAt: now,
    requestReference: 'EX-12AB',
  });
  const form: Form = {
    scope: 'resources',
    resources: [resourceId(0), resourceId(2)],
    name: text('Exempt: Storage accounts should restrict network access'),
    category: 'Waiver',
    expiry: '30',
    expiryDate: '',
    justification: text('The partner import needs public access until the migration in December is done.'),
    ticket: text('CHG0042'),
    reason: 'no-fix',
    evidence: { 'no-fix/field-0': text('https://vendor.example/advisory/7') },
  };
  const draft: Draft = {
    id: 'd3b0-7384',
    requester: alice,
    recommendation,
    form,
    createdAt: now,
    amends: undefined,
    replaces: undefined,
  };
  const terms = {
    recommendation,
    scopes: [resourceId(0)],
    name: form.name,
    category: 'Waiver' as const,
    expiresAt: inAMonth,
    justification: form.justification,
    ticket: form.ticket,
    reason: {
      id: 'no-fix',
      text: text('There is no fix').slice(0, 100),
      evidence: many((index) => ({
        id: `field-${index}`,
        label: text(`Advisory ${index}`).slice(0, 60),
        text: text('https://vendor.example/advisory/7').slice(0, 300),
      })).slice(0, 5),
    },
  };
  const request = (status: RequestStatus, reference = 'EX-12AB'): ExemptionRequest => ({
    reference,
    version: 3,
    status,
    requester: alice,
    createdAt: now,
    terms,
    targets,
    alsoExempts: [text('Machines should have vulnerability findings resolved')],
    leftOut: [],
    governance: builtIn,
    renewal: undefined,
    termsVersion: 1,
    approvals: ['pending', 'withdrawn', 'rejected'].includes(status)
      ? []
      : [{ by: bob, at: now, comment: text('Fine until the migration.') }],
    decision: ['pending', 'withdrawn'].includes(status)
      ? undefined
      : { by: bob, at: now, comment: text('Fine until the migration.') },
    waitingSince: now,
    emergency: undefined,
    revocation:
      status === 'revoking' || status === 'revoked'
        ? { by: bob, at: now, reason: text('Fixed last week.') }
        : undefined,
    failure: status === 'failed' ? text('Azure refused the write: the scope is locked.') : undefined,
    appliedAt: undefined,
    absent: [],
    progress: status === 'applied' ? { exempt: 3, of: 5 } : undefined,
  });
  const score: ScoreOutlook = {
    kind: 'effects',
    effects: many((index) => ({
      subscription,
      place: text('shop-prod'),
      control: text(`Encrypt data in transit ${index}`),
      max: 4,
      now: 4 / 3,
      least: 4 / 3,
      most: 8 / 3,
    })),
  };
  const secureScore = (index: number) => ({
    subscription: `/subscriptions/5a1f6d0e-2222-4c3b-9a5e-${String(index).padStart(12, '0')}`,
    name: text(`shop-${index}`),
    current: 12.345 + index / 3,
    max: 58,
    weight: 40,
    controls: many((each) => ({
      name: text(`Encrypt data in transit ${each}`),
      max: each % 4 === 3 ? 0 : 4 + each,
      healthy: each % 5,
      unhealthy: each % 3,
      recommendationKeys: [key],
    })),
  });
  const event = { at: now, reference: 'EX-12AB', from: undefined, to: undefined, facts: {} };
  const view = (status: RequestStatus): RequestView => ({
    request: request(status),
    warnings: status === 'pending' ? many((index) => text(`Already exempt by “Exemption ${index}”`)) : [],
    reach: {
      isWide: true,
      sentence: text('Subscription shop-prod: 40 resources now, and every one created there later.'),
    },
    objects: many((index) => ({
      name: text(`ED-st-${index}`),
      place: text('shop-prod / rg-shop-prod'),
      assignmentName: text('Contoso baseline'),
      referenceIds: index === 0 ? undefined : [text('storageNetwork'), text('storageFirewall')],
    })).slice(0, 3),
    scopeLabels: [text('stshopprod0'), ...many((index) => text(`stshopprod${index}`))],
    history: [
      { ...event, actor: { kind: 'person', person: alice }, event: 'requested', text: form.justification },
      ...(status === 'pending'
        ? []
        : [{ ...event, actor: { kind: 'person', person: bob } as const, event: 'approved', text: '' }]),
    ],
    askedIn: rows === 0 ? [] : [text('approvals')],
    score,
    narrower: many((index) => ({ token: tokenOf(resourceId(index)), label: text(`stshopprod${index}`) })),
    timeZone,
  });
  const exemptionRow = (index: number): ReadExemption => ({
    exemption: exemption(index),
    madeIn: index % 5 === 0 ? 'defender' : 'policy',
    recommendations: [recommendation],
    wholeInitiative: index % 4 === 3,
    needless: index % 3 === 2,
    assignmentNames,
    scopeLabel: text('stshopprod0'),
    state: (['active', 'expiring', 'never-expires', 'expired', 'orphaned'] as const)[index % 5] ?? 'active',
    request: index % 2 === 0 ? request('applied') : undefined,
  });
  const offer = {
    resources: many((index) => ({ id: resourceId(index), label: text(`stshopprod${index}`) })),
    scopes: many((index) => ({
      id: `${subscription}/resourceGroups/rg-${index}`,
      label: `Resource group ${text(`rg-shop-${index}`)}`,
    })),
    waiting: {
      found: 2 * rows,
      rows: many((index) => ({
        request: request('pending', `EX-1${String(index).padStart(3, '0')}`),
        places: text('stshopprod0'),
      })).slice(0, 3),
    },
  };
  const list = {
    covers: text('rg-shop-prod, Contoso'),
    note: text('Only what is subscribed here is shown.'),
    whyEmpty: rows === 0 ? ({ kind: 'eligible-only', roles: [text('Security Admin')] } as const) : undefined,
  };
  const group = (label: string) => ({
    label,
    exemptions: 2 * rows,
    expiring: rows,
    neverExpires: 1,
    orphaned: 1,
    outside: 3,
    open: rows,
  });
  const reportView: ReportView = {
    numbers: {
      exemptions: { inForce: rows, expiring: 3, neverExpires: 4, expired: rows, orphaned: 1, outside: 5 },
      open: rows,
      overdue: rows,
      decisions: {
        sent: rows,
        lapsed: 1,
        withdrawn: 2,
        approved: rows,
        rejected: 1,
        unneeded: 1,
        renewals: rows,
        medianMs: rows === 0 ? undefined : 12_000_000,
      },
      bySubscription: many((index) => group(text(`shop-${index}`))),
      bySeverity: [...severities, ''].map(group),
    },
    period: { fromDay: '2026-11-01', toDay: '2026-11-30' },
    ...list,
  };
  const obstacle = { code: 'partly-exempt' as const, sentence: text('Already exempt on Contoso baseline.') };

  const alert = (index: number): Alert => ({
    step: 'created',
    title: text('Exemption created outside Exemption Desk'),
    severity: severities[index % 5],
    facts: [
      { label: 'Recommendation', text: recommendation.title },
      { label: 'Scope', text: text(`shop-prod / rg-shop-prod / stshopprod${index}`) },
      { label: 'Expires', text: '21 Dec 2026, 23:59 (Europe/Berlin)' },
    ],
    words: text('Created in the portal by Pat.'),
    ...(index % 3 === 0 ? { reason: terms.reason } : {}),
    rows: [],
    reference: index % 3 === 0 ? 'EX-12AB' : undefined,
    exemptionId: index % 3 === 1 ? exemption(index).id : undefined,
  });
  return {
    alert,
    many,
    recommendation,
    assessment,
    assignmentNames,
    targets,
    exemption,
    form,
    draft,
    terms,
    request,
    view,
    exemptionRow,
    offer,
    list,
    obstacle,
    score,
    secureScore,
    reportView,
  };
};
