import type { Action } from '../../cards/actions.ts';
import { scoreCard } from '../../cards/recommendation/score-card.ts';
import type { Desk } from '../../workflow/desk.ts';
import { showScore } from '../../workflow/recommendation/show-score.ts';
import { channelNote, disclose } from '../disclose.ts';
import type { Outcome } from '../outcome.ts';
import type { Turn } from '../turn.ts';

export const showScoreAction = (
  desk: Desk,
  turn: Turn,
  { verb: _, ...query }: Extract<Action, { verb: 'show-score' }>,
): Promise<Outcome> =>
  disclose(turn, async (asker) => {
    const { scores, viewpoint } = await showScore(desk, asker, query.subscription);
    return { viewpoint, card: scoreCard({ scores, query, covers: viewpoint.label, note: channelNote(viewpoint) }) };
  });
