import { recommendationCard } from '../../../cards/recommendation/recommendation-card.ts';
import { choiceTokens } from '../../../core/request/choice-token.ts';
import { nameOf } from '../../../core/tenant/arm-id.ts';
import type { Hierarchy } from '../../../core/tenant/hierarchy.ts';
import { withReadableName } from '../../../workflow/recommendation/find-what-exempts.ts';
import { keepTicks } from '../../../workflow/ask/keep-ticks.ts';
import { findTicked } from '../../../workflow/recommendation/find-ticked.ts';
import { resourcesSought, showRecommendation } from '../../../workflow/recommendation/show-recommendation.ts';
import { timesOf } from '../../../workflow/rights/take-viewpoint.ts';
import { button } from '../../button.ts';
import { disclose } from '../../disclose.ts';

const named = (resourceId: string, hierarchy: Hierarchy) =>
  withReadableName({ resourceId, resourceName: nameOf(resourceId) }, hierarchy);

/** It opens as a new message, so that the list from which it was opened stays; turning its pages replaces it. */
export const showRecommendationButton = button('show-recommendation', {
  changes: false,
  guests: 'reads',
  does: 'opens',
  // From a card that somebody posted out of the search.
  opensDialog: true,
  run: (desk, turn, { assessmentKey, page, selected: ticked, shown, first, draftId, found, find, searching }) =>
    disclose(
      turn,
      async (asker) => {
        const text = { 'as-before': found, 'as-typed': find.trim(), off: '' }[searching];
        const wanted = { page: text === found ? page : 1, search: text };
        const details = await showRecommendation(desk, asker, assessmentKey, wanted);
        const { viewpoint, recommendation } = details;
        const { where, hierarchy } = viewpoint;
        const tokenOf = choiceTokens(desk.hash);
        const given = { draftId, shown: shown ?? [], first, ticked };
        const before = { key: assessmentKey, where, resources: resourcesSought(found) };
        const offered = await findTicked(desk, before, given, tokenOf);
        const ticks = await keepTicks(desk, turn.person, recommendation, offered, given);
        return {
          viewpoint,
          card: recommendationCard({
            ...details,
            covers: viewpoint.label,
            search: text,
            ticks: ticks && { ...ticks, resources: ticks.resources.map((id) => named(id, hierarchy)) },
            tokenOf,
            ...timesOf(desk, asker),
          }),
        };
      },
      page === 1 && shown === undefined && searching === 'as-before' ? 'card' : 'replace',
    ),
});
