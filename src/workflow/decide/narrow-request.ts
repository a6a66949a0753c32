import { GovernanceError } from '../../core/governance-error.ts';
import { narrowerTerms, targetsWithin, type Narrowing } from '../../core/request/narrower-terms.ts';
import { isBlocking } from '../../core/plan/obstacle.ts';
import type { ExemptionRequest } from '../../core/request/request.ts';
import { chosenOf, choiceTokens } from '../../core/request/choice-token.ts';
import type { Desk } from '../desk.ts';
import { narrowerScopes } from './find-narrower-scopes.ts';
import { planAgain } from '../plan/recheck-targets.ts';

type TermsAndTargets = Pick<ExemptionRequest, 'terms' | 'targets' | 'governance'>;

/** A narrowing, typed or as ticked on a card. */
export type Reduction = Narrowing | (Omit<Narrowing, 'scopes'> & { readonly ticked: readonly string[] });

/** Throws GovernanceError invalid if something is ticked that cannot be chosen: it is gone, or the card is of an earlier version. */
const readTicks = async (desk: Desk, request: ExemptionRequest, reduction: Reduction): Promise<Narrowing> => {
  if (!('ticked' in reduction)) return reduction;
  const { lastDay, ticked } = reduction;
  if (ticked.length === 0) return { lastDay, scopes: [] };
  const offered = (await narrowerScopes(desk, request)).map((id) => ({ id }));
  const { ids, lost } = chosenOf([], { ticked, shown: [] }, offered, choiceTokens(desk.hash));
  if (lost > 0)
    throw new GovernanceError(
      'invalid',
      `An approver can only narrow the scope, and what you selected can no longer be chosen there. To see ${request.reference} now, send: request ${request.reference}`,
    );
  return { lastDay, scopes: ids };
};

const isSame = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((scope) => b.some((each) => each.toLowerCase() === scope.toLowerCase()));

/** The targets for fewer scopes; throws GovernanceError conflict with the reason if there are none. */
const targetsFor = async (desk: Desk, request: ExemptionRequest, terms: ExemptionRequest['terms']) => {
  const { planned, obstacles } = await planAgain(desk, { ...request, terms });
  const targets = targetsWithin(request.targets, planned, await desk.hierarchy());
  if (targets.length > 0) return targets;
  const reason = obstacles.find(isBlocking)?.sentence ?? 'Nothing would be left to write.';
  throw new GovernanceError('conflict', `The request cannot be narrowed like that. ${reason}`);
};

/**
 * The terms and targets that an approver agrees to: as requested, or with less time or a smaller scope. Returns the same terms if nothing
 * was changed.
 */
export const narrowRequest = async (
  desk: Desk,
  request: ExemptionRequest,
  reduction: Reduction | undefined,
): Promise<TermsAndTargets> => {
  const { terms, targets, governance } = request;
  if (reduction === undefined) return { terms, targets, governance };
  const narrowing = await readTicks(desk, request, reduction);
  const context = { hierarchy: await desk.hierarchy(), now: desk.now(), timeZone: desk.timeZone };
  const narrower = narrowerTerms(terms, narrowing, context);
  const sameScopes = isSame(narrower.scopes, terms.scopes);
  if (sameScopes && narrower.expiresAt?.getTime() === terms.expiresAt?.getTime()) return { terms, targets, governance };
  if (request.emergency !== undefined)
    throw new GovernanceError(
      'invalid',
      'An exemption that was written in an emergency can only be approved or rejected as it is.',
    );
  if (request.renewal !== undefined && !sameScopes)
    throw new GovernanceError('conflict', `A renewal must cover everything that ${request.renewal.of} covers.`);
  return sameScopes
    ? { terms: { ...narrower, scopes: terms.scopes }, targets, governance }
    : {
        terms: narrower,
        targets: await targetsFor(desk, request, narrower),
        governance: { ...governance, scopesReduced: true },
      };
};
