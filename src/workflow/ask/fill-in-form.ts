import { chosenOf, choiceTokens } from '../../core/request/choice-token.ts';
import type { Draft } from '../../core/request/draft.ts';
import type { Person } from '../../core/person.ts';
import type { ExemptionRequest } from '../../core/request/request.ts';
import type { FormProblem } from '../../core/request/terms.ts';
import type { Desk } from '../desk.ts';
import { ownDraft } from './draft-request.ts';
import { findAmended, findReplaced } from './find-replaced.ts';
import { lostProblems } from './keep-ticks.ts';
import { offerChoices, type Offer } from './offer-choices.ts';
import { readSearched } from './read-searched.ts';
import { typedForm, type FilledIn } from './typed-form.ts';

/** A draft with what it is about, so that it need not be looked up twice. */
export type FilledDraft = {
  readonly draft: Draft;
  readonly offer: Offer;
  readonly replaced: ExemptionRequest | undefined;
  /** The waiting request that it changes. */
  readonly amended: ExemptionRequest | undefined;
  readonly problems: readonly FormProblem[];
};

/** The wider scope that a token stands for. */
const scopeOf = (desk: Desk, scope: string, { scopes }: Offer): string => {
  const tokenOf = choiceTokens(desk.hash);
  return scope === 'resources' ? scope : (scopes.find(({ id }) => tokenOf(id) === scope)?.id ?? '');
};

/** What somebody filled in, in the words of the draft: scopes and resources by their ids. What they ticked on other pages of the list stays ticked. */
export const readForm = async (desk: Desk, person: Person, before: Draft, given: FilledIn): Promise<FilledDraft> => {
  const { resources } = before.form;
  const { shown, first } = given;
  const typed = typedForm(before.form, given, desk.governance.reasons);
  const [replaced, amended] = await Promise.all([findReplaced(desk, before), findAmended(desk, before)]);
  const offer = await offerChoices(desk, person, before.recommendation.key, replaced?.terms.scopes);
  const ticks = { ticked: typed.resources, shown, first };
  const { ids, lost } = chosenOf(resources, ticks, offer.resources, choiceTokens(desk.hash));
  // What is renewed or changed keeps its scopes, so that nothing is searched for it.
  const found = replaced === undefined ? await readSearched(desk, person, before, typed) : { form: {}, problems: [] };
  const scope = scopeOf(desk, typed.scope, offer);
  const form = { ...typed, scope, resources: ids, searched: [], named: '', ...found.form };
  return { draft: { ...before, form }, offer, replaced, amended, problems: [...lostProblems(lost), ...found.problems] };
};

/** Keeps what somebody filled in. */
export const fillInForm = async (
  desk: Desk,
  person: Person,
  draftId: string,
  given: FilledIn,
): Promise<FilledDraft> => {
  const before = await ownDraft(desk, person, draftId);
  const typed = typedForm(before.form, given, desk.governance.reasons);
  const { scope, resources, searched = [] } = before.form;
  // Azure may not answer, and what was typed must not be lost then.
  await desk.database.drafts.save({ ...before, form: { ...typed, scope, resources, searched } });
  const filled = await readForm(desk, person, before, given);
  await desk.database.drafts.save(filled.draft);
  return filled;
};
