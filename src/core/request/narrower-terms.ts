import { sameId } from '../tenant/arm-id.ts';
import { endOfDay, formatDay } from '../calendar.ts';
import { daysFrom, wholeDayMeant } from '../typed/day-meant.ts';
import type { Target } from '../plan/exemption-plan.ts';
import { GovernanceError } from '../governance-error.ts';
import { covers, type Hierarchy } from '../tenant/hierarchy.ts';
import type { Terms } from './terms.ts';

/** A reduction that an approver makes to a request. */
export type Narrowing = {
  /** The last day, as people write it (`2026-12-31`, `31 Dec`); empty: as requested. */
  readonly lastDay: string;
  /** ARM ids; undefined: as requested. */
  readonly scopes: readonly string[] | undefined;
};

type Context = { readonly hierarchy: Hierarchy; readonly now: Date; readonly timeZone: string };

const invalid = (sentence: string): GovernanceError => new GovernanceError('invalid', sentence);

const narrowerEnd = (terms: Terms, lastDay: string, { now, timeZone }: Context): Date | undefined => {
  if (lastDay.trim() === '') return terms.expiresAt;
  const end = endOfDay(wholeDayMeant(lastDay, daysFrom(now, timeZone)), timeZone);
  if (end <= now) throw invalid('The last day must not be in the past.');
  if (terms.expiresAt !== undefined && end > terms.expiresAt)
    throw invalid(
      `An approver can only shorten the exemption, which was requested until ${formatDay(terms.expiresAt, timeZone)}. For more time, its requester must change the request.`,
    );
  return end;
};

const narrowerScopes = (
  terms: Terms,
  scopes: readonly string[] | undefined,
  { hierarchy }: Context,
): readonly string[] => {
  // The card starts with nothing selected for one wide scope, and with everything selected for several.
  if (scopes === undefined || (scopes.length === 0 && terms.scopes.length === 1)) return terms.scopes;
  if (scopes.length === 0) throw invalid('Choose what to approve, or reject the request.');
  const outside = scopes.find((scope) => !terms.scopes.some((asked) => covers(asked, scope, hierarchy)));
  if (outside !== undefined)
    throw invalid('An approver can only narrow the scope: choose requested scopes, or scopes inside them.');
  return scopes;
};

/**
 * The terms with less time or a smaller scope, never more; throws GovernanceError invalid with the remedy for anything else. Days end in
 * the time zone.
 */
export const narrowerTerms = (terms: Terms, { lastDay, scopes }: Narrowing, context: Context): Terms => ({
  ...terms,
  expiresAt: narrowerEnd(terms, lastDay, context),
  scopes: narrowerScopes(terms, scopes, context),
});

const includesAll = (wide: Target['referenceIds'], narrow: Target['referenceIds']): boolean =>
  narrow === undefined
    ? wide === undefined
    : wide !== undefined && narrow.every((id) => wide.some((each) => each.toLowerCase() === id.toLowerCase()));

/** The targets of a plan for narrower scopes that lie within the requested targets: an approval never adds an assignment or a scope. */
export const targetsWithin = (
  asked: readonly Target[],
  planned: readonly Target[],
  hierarchy: Hierarchy,
): readonly Target[] =>
  planned.filter((target) =>
    asked.some(
      (wider) =>
        sameId(wider.assignmentId, target.assignmentId) &&
        covers(wider.scope, target.scope, hierarchy) &&
        includesAll(wider.referenceIds, target.referenceIds),
    ),
  );
