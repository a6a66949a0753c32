import { requestCard } from '../../../cards/request/request-card.ts';
import type { PostedCard } from '../../../core/chat/posted-card.ts';
import type { ExemptionRequest } from '../../../core/request/request.ts';
import type { Desk } from '../../../workflow/desk.ts';
import { viewRequest } from '../../../workflow/tell/view-request.ts';
import type { Outcome } from '../../outcome.ts';
import type { Turn } from '../../turn.ts';

/** Replaces the clicked card immediately; a job updates the other copies. */
export const decided = async (
  desk: Desk,
  { person, inChannel }: Turn,
  request: ExemptionRequest,
  audience: PostedCard['audience'],
): Promise<Outcome> => {
  const standing = { reference: request.reference, audience };
  const card = requestCard(await viewRequest(desk, request), audience, inChannel ? undefined : person);
  return { kind: 'replace', card, standing };
};
