import type { Action } from '../../cards/actions.ts';
import { requestCard } from '../../cards/request/request-card.ts';
import { requestsCard } from '../../cards/request/requests-card.ts';
import type { Desk } from '../../workflow/desk.ts';
import { refreshRequest } from '../../workflow/tell/refresh-request.ts';
import { listRequests, showRequest } from '../../workflow/tell/view-request.ts';
import { channelNote, disclose } from '../disclose.ts';
import type { Outcome } from '../outcome.ts';
import type { Turn } from '../turn.ts';

export const listRequestsAction = (
  desk: Desk,
  turn: Turn,
  action: Extract<Action, { verb: 'list-requests' }>,
): Promise<Outcome> =>
  disclose(turn, async (asker) => {
    const { verb: _, ...query } = action;
    const status = query.status === 'any' ? undefined : query.status;
    const { requests, labels, viewpoint } = await listRequests(desk, asker, query.which, status);
    const note = channelNote(viewpoint);
    return {
      viewpoint,
      card: requestsCard({ requests, labels, query, note, timeZone: desk.timeZone }),
    };
  });

/** The same card with the buttons of whoever looks at it; asked for by the client itself. */
export const refreshRequestAction = async (
  desk: Desk,
  turn: Turn,
  { reference }: Extract<Action, { verb: 'refresh-request' }>,
): Promise<Outcome> => {
  const { view, audience } = await refreshRequest(desk, turn.person, turn.conversation.id, reference);
  return { kind: 'replace', card: requestCard(view, audience) };
};

/** A copy of its own, kept current from now on. */
export const showRequestAction = (
  desk: Desk,
  turn: Turn,
  action: Extract<Action, { verb: 'show-request' }>,
): Promise<Outcome> =>
  disclose(
    turn,
    async (asker) => {
      const { view, audience } = await showRequest(desk, asker, action.reference);
      return { card: requestCard(view, audience), standing: { reference: view.request.reference, audience } };
    },
    'card',
  );
