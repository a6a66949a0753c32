import { normalId } from '../tenant/arm-id.ts';
import type { Target } from '../plan/exemption-plan.ts';
import type { RequestStatus } from './request-status.ts';
import type { Terms } from './terms.ts';

/** The terms that new ones are compared with: of the same request before a change, as requested before an approver reduced them, or in force. */
export type FormerTerms = {
  readonly kind: 'changed' | 'reduced' | 'in-force';
  /** The request that they belong to. */
  readonly reference: string;
  readonly terms: Terms;
};

const sameScopes = (a: readonly string[], b: readonly string[]): boolean => {
  const [these, those] = [new Set(a.map(normalId)), new Set(b.map(normalId))];
  return these.size === those.size && [...these].every((scope) => those.has(scope));
};

/** The parts of terms that people can change. */
export type TermsPart = 'scopes' | 'name' | 'category' | 'expiresAt' | 'justification' | 'ticket' | 'reason';

/** The database keeps the parts of evidence in an order of its own. */
const reasonKey = (reason: Terms['reason']): string =>
  JSON.stringify([reason?.id, reason?.text, reason?.evidence.map(({ id, label, text }) => [id, label, text])]);

const sameReason = (a: Terms['reason'], b: Terms['reason']): boolean => reasonKey(a) === reasonKey(b);

/** What differs between two versions of terms, in the order of the form. */
export const changedParts = (before: Terms, after: Terms): readonly TermsPart[] => [
  ...(sameScopes(before.scopes, after.scopes) ? [] : (['scopes'] as const)),
  ...(['name', 'category'] as const).filter((part) => before[part] !== after[part]),
  ...(before.expiresAt?.getTime() === after.expiresAt?.getTime() ? [] : (['expiresAt'] as const)),
  ...(['justification', 'ticket'] as const).filter((part) => before[part] !== after[part]),
  ...(sameReason(before.reason, after.reason) ? [] : (['reason'] as const)),
];

const keyOf = ({ exemptionId, assignmentId, scope, referenceIds }: Target): string =>
  [normalId(exemptionId), normalId(assignmentId), normalId(scope), ...(referenceIds ?? ['*']).toSorted()].join('\n');

type TermsAndTargets = { readonly terms: Terms; readonly targets: readonly Target[] };

/** Whether neither the terms nor what would be written differ, so that sending them would only void approvals. */
export const changesNothing = (before: TermsAndTargets, after: TermsAndTargets): boolean => {
  const [these, those] = [before, after].map(({ targets }) => targets.map(keyOf).toSorted().join('\n\n'));
  return changedParts(before.terms, after.terms).length === 0 && these === those;
};

/** Whether new terms end before those that are in force. Nothing is in force any more after the end. */
export const endsEarlier = (
  inForce: { readonly status: RequestStatus; readonly terms: Pick<Terms, 'expiresAt'> },
  { expiresAt }: Pick<Terms, 'expiresAt'>,
): boolean =>
  inForce.status !== 'expired' && (expiresAt?.getTime() ?? Infinity) < (inForce.terms.expiresAt?.getTime() ?? Infinity);
