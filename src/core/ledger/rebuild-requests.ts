import type { Target } from '../plan/exemption-plan.ts';
import type { ExemptionCategory } from '../exemption/exemption.ts';
import type { LedgerEvent } from './ledger.ts';
import type { Severity } from '../tenant/severity.ts';
import type { Renewal } from '../request/renewal.ts';
import type { RequestGovernance } from '../request/request-governance.ts';
import { wordsIn, type RequestWords } from './request-record.ts';
import type { ExemptionRequest } from '../request/request.ts';

/** The part of a request that the ledger contains; the text of a refusal by Azure is stored only outside it. */
export type RebuiltRequest = Pick<
  ExemptionRequest,
  | 'reference'
  | 'version'
  | 'status'
  | 'requester'
  | 'createdAt'
  | 'terms'
  | 'termsVersion'
  | 'targets'
  | 'governance'
  | 'approvals'
  | 'decision'
  | 'appliedAt'
  | 'absent'
  | 'waitingSince'
  | 'emergency'
  | 'revocation'
  | 'renewal'
>;

/** The rules for requests whose rows say nothing about rules. */
const beforeRules: RequestGovernance = {
  approvals: 1,
  approvers: [],
  limits: { maxDays: 365, neverExpires: false, justificationMinLength: 20, ticket: { required: false, patterns: [] } },
  trace: [],
};

const instantOf = (fact: string | undefined, otherwise: Date | undefined): Date | undefined =>
  fact === undefined ? otherwise : fact === '' ? undefined : new Date(fact);

const targetsOf = (fact: string): Target[] =>
  (JSON.parse(fact) as Target[]).map((target) => ({ ...target, referenceIds: target.referenceIds }));

const governanceIn = ({ governance }: LedgerEvent['facts']): RequestGovernance | undefined =>
  governance === undefined ? undefined : (JSON.parse(governance) as RequestGovernance);

const renewalIn = (fact: string | undefined): Renewal | undefined =>
  fact === undefined || fact === '' ? undefined : (JSON.parse(fact) as Renewal);

const absentIn = (fact: string): string[] => (fact === '' ? [] : (JSON.parse(fact) as string[]));

type GivenReason = NonNullable<RebuiltRequest['terms']['reason']>;

const textsIn = ({ name, ticket, justification }: RequestWords) => ({ name, ticket, justification });

/** A row says the reason where it is another one, and the evidence with the other texts of the requester. */
const reasonAfter = (
  before: GivenReason | undefined,
  fact: string | undefined,
  words: RequestWords | undefined,
): Pick<RebuiltRequest['terms'], 'reason'> => {
  const said =
    fact === undefined ? before : fact === '' ? undefined : (JSON.parse(fact) as Omit<GivenReason, 'evidence'>);
  if (said === undefined) return {};
  const { id, text } = said;
  return { reason: { id, text, evidence: words === undefined ? (before?.evidence ?? []) : (words.evidence ?? []) } };
};

/** The first row of a request contains everything about it. */
const begun = (event: LedgerEvent, words: RequestWords): RebuiltRequest | undefined => {
  const { reference, to, actor, facts } = event;
  if (reference === undefined || to === undefined || actor.kind !== 'person') return undefined;
  return {
    reference,
    version: Number(facts.version),
    status: to,
    requester: actor.person,
    createdAt: event.at,
    terms: {
      recommendation: {
        key: facts.recommendation ?? '',
        title: facts.title ?? '',
        severity: facts.severity as Severity,
      },
      scopes: JSON.parse(facts.scopes ?? '[]') as string[],
      category: facts.category as ExemptionCategory,
      expiresAt: instantOf(facts.expiresAt, undefined),
      ...textsIn(words),
      ...reasonAfter(undefined, facts.reason, words),
    },
    targets: targetsOf(facts.targets ?? '[]'),
    termsVersion: Number(facts.termsVersion ?? 1),
    governance: governanceIn(facts) ?? beforeRules,
    approvals: [],
    decision: undefined,
    appliedAt: undefined,
    absent: [],
    waitingSince: instantOf(facts.waitingSince, event.at) ?? event.at,
    emergency: undefined,
    revocation: undefined,
    renewal: renewalIn(facts.renewal),
  };
};

