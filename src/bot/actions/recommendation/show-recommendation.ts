import { recommendationCard } from '../../../cards/recommendation/recommendation-card.ts';
import { choiceTokens, type Ticks } from '../../../core/request/choice-token.ts';
import { nameOf } from '../../../core/tenant/arm-id.ts';
import type { Hierarchy } from '../../../core/tenant/hierarchy.ts';
import { withReadableName } from '../../../workflow/recommendation/find-what-exempts.ts';
import { keepTicks } from '../../../workflow/ask/keep-ticks.ts';
import { findTicked } from '../../../workflow/recommendation/find-ticked.ts';
import type { Desk } from '../../../workflow/desk.ts';
import { timesOf, type Asker } from '../../../workflow/rights/take-viewpoint.ts';
import { meantByList, type ListMeant } from '../../../workflow/recommendation/meant-by-list.ts';
import { showRecommendation } from '../../../workflow/recommendation/show-recommendation.ts';
import { button } from '../../button.ts';
import { disclose } from '../../disclose.ts';

const named = (resourceId: string, hierarchy: Hierarchy) =>
  withReadableName({ resourceId, resourceName: nameOf(resourceId) }, hierarchy);

/** What was offered on the card that was pressed, for the ticks on it. */
const offeredBefore = async (
  desk: Desk,
  asker: Asker,
  key: string,
  among: ListMeant | undefined,
  found: string,
  ticks: Ticks,
) => {
  const { viewpoint, resources, fromMirror } = await meantByList(desk, asker, among, found);
  return findTicked(desk, { key, where: viewpoint.where, resources, fromMirror }, ticks, choiceTokens(desk.hash));
};

/** It opens as a new message, so that the list from which it was opened stays; turning its pages replaces it. */
export const showRecommendationButton = button('show-recommendation', {
  changes: false,
  guests: 'reads',
  does: 'opens',
  // From a card that somebody posted out of the search.
  opensDialog: true,
  run: (
    desk,
    turn,
    { assessmentKey, page, selected: ticked, shown, first, draftId, found, find, searching, ...list },
  ) =>
    disclose(
      turn,
      async (asker) => {
        const text = { 'as-before': found, 'as-typed': find.trim(), off: '' }[searching];
        const meant = list.widened === true ? undefined : list.among;
        const wanted = { page: text === found ? page : 1, search: text, meant };
        const details = await showRecommendation(desk, asker, assessmentKey, wanted);
        const { viewpoint, recommendation, narrowed } = details;
        const { hierarchy } = viewpoint;
        const tokenOf = choiceTokens(desk.hash);
        const given = { draftId, shown: shown ?? [], first, ticked };
        const offered =
          ticked.length === 0 ? [] : await offeredBefore(desk, asker, assessmentKey, list.among, found, given);
        const ticks = await keepTicks(desk, turn.person, recommendation, offered, given);
        return {
          viewpoint,
          card: recommendationCard({
            ...details,
            covers: viewpoint.label,
            search: text,
            narrowed: narrowed && meant && { ...narrowed, meant },
            ticks: ticks && { ...ticks, resources: ticks.resources.map((id) => named(id, hierarchy)) },
            tokenOf,
            ...timesOf(desk, asker),
          }),
        };
      },
      page === 1 && shown === undefined && searching === 'as-before' && list.widened !== true ? 'card' : 'replace',
    ),
});
