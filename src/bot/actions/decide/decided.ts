import { requestCard } from '../../../cards/request/request-card.ts';
import type { PostedCard } from '../../../core/chat/posted-card.ts';
import { withoutThread } from '../../../core/chat/conversation.ts';
import { unlessUntold } from '../../../core/governance-error.ts';
import type { ExemptionRequest } from '../../../core/request/request.ts';
import type { Desk } from '../../../workflow/desk.ts';
import { maySee, takeViewpoint } from '../../../workflow/rights/take-viewpoint.ts';
import { viewRequest } from '../../../workflow/tell/view-request.ts';
import { answeredPrivately, type Outcome } from '../../outcome.ts';
import type { Turn } from '../../turn.ts';

/** True if everybody here may read the card: a copy of it was posted here, or the channel is subscribed to its scopes. */
const isDisclosedHere = async (
  desk: Desk,
  { asker, conversation }: Turn,
  request: ExemptionRequest,
): Promise<boolean> => {
  if (asker.channelId === undefined) return true;
  const cards = await desk.database.postedCards.of(request.reference);
  if (cards.some(({ conversationId }) => withoutThread(conversationId) === conversation.id)) return true;
  return unlessUntold(async () => maySee(await takeViewpoint(desk, asker), asker, request), false);
};

/** Replaces the clicked card immediately; a job updates the other copies. Where the request may not be read by all, the card goes to the person alone. */
export const decided = async (
  desk: Desk,
  turn: Turn,
  request: ExemptionRequest,
  audience: PostedCard['audience'],
): Promise<Outcome> => {
  const standing = { reference: request.reference, audience };
  const view = await viewRequest(desk, request);
  if (!(await isDisclosedHere(desk, turn, request))) {
    const card = requestCard(view, audience, turn.person);
    return { kind: 'private', outcome: { kind: 'card', card, standing }, pointer: answeredPrivately };
  }
  return { kind: 'replace', card: requestCard(view, audience, turn.inChannel ? undefined : turn.person), standing };
};