const termsAfter = (before: RebuiltRequest['terms'], event: LedgerEvent): RebuiltRequest['terms'] => {
  const { facts } = event;
  const { reason, ...terms } = before;
  const words = wordsIn(event);
  return {
    ...terms,
    scopes: facts.scopes === undefined ? terms.scopes : (JSON.parse(facts.scopes) as string[]),
    category: facts.category === undefined ? terms.category : (facts.category as ExemptionCategory),
    expiresAt: instantOf(facts.expiresAt, terms.expiresAt),
    ...(words === undefined ? {} : textsIn(words)),
    ...reasonAfter(reason, facts.reason, words),
  };
};

/** A row adds at most one approval, by the person who acted. Rows from before there were rules show it by the status alone. */
const approvalsAfter = (
  before: RebuiltRequest,
  { facts, actor, text, to }: LedgerEvent,
): RebuiltRequest['approvals'] => {
  const approvals = facts.termsVersion === undefined ? before.approvals : [];
  const byStatus = before.governance === beforeRules && to === 'approved' && before.approvals.length === 0;
  const instants = (facts.approvedAt ?? (byStatus ? facts.decidedAt : undefined))?.split(' ') ?? [];
  const at = instants.at(approvals.length);
  if (at === undefined || at === '' || actor.kind !== 'person') return approvals;
  return [...approvals, { by: actor.person, at: new Date(at), comment: text }];
};

const decisionAfter = (before: RebuiltRequest, { facts, actor, text }: LedgerEvent): RebuiltRequest['decision'] => {
  if (facts.decidedAt === undefined) return before.decision;
  const at = instantOf(facts.decidedAt, undefined);
  return at === undefined || actor.kind !== 'person' ? undefined : { by: actor.person, at, comment: text };
};

const emergencyAfter = (before: RebuiltRequest, { facts }: LedgerEvent): RebuiltRequest['emergency'] => {
  const ratifyBy = instantOf(facts.ratifyBy, before.emergency?.ratifyBy);
  return ratifyBy === undefined ? undefined : { ratifyBy };
};

const revocationAfter = (before: RebuiltRequest, { facts, actor, text }: LedgerEvent): RebuiltRequest['revocation'] => {
  const at = instantOf(facts.revokedAt, undefined);
  if (at === undefined) return before.revocation;
  return { by: actor.kind === 'person' ? actor.person : undefined, at, reason: text };
};

const changed = (before: RebuiltRequest, event: LedgerEvent): RebuiltRequest => ({
  ...before,
  version: Number(event.facts.version),
  status: event.to ?? before.status,
  terms: termsAfter(before.terms, event),
  targets: event.facts.targets === undefined ? before.targets : targetsOf(event.facts.targets),
  termsVersion: Number(event.facts.termsVersion ?? before.termsVersion),
  governance: governanceIn(event.facts) ?? before.governance,
  approvals: approvalsAfter(before, event),
  decision: decisionAfter(before, event),
  appliedAt: instantOf(event.facts.appliedAt, before.appliedAt),
  absent: event.facts.absent === undefined ? before.absent : absentIn(event.facts.absent),
  waitingSince: instantOf(event.facts.waitingSince, before.waitingSince) ?? before.waitingSince,
  emergency: emergencyAfter(before, event),
  revocation: revocationAfter(before, event),
  renewal: event.facts.renewal === undefined ? before.renewal : renewalIn(event.facts.renewal),
});

/**
 * Rebuilds every request from the rows of the ledger, oldest first: the same as in the store, with names and texts that were not erased.
 * Rows that change no request (a recorded step, a subscription) are skipped. Pure.
 */
export const rebuildRequests = (events: readonly LedgerEvent[]): RebuiltRequest[] => {
  const requests = new Map<string, RebuiltRequest>();
  for (const event of events) {
    if (event.reference === undefined || event.facts.version === undefined) continue;
    const before = requests.get(event.reference);
    const words = wordsIn(event);
    const after = before !== undefined ? changed(before, event) : words === undefined ? undefined : begun(event, words);
    if (after !== undefined) requests.set(after.reference, after);
  }
  return [...requests.values()];
};
