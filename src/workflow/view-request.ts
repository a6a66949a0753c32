import { GovernanceError } from '../core/governance-error.ts';
import { covers, scopeLabel } from '../core/hierarchy.ts';
import { samePerson } from '../core/person.ts';
import type { ExemptionRequest } from '../core/request.ts';
import type { RequestView } from '../core/request-view.ts';
import { approvalChannels } from './approval-channels.ts';
import { requestNamed } from './change-request.ts';
import type { Desk } from './desk.ts';
import { couldWrite } from './may-decide.ts';
import { viewpointOf, type Asker, type Viewpoint } from './viewpoint.ts';

/** Everything a card of this request shows; for whom, is checked by the caller. */
export const viewOf = async (desk: Desk, request: ExemptionRequest): Promise<RequestView> => {
  const [hierarchy, history, channels] = await Promise.all([
    desk.hierarchy(),
    desk.database.ledger.history(request.reference),
    approvalChannels(desk, request.terms.scopes),
  ]);
  return {
    request,
    history,
    scopeLabels: request.terms.scopes.map((scope) => scopeLabel(scope, hierarchy)),
    askedIn: channels.map((channel) => channel.name ?? 'a channel'),
    timeZone: desk.timeZone,
  };
};

/** In the personal chat: one's own requests and those on scopes one may read. In a channel: those within what it is subscribed to as well. */
const maySee = (viewpoint: Viewpoint, asker: Asker, request: ExemptionRequest): boolean => {
  const own = samePerson(request.requester, asker.person);
  if (own && asker.channelId === undefined) return true;
  return request.terms.scopes.every((scope) =>
    viewpoint.scopes.some((visible) => covers(visible, scope, viewpoint.hierarchy)),
  );
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
    throw new GovernanceError('not-found', `There is no request ${reference} that you may see here. Say: requests`);
  }
  const own = samePerson(request.requester, asker.person);
  const decides = !own && couldWrite(viewpoint.access, request, viewpoint.hierarchy);
  return { view: await viewOf(desk, request), audience: own ? 'requester' : decides ? 'approvers' : 'reader' };
};

export type RequestList = {
  readonly requests: readonly ExemptionRequest[];
  readonly labels: ReadonlyMap<string, string>;
  readonly viewpoint: Viewpoint;
};

/** Requests that the asker may see, newest first: their own, those that wait for somebody like them, or all. */
export const listRequests = async (
  desk: Desk,
  asker: Asker,
  which: 'mine' | 'to-decide' | 'all',
): Promise<RequestList> => {
  const [all, viewpoint] = await Promise.all([
    desk.database.requests.list(which === 'to-decide' ? { statuses: ['pending'] } : {}),
    viewpointOf(desk, asker),
  ]);
  const { hierarchy, access } = viewpoint;
  const requests = all
    .filter((request) => maySee(viewpoint, asker, request))
    .filter((request) => which !== 'mine' || samePerson(request.requester, asker.person))
    .filter(
      (request) =>
        which !== 'to-decide' ||
        (!samePerson(request.requester, asker.person) && couldWrite(access, request, hierarchy)),
    );
  const labels = new Map(
    requests.map((each) => [each.reference, each.terms.scopes.map((scope) => scopeLabel(scope, hierarchy)).join(', ')]),
  );
  return { requests, labels, viewpoint };
};
