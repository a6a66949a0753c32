import { readSecureScores } from '../../core/access/access.ts';
import { GovernanceError } from '../../core/governance-error.ts';
import { scopeLabel } from '../../core/tenant/hierarchy.ts';
import { samePerson } from '../../core/person.ts';
import { awaitsApproval, type ExemptionRequest, type RequestStatus } from '../../core/request/request.ts';
import type { RequestView } from '../../core/chat/request-view.ts';
import type { ScoreOutlook } from '../../core/score/score-outlook.ts';
import { approvalChannels, approvalPlaces, placeNames } from '../decide/approval-channels.ts';
import { requestNamed } from '../record/change-request.ts';
import type { Desk } from '../desk.ts';
import { lentForShow } from '../rights/lent-rights.ts';
import { couldDecide, couldWrite } from '../rights/may-decide.ts';
import { narrowerScopes } from '../decide/narrower-scopes.ts';
import { scoreOutlook } from '../plan/score-outlook.ts';
import { planAgain } from '../plan/targets-to-write.ts';
import { canSee, maySee, noRequestToSee, viewpointOf, type Asker, type Viewpoint } from '../rights/viewpoint.ts';

/** What the preview would say to its requester now. Azure not answering keeps no card from being drawn. */
const warningsOf = async (desk: Desk, request: ExemptionRequest): Promise<string[]> => {
  if (request.status !== 'pending') return [];
  try {
    const { obstacles } = await planAgain(desk, request);
    return obstacles.map(({ sentence }) => sentence);
  } catch (error) {
    if (error instanceof GovernanceError) return [];
    throw error;
  }
};

/** Everything a card of this request shows; for whom, is checked by the caller. The score only as far as every channel that is asked may be told. */
export const viewOf = async (desk: Desk, request: ExemptionRequest): Promise<RequestView> => {
  const [hierarchy, history, channels, places, narrower, warnings] = await Promise.all([
    desk.hierarchy(),
    desk.database.ledger.history(request.reference),
    approvalChannels(desk, request.terms.scopes),
    approvalPlaces(desk, request),
    narrowerScopes(desk, request),
    warningsOf(desk, request),
  ]);
  const isTold = async (subscription: string): Promise<boolean> => {
    const told = await approvalChannels(desk, [subscription]);
    return channels.every(({ id }) => told.some((each) => each.id === id));
  };
  return {
    request,
    history,
    scopeLabels: request.terms.scopes.map((scope) => scopeLabel(scope, hierarchy)),
    askedIn: placeNames(places),
    narrower,
    warnings,
    score: request.status === 'pending' ? await scoreOutlook(desk, request.terms, isTold) : undefined,
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

/** One request as the asker may see it; whoever may not see it is told that there is none. */
export const showRequest = async (
  desk: Desk,
  asker: Asker,
  reference: string,
): Promise<{ readonly view: RequestView; readonly audience: RequestAudience }> => {
  const [request, viewpoint] = await Promise.all([requestNamed(desk, reference), viewpointOf(desk, asker)]);
  if (!maySee(viewpoint, asker, request)) {
    throw noRequestToSee(reference);
  }
  const own = samePerson(request.requester, asker.person);
  const decides = !own && (await couldDecide(desk, asker.person, viewpoint.access, request));
  const view = await viewOf(desk, request);
  const score = scoreFor(await viewpointOf(desk, asker, readSecureScores), view.score);
  return { view: { ...view, score }, audience: own ? 'requester' : decides ? 'approvers' : 'reader' };
};

export type RequestList = {
  readonly requests: readonly ExemptionRequest[];
  readonly labels: ReadonlyMap<string, string>;
  readonly viewpoint: Viewpoint;
};

/** Requests that the asker may see, newest first: their own, those that wait for somebody like them, or all; of one status, or of any. */
export const listRequests = async (
  desk: Desk,
  asker: Asker,
  which: 'mine' | 'to-decide' | 'all',
  status?: RequestStatus,
): Promise<RequestList> => {
  const [all, viewpoint, lent] = await Promise.all([
    desk.database.requests.list({}),
    viewpointOf(desk, asker),
    which === 'to-decide' ? lentForShow(desk, asker.person) : [],
  ]);
  const { hierarchy, access } = viewpoint;
  const requests = all
    .filter((request) => status === undefined || request.status === status)
    .filter((request) => maySee(viewpoint, asker, request))
    .filter((request) => which !== 'mine' || samePerson(request.requester, asker.person))
    .filter(
      (request) =>
        which !== 'to-decide' ||
        (awaitsApproval(request) &&
          !samePerson(request.requester, asker.person) &&
          !request.approvals.some(({ by }) => samePerson(by, asker.person)) &&
          couldWrite(access, request, hierarchy, lent)),
    );
  const labels = new Map(
    requests.map((each) => [each.reference, each.terms.scopes.map((scope) => scopeLabel(scope, hierarchy)).join(', ')]),
  );
  return { requests, labels, viewpoint };
};
