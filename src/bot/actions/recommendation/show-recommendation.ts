import { recommendationCard } from '../../../cards/recommendation/recommendation-card.ts';
import { choiceTokens } from '../../../core/request/choice-token.ts';
import { keepTicks } from '../../../workflow/ask/keep-ticks.ts';
import { showRecommendation } from '../../../workflow/recommendation/show-recommendation.ts';
import { button } from '../../button.ts';
import { disclose } from '../../disclose.ts';

/** It opens as a new message, so that the list from which it was opened stays; turning its pages replaces it. */
export const showRecommendationButton = button('show-recommendation', {
  changes: false,
  guests: 'reads',
  does: 'opens',
  run: (desk, turn, { assessmentKey, page, selected: ticked, shown, first, draftId, found, find, searching }) =>
    disclose(
      turn,
      async (asker) => {
        const text = { 'as-before': found, 'as-typed': find.trim(), off: '' }[searching];
        const details = await showRecommendation(desk, asker, assessmentKey, { text, before: found });
        const { viewpoint, recommendation, offered } = details;
        const ticks = await keepTicks(desk, turn.person, recommendation, offered, {
          draftId,
          shown: shown ?? [],
          first,
          ticked,
        });
        return {
          viewpoint,
          card: recommendationCard({
            ...details,
            covers: viewpoint.label,
            page: text === found ? page : 1,
            search: text,
            ticks,
            tokenOf: choiceTokens(desk.hash),
            timeZone: desk.timeZone,
          }),
        };
      },
      page === 1 && shown === undefined && searching === 'as-before' ? 'card' : 'replace',
    ),
});
