import { retirementOf } from '../../core/tenant/retired-recommendation.ts';
import { GovernanceError } from '../../core/governance-error.ts';
import type { ListPage } from '../../core/list-page.ts';
import type { Assessment, Recommendation } from '../../core/tenant/recommendation.ts';
import type { Desk } from '../desk.ts';
import { mapShownPolicies } from './map-shown-policies.ts';
import { estimateGains } from './estimate-gains.ts';
import { findControls, type KnownControls } from './find-controls.ts';
import { refuseOtherCloud } from './find-recommendations.ts';
import { findWaitingFor, type WaitingRequests } from './find-waiting.ts';
import { explainExempted } from './explain-exempted.ts';
import { withReadableName, type ExemptedAssessment } from './find-what-exempts.ts';
import { nameAssignments } from './name-assignments.ts';
import { readStatusPage } from './read-status-page.ts';
import { meantByList, type ListMeant } from './meant-by-list.ts';
import { readPart } from './read-part.ts';
import { takeViewpoint, type Asker, type Viewpoint } from '../rights/take-viewpoint.ts';

/** Of so many exempt resources the exemptions are looked for. */
const exemptedExplained = 5;

type Narrowed = {
  /** The name of the owner who was meant. */
  readonly owner: string | undefined;
  /** How many resources are unhealthy, those included that the list did not mean. */
  readonly all: number;
  /** How many of this page are not unhealthy any more since they were read for lists. */
  readonly changed: number;
};

type Shown = {
  readonly page?: number;
  readonly search?: string;
  /** What the list meant from which it was opened; undefined: everything. */
  readonly meant?: ListMeant | undefined;
};

export type RecommendationDetails = {
  readonly recommendation: Recommendation;
  readonly unhealthy: ListPage<Assessment>;
  /** How many are exempt, and how the first of them are. */
  readonly exempt: number;
  readonly exempted: readonly ExemptedAssessment[];
  /** How many are healthy, and how many it does not apply to; undefined where a list meant only some of them. */
  readonly healthy: number | undefined;
  readonly notApplicable: number | undefined;
  /** What a list meant, of which only the resources are shown; undefined: all are shown. */
  readonly narrowed: Narrowed | undefined;
  /** Display names of the assignments that include it, in the scopes that the asker looks at. */
  readonly heldBy: readonly string[];
  /** The most that the classic secure score can rise, as a share of 1; undefined for nothing or unknown. */
  readonly gain: number | undefined;
  /** The controls of the classic secure score that it counts in. */
  readonly controls: KnownControls;
  /** The requests for it that wait for a decision. */
  readonly waiting: WaitingRequests;
  readonly viewpoint: Viewpoint;
};

/** One recommendation, for the resources that the asker may see, that a list meant and that a search finds (empty: all), with a page of those that are unhealthy. */
export const showRecommendation = async (
  desk: Desk,
  asker: Asker,
  key: string,
  { page = 1, search = '', meant }: Shown = {},
): Promise<RecommendationDetails> => {
  const { viewpoint, resources, fromMirror, owner } = await meantByList(desk, asker, meant, search);
  const { hierarchy, where } = viewpoint;
  const question = { key, where, resources };
  // Of what a list meant only a part is shown; how much there is besides is asked as well.
  const whole = meant === undefined ? viewpoint : await takeViewpoint(desk, asker);
  const around = meant === undefined ? question : { key, where: whole.where };
  // Asked beside the recommendation; a failure counts only once that is known to be there.
  const [mapped, gaining] = [mapShownPolicies(desk), estimateGains(desk, asker, where)];
  for (const each of [mapped, gaining]) each.catch(() => undefined);
  const [overview, unhealthy, exempt] = await Promise.all([
    desk.recommendations.overview(around),
    readStatusPage(desk, { ...question, fromMirror, status: 'unhealthy' }, page),
    readPart(desk, { ...question, fromMirror, status: 'exempt' }, { skip: 0, most: exemptedExplained }),
  ]);
  if (overview === undefined) await refuseOtherCloud(desk, where, (each) => each.key === key);
  if (overview === undefined)
    throw new GovernanceError(
      'not-found',
      retirementOf(key) ?? 'That recommendation does not concern any resource that you can see here.',
    );
  const { recommendation, counts } = overview;
  const { number, size, found, rows } = unhealthy;
  const changed = Math.max(0, Math.min(size, found - (number - 1) * size) - rows.length);
  const readable = (each: Assessment): Assessment => withReadableName(each, hierarchy);
  const map = await mapped;
  const [gains, controls, waiting, exempted, heldBy] = await Promise.all([
    gaining,
    findControls(desk, viewpoint, recommendation.key),
    findWaitingFor(desk, asker, viewpoint, recommendation.key),
    explainExempted(desk, exempt.rows.map(readable), hierarchy, mapped),
    nameAssignments(desk, map, whole, around, overview),
  ]);
  return {
    recommendation,
    viewpoint,
    gain: gains.get(recommendation.key),
    controls,
    waiting,
    unhealthy: { ...unhealthy, rows: unhealthy.rows.map(readable) },
    exempt: exempt.found,
    exempted,
    healthy: meant === undefined ? counts.healthy : undefined,
    notApplicable: meant === undefined ? counts.notApplicable : undefined,
    narrowed: meant === undefined ? undefined : { owner, all: counts.unhealthy, changed },
    heldBy,
  };
};
