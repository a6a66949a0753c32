import { GovernanceError } from '../../core/governance-error.ts';
import { narrowerTerms, targetsWithin, type Narrowing } from '../../core/request/narrower-terms.ts';
import { isBlocking } from '../../core/plan/obstacle.ts';
import type { ExemptionRequest } from '../../core/request/request.ts';
import type { Desk } from '../desk.ts';
import { planAgain } from '../plan/recheck-targets.ts';

type TermsAndTargets = Pick<ExemptionRequest, 'terms' | 'targets'>;

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
  narrowing: Narrowing | undefined,
): Promise<TermsAndTargets> => {
  const { terms, targets } = request;
  if (narrowing === undefined) return { terms, targets };
  const context = { hierarchy: await desk.hierarchy(), now: desk.now(), timeZone: desk.timeZone };
  const narrower = narrowerTerms(terms, narrowing, context);
  const sameScopes = isSame(narrower.scopes, terms.scopes);
  if (sameScopes && narrower.expiresAt?.getTime() === terms.expiresAt?.getTime()) return { terms, targets };
  if (request.emergency !== undefined)
    throw new GovernanceError(
      'invalid',
      'An exemption that was written in an emergency can only be approved or rejected as it is.',
    );
  if (request.renewal !== undefined && !sameScopes)
    throw new GovernanceError('invalid', `A renewal must cover everything that ${request.renewal.of} covers.`);
  return sameScopes
    ? { terms: { ...narrower, scopes: terms.scopes }, targets }
    : { terms: narrower, targets: await targetsFor(desk, request, narrower) };
};
