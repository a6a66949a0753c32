import { GovernanceError } from '../../core/governance-error.ts';
import { narrowerTerms, targetsWithin, type Narrowing } from '../../core/request/narrower-terms.ts';
import { isBlocking } from '../../core/plan/obstacle.ts';
import type { ExemptionRequest } from '../../core/request/request.ts';
import type { Desk } from '../desk.ts';
import { planAgain } from '../plan/recheck-targets.ts';

type TermsAndTargets = Pick<ExemptionRequest, 'terms' | 'targets'>;

const isSame = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((scope) => b.some((each) => each.toLowerCase() === scope.toLowerCase()));

/** What would be written for fewer scopes; GovernanceError conflict with the reason where that is nothing. */
const targetsFor = async (desk: Desk, request: ExemptionRequest, terms: ExemptionRequest['terms']) => {
  const { planned, obstacles } = await planAgain(desk, { ...request, terms });
  const targets = targetsWithin(request.targets, planned, await desk.hierarchy());
  if (targets.length > 0) return targets;
  const reason = obstacles.find(isBlocking)?.sentence ?? 'Nothing of what was asked for would be left to write.';
  throw new GovernanceError('conflict', `It cannot be narrowed like that. ${reason}`);
};

/** The terms and targets that an approver agrees to: as asked, or with less time or less scope. The same terms where nothing was changed. */
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
    throw new GovernanceError('invalid', 'What was written in an emergency can only be approved or rejected as it is.');
  if (request.renewal !== undefined && !sameScopes)
    throw new GovernanceError('invalid', `A renewal holds for all that ${request.renewal.of} covers, or not at all.`);
  return sameScopes
    ? { terms: { ...narrower, scopes: terms.scopes }, targets }
    : { terms: narrower, targets: await targetsFor(desk, request, narrower) };
};
