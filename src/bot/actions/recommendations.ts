import type { Action } from '../../cards/actions.ts';
import { recommendationCard } from '../../cards/recommendation/recommendation-card.ts';
import { recommendationsCard } from '../../cards/recommendation/recommendations-card.ts';
import type { Desk } from '../../workflow/desk.ts';
import { listRecommendations } from '../../workflow/recommendation/list-recommendations.ts';
import { showRecommendation } from '../../workflow/recommendation/show-recommendation.ts';
import { channelNote, disclose } from '../disclose.ts';
import type { Outcome } from '../outcome.ts';
import type { Turn } from '../turn.ts';

export const listRecommendationsAction = (
  desk: Desk,
  turn: Turn,
  action: Extract<Action, { verb: 'list-recommendations' }>,
): Promise<Outcome> =>
  disclose(turn, async (asker) => {
    const { verb: _, ...query } = action;
    const severity = query.severity === 'all' ? undefined : query.severity;
    const { standings, gains, viewpoint } = await listRecommendations(desk, asker, { ...query, severity });
    return {
      viewpoint,
      card: recommendationsCard({ standings, gains, query, covers: viewpoint.label, note: channelNote(viewpoint) }),
    };
  });

/** The first page is a message of its own, so that the list it was chosen from stays. */
export const showRecommendationAction = (
  desk: Desk,
  turn: Turn,
  action: Extract<Action, { verb: 'show-recommendation' }>,
): Promise<Outcome> =>
  disclose(
    turn,
    async (asker) => {
      const details = await showRecommendation(desk, asker, action.key);
      const { viewpoint } = details;
      return {
        viewpoint,
        card: recommendationCard({ ...details, covers: viewpoint.label, page: action.page, timeZone: desk.timeZone }),
      };
    },
    action.page === 1 ? 'card' : 'replace',
  );
