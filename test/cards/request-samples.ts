import type { Card } from '../../src/cards/render-card.ts';
import { refusedCard, seeRequest } from '../../src/cards/refused-card.ts';
import { decideThese } from '../../src/cards/request/several-form.ts';
import { confirmSeveralCard, severalDecidedCard } from '../../src/cards/request/several-decided-card.ts';
import { waitingRow } from '../../src/cards/request/requests-card.ts';
import { decisionFormCard } from '../../src/cards/request/decision-form-card.ts';
import { lessForm } from '../../src/cards/request/decision-forms.ts';
import { askedByName } from '../../src/cards/request/asked-by-name.ts';
import { requestCard } from '../../src/cards/request/request-card.ts';
import { requestFormCard } from '../../src/cards/request/request-form-card.ts';
import { requestPreviewCard } from '../../src/cards/request/request-preview-card.ts';
import { withoutFile } from '../../src/core/governance/governance-rules.ts';
import { widestLimits } from '../../src/core/governance/widest-limits.ts';
import { rulesHere } from '../../src/core/governance/rules-here.ts';
import { shopGroup, vm1, playground } from '../core/contoso.ts';
import { asked, builtIn, rule, rulesWith } from '../core/governance-facts.ts';
import type { ReadyReason } from '../../src/core/governance/reasons.ts';
import { now, sampleData, timeZone, tokenOf, type Flavour } from './sample-data.ts';

/** As many reasons with as much evidence as a governance file may have. */
const sampleReasons = (text: Flavour['text']): ReadyReason[] =>
  Array.from({ length: 20 }, (_, index) => ({
    id: index === 0 ? 'no-fix' : `reason-${index}`,
    line: index,
    category: index < 10 ? ('Waiver' as const) : ('Mitigated' as const),
    text: text(`There is no fix ${index}`).slice(0, 100),
    evidence: Array.from({ length: 5 }, (__, at) => ({
      id: `field-${at}`,
      label: text(`Advisory ${at}`).slice(0, 60) || 'Advisory',
      required: at === 0,
    })),
    approvers: undefined,
    instead: index === 0 ? text('Suppress the finding instead.').slice(0, 300) : undefined,
  }));

