import { mayDo, readAssessments } from '../../core/access/access.ts';
import { chosenOf, choiceTokens } from '../../core/request/choice-token.ts';
import type { Draft } from '../../core/request/draft.ts';
import type { Person } from '../../core/person.ts';
import type { Form, FormProblem } from '../../core/request/terms.ts';
import { isScope } from '../../core/tenant/arm-id.ts';
import type { Desk } from '../desk.ts';
import { takeViewpoint } from '../rights/take-viewpoint.ts';
import { resolveNames } from './resolve-names.ts';
import { hintToken } from './search-scopes.ts';

/** Of what was searched, the scopes that the person may still read. */
export const readableAmong = async (
  desk: Desk,
  person: Person,
  scopes: readonly string[] | undefined,
): Promise<string[]> => {
  if (scopes === undefined || scopes.length === 0) return [];
  const { access, hierarchy } = await takeViewpoint(desk, { person, channelId: undefined });
  return scopes.filter((scope) => isScope(scope.toLowerCase()) && mayDo(access, readAssessments, scope, hierarchy));
};

const problem = (sentence: string): FormProblem => ({ field: 'searched', sentence });

/**
 * What the tokens and the typed names of a form mean. Names that are clear become choices; the others stay as typed, each with a sentence. A
 * token counts only if a search of this form has shown it to this person.
 */
export const readSearched = async (
  desk: Desk,
  person: Person,
  draft: Draft,
  { searched = [], named = '' }: Pick<Form, 'searched' | 'named'>,
): Promise<{ readonly form: Pick<Form, 'searched' | 'named'>; readonly problems: readonly FormProblem[] }> => {
  const before = draft.form.searched ?? [];
  const tokens = searched.filter((token) => token !== hintToken);
  const offered = [...Object.values(await desk.database.drafts.offered(draft.id)), ...before].map((id) => ({ id }));
  const { ids, lost } = chosenOf([], { ticked: tokens, shown: undefined }, offered, choiceTokens(desk.hash));
  const names = await resolveNames(desk, person, draft.recommendation.key, named);
  const readable = await readableAmong(desk, person, [...new Set([...ids, ...names.ids])]);
  const gone = lost + ids.filter((id) => !readable.includes(id)).length;
  return {
    form: { searched: readable, named: names.left.join('\n') },
    problems: [
      ...(tokens.length < searched.length ? [problem('The line that says that there is more cannot be chosen.')] : []),
      ...(gone === 0
        ? []
        : [
            problem(
              `${gone === 1 ? 'One of the found scopes is' : `${gone} of the found scopes are`} not offered any more. Search again.`,
            ),
          ]),
      ...names.problems.map((sentence): FormProblem => ({ field: 'named', sentence })),
    ],
  };
};
