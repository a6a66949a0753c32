import { askedByName } from '../../../cards/request/asked-by-name.ts';
import { requestCard } from '../../../cards/request/request-card.ts';
import { refreshRequest } from '../../../workflow/tell/refresh-request.ts';
import { button } from '../../button.ts';

/** The same card with the buttons of the person who looks at it. The Teams client asks for it by itself. */
export const refreshRequestButton = button('refresh-request', {
  changes: false,
  guests: 'reads',
  does: 'opens',
  run: async (desk, turn, { reference }) => {
    const { view, audience, mentioned } = await refreshRequest(desk, turn.person, turn.conversation.id, reference);
    const theirs = { ...view, readerTime: turn.asker.readerTime };
    return { kind: 'redraw', card: askedByName(requestCard(theirs, audience, turn.person), mentioned) };
  },
});
