import { retirementOf } from '../../core/tenant/retired-recommendation.ts';
import { distinctBy } from '../../core/lists.ts';
import { normalId } from '../../core/tenant/arm-id.ts';
import type { Target } from '../../core/plan/exemption-plan.ts';
import { goneSentence } from '../../core/plan/gone-references.ts';
import { GovernanceError } from '../../core/governance-error.ts';
import { narrowTargets, type Narrowed } from '../../core/plan/narrow-targets.ts';
import { idsLeft } from '../../core/request/exemption-claims.ts';
import { isBlocking } from '../../core/plan/obstacle.ts';
import type { ExemptionRequest } from '../../core/request/request.ts';
import { requestNamed } from '../record/change-request.ts';
import type { Desk } from '../desk.ts';
import { planRequest, type Draught } from './plan-request.ts';

const nothingLeft =
  'The approved exemption no longer applies: the policy assignments that include the recommendation are gone or already exempt.';

/**
 * Compares the approved targets with a plan made now, for the expiry of the terms or another. Throws GovernanceError conflict if Defender
 * for Cloud no longer knows the recommendation.
 */
export const planAgain = async (
  desk: Desk,
  request: ExemptionRequest,
  until: Date | undefined = request.terms.expiresAt,
): Promise<Narrowed & Pick<Draught, 'obstacles' | 'gone'> & { readonly planned: readonly Target[] }> => {
  const { key } = request.terms.recommendation;
  const catalogue = await desk.recommendations.catalogue();
  const recommendation = catalogue.find((each) => each.key.toLowerCase() === key.toLowerCase());
  if (recommendation === undefined)
    throw new GovernanceError(
      'conflict',
      retirementOf(key) ?? 'Defender for Cloud no longer knows this recommendation.',
    );
  const replaced = request.renewal === undefined ? undefined : await requestNamed(desk, request.renewal.of);
  const ids = [
    ...request.targets.map(({ exemptionId }) => exemptionId),
    ...(replaced === undefined ? [] : idsLeft(replaced)),
  ];
  const own = distinctBy([...request.targets, ...(replaced?.targets ?? [])], ({ exemptionId }) =>
    normalId(exemptionId),
  );
  const terms = { ...request.terms, expiresAt: until };
  const { targets, obstacles, gone } = await planRequest(desk, recommendation, terms, ids, own);
  return { ...narrowTargets(request.targets, targets), planned: targets, obstacles, gone };
};

/**
 * Checks the approved targets again right before writing: never more, but less if an assignment is gone or now excludes the scope, or if
 * another exemption covers it. Throws GovernanceError conflict with the reason if nothing is left, or if an initiative cannot be read.
 */
export const recheckTargets = async (
  desk: Desk,
  request: ExemptionRequest,
): Promise<Narrowed & Pick<Draught, 'gone'>> => {
  const { obstacles, planned: _, ...narrowed } = await planAgain(desk, request);
  const unread = obstacles.find((obstacle) => obstacle.code === 'unread-initiative');
  if (unread !== undefined) throw new GovernanceError('conflict', unread.sentence);
  if (narrowed.targets.length > 0) return narrowed;
  const { gone } = narrowed;
  const why =
    gone.length === 0 ? nothingLeft : `${goneSentence(gone)} Nothing of what was approved is left. Send a new request.`;
  throw new GovernanceError('conflict', obstacles.find(isBlocking)?.sentence ?? why);
};
