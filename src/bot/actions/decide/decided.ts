import { requestCard } from '../../../cards/request/request-card.ts';
import type { PostedCard } from '../../../core/chat/posted-card.ts';
import type { ExemptionRequest } from '../../../core/request/request.ts';
import type { Desk } from '../../../workflow/desk.ts';
import { viewRequest } from '../../../workflow/tell/view-request.ts';
import { timesOf } from '../../../workflow/rights/take-viewpoint.ts';
import type { Outcome } from '../../outcome.ts';
import type { Turn } from '../../turn.ts';

/** Replaces the clicked card immediately; a job updates the other copies. answer-turn.ts sees to it that no other card is replaced. */
export const decided = async (
  desk: Desk,
  turn: Turn,
  request: ExemptionRequest,
  audience: PostedCard['audience'],
): Promise<Outcome> => {
  const view = { ...(await viewRequest(desk, request)), ...timesOf(desk, turn.asker) };
  return {
    kind: 'replace',
    card: requestCard(view, audience, turn.inChannel ? undefined : turn.person),
    standing: { reference: request.reference, audience },
  };
};