/** The cards of requests, from the form to the end, in a flavour. */
export const requestSamples = (flavour: Flavour) => {
  const { text, rows } = flavour;
  const { many, assignmentNames, targets, draft, terms, view, offer, obstacle, score } = sampleData(flavour);
  const applied = view('applied');
  const emergency = { ...applied, request: { ...applied.request, approvals: [], emergency: { ratifyBy: now } } };
  const otherTerms = {
    terms: {
      ...terms,
      scopes: many((index) => `/subscriptions/${String(index)}`),
      name: text('Until spring'),
      category: 'Mitigated' as const,
      expiresAt: undefined,
      justification: text('It was to be for ever.'),
      ticket: text('CHG0007'),
    },
    scopeLabels: many((index) => text(`shop-${String(index)}`)),
  };
  const pending = view('pending');
  const revoking = view('revoking');
  const removal = {
    ...revoking.history[0]!,
    actor: { kind: 'job', name: 'revoke' } as const,
    event: 'exemption-removed',
  };
  const partlyRevoked = {
    ...revoking,
    request: { ...revoking.request, targets: Array.from({ length: 40 }, () => targets[0]!) },
    history: [
      ...revoking.history,
      ...Array.from({ length: 12 }, (_, index) => ({ ...removal, facts: { exemption: `e${index}` } })),
    ],
  };
  const approvals = [
    { by: { objectId: 'b0b', tenantId: 't', name: text('Bob Berger') }, at: now, comment: text('Fine.') },
  ];
  const halfApproved = {
    ...pending,
    request: { ...pending.request, approvals, governance: { ...pending.request.governance, approvals: 2 } },
  };
  const less = lessForm(
    pending,
    { lastDay: '2026-11-01', scopes: [], note: text('Ten days are enough.') },
    { again: true },
  );
  const whole = {
    ...{
      draft,
      seen: 'f'.repeat(64),
      governance: builtIn,
      renewal: { of: 'EX-0LD1', number: 1, firstLasted: 30 },
      lends: false,
      terms,
    },
    ...{ emergencyPossible: false, scopeLabels: [text('stshopprod0')], askedIn: [text('approvals')], score, timeZone },
    plan: { targets, obstacles: [], alsoExempts: [], leftOut: [] },
  };
  const rules = rulesHere(
    rulesWith([
      rule('Two 1', { scope: [shopGroup] }, { approvals: 2, approvers: [{ kind: 'group', id: 'a'.repeat(36) }] }),
      rule('Never 2', { category: ['Mitigated'] }, { deny: text('Not negotiable.') }),
    ]),
    asked({ scopes: [vm1, playground] }),
  );
  const general = {
    limits: widestLimits(withoutFile),
    rules: { here: undefined, replaced: undefined },
    lends: false,
    reasons: [],
  };
  const strict = {
    limits: { ...widestLimits(withoutFile), varies: true },
    rules: {
      here: { rules, scopes: [vm1, playground], labelOf: () => text('shop-prod / rg-shop / vm-1') },
      replaced: { reference: 'EX-12AB', terms },
    },
    lends: true,
    reasons: sampleReasons(text),
  };
  return {
    form: requestFormCard({ draft, offer, problems: [], ...general, tokenOf, now, timeZone }),
    'refused form': requestFormCard({
      draft,
      offer,
      problems: [
        {
          field: 'justification',
          sentence: text('A justification of at least 20 characters is required: approvers decide by it.'),
        },
        { field: 'expiryDate', sentence: text('The expiry date must be after today.') },
      ],
      ...strict,
      tokenOf,
      now,
      timeZone,
    }),
    preview: requestPreviewCard({
      draft,
      seen: 'f'.repeat(64),
      reach: pending.reach,
      objects: pending.objects ?? [],
      governance: builtIn,
      renewal: undefined,
      lends: true,
      emergencyPossible: true,
      terms,
      scopeLabels: [text('stshopprod0')],
      plan: {
        targets,
        obstacles: [
          { ...obstacle, kind: 'warning' },
          { ...obstacle, kind: 'not-checked' },
        ],
        alsoExempts: many(() => text('Machines should have vulnerability findings resolved')),
        leftOut: [],
      },
      askedIn: rows === 0 ? [] : [text('approvals')],
      score,
      timeZone,
    }),
    'limited preview': requestPreviewCard({
      draft,
      seen: 'f'.repeat(64),
      governance: builtIn,
      renewal: undefined,
      lends: true,
      emergencyPossible: true,
      terms,
      scopeLabels: [text('stshopprod0')],
      plan: {
        targets: targets.slice(0, 1),
        obstacles: [],
        alsoExempts: [],
        leftOut: [assignmentNames[1] ?? ''],
      },
      askedIn: [],
      score,
      timeZone,
    }),
    'blocked preview': requestPreviewCard({
      draft,
      seen: 'f'.repeat(64),
      governance: builtIn,
      renewal: undefined,
      lends: true,
      emergencyPossible: true,
      terms,
      scopeLabels: [text('stshopprod0')],
      plan: { targets: [], obstacles: [{ ...obstacle, kind: 'blocking' }], alsoExempts: [], leftOut: [] },
      askedIn: [],
      score: { kind: 'uncounted', why: 'preview' },
      timeZone,
    }),
    'pending request for approvers': requestCard(view('pending'), 'approvers'),
    'pending request that asks people by name': askedByName(
      requestCard(pending, 'approvers'),
      ['Bob Berger', 'Carol Costa', 'Bob Berger', 'Dr. Dan Diaz', 'Erin O’Neil'].map((name, index) => ({
        objectId: `b0b${index}`,
        name: text(name),
        userId: `29:${'1'.repeat(80)}${index}`,
      })),
    ),
    'pending request for one approver, in their time': requestCard(
      { ...view('pending'), readerTime: { timeZone: 'America/New_York', locale: 'en-US', hour12: true } },
      'approvers',
      { objectId: 'b0b' },
    ),
    'pending request for its requester': requestCard(view('pending'), 'requester'),
    'pending request for a reader': requestCard(view('pending'), 'reader'),
    'approved request': requestCard(view('approved'), 'approvers'),
    'applied request': requestCard(view('applied'), 'requester'),
    'request in effect': requestCard(view('effective'), 'requester'),
    'rejected request': requestCard(view('rejected'), 'approvers'),
    'withdrawn request': requestCard(view('withdrawn'), 'approvers'),
    'partly applied request': requestCard(view('partly-applied'), 'approvers'),
    'failed request': requestCard(view('failed'), 'approvers'),
    'lapsed request': requestCard(view('lapsed'), 'requester'),
    'request being revoked': requestCard(partlyRevoked, 'requester'),
    'adopted request': requestCard(
      {
        ...applied,
        request: { ...applied.request, approvals: [], governance: { ...builtIn, approvals: 0, adopted: true } },
      },
      'requester',
    ),
    'revoked request': requestCard(view('revoked'), 'approvers'),
    'emergency for approvers': requestCard(emergency, 'approvers'),
    'emergency for its requester': requestCard(emergency, 'requester'),
    'changed form': requestFormCard({
      draft: { ...draft, amends: { reference: 'EX-12AB', termsVersion: 1 } },
      offer,
      problems: [],
      ...general,
      limits: { ...widestLimits(withoutFile), neverExpires: true, varies: true },
      tokenOf,
      now,
      timeZone,
    }),
    'form of a renewal': requestFormCard({
      draft: { ...draft, replaces: { reference: 'EX-12AB', deed: 'renew' } },
      offer,
      problems: [],
      ...strict,
      tokenOf,
      now,
      timeZone,
    }),
    'renewal for approvers': requestCard(
      {
        ...view('pending'),
        request: { ...view('pending').request, renewal: { of: 'EX-0LD1', number: 2, firstLasted: 30 } },
      },
      'approvers',
    ),
    'changed request for approvers': requestCard(
      { ...view('pending'), former: { kind: 'changed', reference: 'EX-12AB', ...otherTerms } },
      'approvers',
    ),
    'reduced request': requestCard(
      { ...view('applied'), former: { kind: 'reduced', reference: 'EX-12AB', ...otherTerms } },
      'requester',
    ),
    'request that its reader approved': requestCard(halfApproved, 'approvers', { objectId: 'B0B' }),
    'renewal that ends earlier': requestPreviewCard({
      ...whole,
      former: { kind: 'in-force', reference: 'EX-0LD1', ...otherTerms },
      replaced: { reference: 'EX-0LD1', status: 'effective', terms: otherTerms.terms },
    }),
    'refused approval': refusedCard({
      title: 'EX-12AB was not approved',
      sentence: text('The last day must not be in the past.'),
      typed: '',
      inputs: less.inputs,
      actions: [...less.submits, seeRequest('EX-12AB')],
    }),
    'refused rejection': refusedCard({
      title: 'EX-12AB was not rejected',
      sentence: text('EX-12AB has changed since this card was drawn.'),
      typed: text('Use the private endpoint.'),
      inputs: [],
      actions: [seeRequest('EX-12AB')],
    }),
    'form to reject': decisionFormCard(pending, 'reject'),
    'form to approve less': decisionFormCard(pending, 'less'),
    'several decided': severalDecidedCard('approve', [
      { reference: 'EX-12AB', request: view('approved').request },
      ...many((index) => ({ reference: `EX-34C${index}`, sentence: text('The lock prevents it.') })).slice(0, 9),
    ]),
    'several to confirm': confirmSeveralCard(
      'reject',
      [waitingRow({ labels: new Map([['EX-12AB', text('shop-prod')]]), timeZone })(pending.request)],
      text('Use the private endpoint.'),
      decideThese('reject', [pending.request], text('Use the private endpoint.')),
    ),
    'replaced request': requestCard(view('replaced'), 'requester'),
    'expired request': requestCard(view('expired'), 'requester'),
  } satisfies Record<string, Card>;
};
