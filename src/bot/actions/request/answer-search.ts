import type { Activity, InvokeResponse } from 'botbuilder';
import { z } from 'zod';
import { draftIn } from '../../../cards/scope-search.ts';
import { visibleText } from '../../../core/visible-text.ts';
import { withoutMarkup } from '../../../cards/plain-text.ts';
import { hintToken, searchScopes, type FoundScope } from '../../../workflow/ask/search-scopes.ts';
import type { Desk } from '../../../workflow/desk.ts';
import { refuseToGuest } from '../../../core/access/guest-rights.ts';
import type { Turn } from '../../turn.ts';

/** The invoke that Teams sends for each letter that somebody types into a field with a search; with an empty text when they open the field. */
export const searchName = 'application/search';

const longestTitle = 150;

const asked = z.object({ queryText: z.string().max(1000).nullish(), dataset: z.string().max(200) });

const answerOf = (found: readonly FoundScope[]): InvokeResponse => ({
  status: 200,
  body: {
    statusCode: 200,
    type: 'application/vnd.microsoft.search.searchResponse',
    value: {
      results: found.map(({ title, value }) => ({ title: withoutMarkup(title).slice(0, longestTitle), value })),
    },
  },
});

/** Why nothing was found, as a line of the search: Teams shows people no error of a search. */
export const searchRefused = (sentence: string): InvokeResponse =>
  answerOf([{ title: `(${sentence})`, value: hintToken }]);

/** Answers a search in a form. The form is in the personal chat of whoever fills it in, or in their dialog, and only they find something in it. */
export const answerSearch = async (desk: Desk, { value }: Activity, turn: Turn): Promise<InvokeResponse> => {
  const question = asked.safeParse(value);
  const draftId = question.success ? draftIn(question.data.dataset) : undefined;
  if (!question.success || draftId === undefined) return { status: 400 };
  refuseToGuest(turn.guest, 'asks');
  return answerOf(await searchScopes(desk, turn.person, draftId, visibleText(question.data.queryText ?? '')));
};
