import type { Action } from '../../cards/actions.ts';
import { requestCard } from '../../cards/request-card.ts';
import { requestsCard } from '../../cards/requests-card.ts';
import type { Desk } from '../../workflow/desk.ts';
import { listRequests, showRequest } from '../../workflow/view-request.ts';
import { channelNote, disclose } from '../disclose.ts';
import type { Outcome } from '../outcome.ts';
import type { Turn } from '../turn.ts';

export const listRequestsAction = (
  desk: Desk,
  turn: Turn,
  action: Extract<Action, { verb: 'list-requests' }>,
): Promise<Outcome> =>
  disclose(turn, async (asker) => {
    const { which, page } = action;
    const { requests, labels, viewpoint } = await listRequests(desk, asker, which);
    const note = channelNote(viewpoint);
    return {
      viewpoint,
      card: requestsCard({ requests, labels, query: { which, page }, note, timeZone: desk.timeZone }),
    };
  });

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
