import { noRequestToSee } from '../../core/request/kept-requests.ts';
import { readSecureScores } from '../../core/access/access.ts';
import { unlessUntold } from '../../core/governance-error.ts';
import { formerTerms } from '../../core/ledger/former-terms.ts';
import type { LedgerEvent } from '../../core/ledger/ledger.ts';
import { scopeLabel } from '../../core/tenant/hierarchy.ts';
import type { Terms } from '../../core/request/terms.ts';
import type { FormerTerms } from '../../core/request/terms-change.ts';
import { samePerson } from '../../core/person.ts';
import { objectsToWrite } from '../../core/plan/objects-to-write.ts';
import { hitOf } from '../../core/request/request-governance.ts';
import { reachOf } from '../../core/plan/reach.ts';
import type { ExemptionRequest } from '../../core/request/request.ts';
import type { ReplacedTerms, RequestView } from '../../core/chat/request-view.ts';
import type { ScoreOutlook } from '../../core/score/secure-score.ts';
import { findApprovalChannels, findApprovalPlaces, placeNames } from '../decide/find-approval-channels.ts';
import { requestNamed } from '../record/change-request.ts';
import type { Desk } from '../desk.ts';
import { couldDecide } from '../rights/may-decide.ts';
import { findNarrowerScopes } from '../decide/find-narrower-scopes.ts';
import { findReach } from './find-reach.ts';
import { estimateScore } from '../plan/estimate-score.ts';
import { planAgain } from '../plan/recheck-targets.ts';
import { canSee, maySee, takeViewpoint, timesOf, type Asker, type Viewpoint } from '../rights/take-viewpoint.ts';

/** The warnings that the preview would show now. If Azure does not answer, the card is drawn without them. */
const warningsOf = async (desk: Desk, request: ExemptionRequest): Promise<string[]> => {
  if (request.status !== 'pending') return [];
  return unlessUntold(async () => {
    const { obstacles } = await planAgain(desk, request);
    return obstacles.map(({ sentence }) => sentence);
  }, []);
};

/** What a renewal takes the place of, as long as it has not. */
const findReplacedTerms = async (
  desk: Desk,
  { renewal, status }: ExemptionRequest,
): Promise<ReplacedTerms | undefined> =>
  renewal === undefined || status !== 'pending' ? undefined : desk.database.requests.find(renewal.of);

/** A reduction is shown for good; what was changed before, only to whoever decides. */
const formerOf = (
  request: ExemptionRequest,
  history: readonly LedgerEvent[],
  replaced: ReplacedTerms | undefined,
): FormerTerms | undefined => {
  const former = formerTerms(history);
  if (former?.kind === 'reduced') return former;
  if (request.status !== 'pending') return undefined;
  return former ?? (replaced && { kind: 'in-force', reference: replaced.reference, terms: replaced.terms });
};

/**
 * Everything that the cards of a request show. The caller checks who may see it. The score is included only as far as every channel that is
 * asked may see it.
 */
export const viewRequest = async (desk: Desk, request: ExemptionRequest): Promise<RequestView> => {
  const reading = findApprovalChannels(desk, request.terms.scopes, request.terms.recommendation.key);
  const isTold = async (subscription: string): Promise<boolean> => {
    const [channels, told] = await Promise.all([reading, findApprovalChannels(desk, [subscription], undefined)]);
    return channels.every(({ id }) => told.some((each) => each.id === id));
  };
  const [hierarchy, history, places, narrower, warnings, replaced, score] = await Promise.all([
    desk.hierarchy(),
    desk.database.ledger.history(request.reference),
    findApprovalPlaces(desk, request),
    findNarrowerScopes(desk, request),
    warningsOf(desk, request),
    findReplacedTerms(desk, request),
    request.status === 'pending' ? estimateScore(desk, request.terms, isTold) : undefined,
    reading,
  ]);
  const former = formerOf(request, history, replaced);
  const facts = hitOf(request);
  const hit = facts && ({ ...facts, when: 'when it was sent' } as const);
  const { terms, status } = request;
  const labelsOf = ({ scopes }: Terms) => scopes.map((scope) => scopeLabel(scope, hierarchy));
  return {
    request,
    history,
    scopeLabels: labelsOf(request.terms),
    reach: status === 'pending' ? await findReach(desk, terms, hit, hierarchy) : reachOf(terms.scopes, hit, hierarchy),
    objects: request.status === 'pending' ? objectsToWrite(request.targets, hierarchy) : [],
    former: former && { ...former, scopeLabels: labelsOf(former.terms) },
    replaced,
    askedIn: placeNames(places),
    ...narrower,
    warnings,
    score,
    timeZone: desk.timeZone,
  };
};

/** The part of an outlook on subscriptions whose score may be read. */
const scoreFor = (reader: Viewpoint, score: ScoreOutlook | undefined): ScoreOutlook | undefined => {
  if (score?.kind !== 'effects') return score;
  const effects = score.effects.filter(({ subscription }) => canSee(reader, subscription));
  return effects.length === 0 ? undefined : { ...score, effects };
};

export type RequestAudience = 'requester' | 'approvers' | 'reader';

/** A request that the asker may see; somebody who may not see it is told that there is none. */
export const requestInSight = async (
  desk: Desk,
  asker: Asker,
  reference: string,
): Promise<{ readonly request: ExemptionRequest; readonly viewpoint: Viewpoint }> => {
  const [request, viewpoint] = await Promise.all([requestNamed(desk, reference), takeViewpoint(desk, asker)]);
  if (!maySee(viewpoint, asker, request)) throw noRequestToSee(reference);
  return { request, viewpoint };
};

/** The same with everything that its card shows. */
export const showRequest = async (
  desk: Desk,
  asker: Asker,
  reference: string,
): Promise<{ readonly view: RequestView; readonly audience: RequestAudience; readonly viewpoint: Viewpoint }> => {
  const { request, viewpoint } = await requestInSight(desk, asker, reference);
  const own = samePerson(request.requester, asker.person);
  const decides = !own && (await couldDecide(desk, asker.person, viewpoint.access, request));
  const view = await viewRequest(desk, request);
  const score = scoreFor(await takeViewpoint(desk, asker, readSecureScores), view.score);
  return {
    view: { ...view, ...timesOf(desk, asker), score },
    audience: own ? 'requester' : decides ? 'approvers' : 'reader',
    viewpoint,
  };
};
