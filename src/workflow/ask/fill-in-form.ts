import { chosenOf, choiceTokens, type Ticks } from '../../core/request/choice-token.ts';
import type { Draft } from '../../core/request/draft.ts';
import type { Person } from '../../core/person.ts';
import type { ExemptionRequest } from '../../core/request/request.ts';
import type { FormProblem } from '../../core/request/terms.ts';
import type { Desk } from '../desk.ts';
import { ownDraft } from './draft-request.ts';
import { findAmended, findReplaced } from './find-replaced.ts';
import { lostProblems } from './keep-ticks.ts';
import { findTicked } from '../recommendation/find-ticked.ts';
import { takeViewpoint } from '../rights/take-viewpoint.ts';
import { offerChoices, type Offer } from './offer-choices.ts';
import { offerPage } from './offer-page.ts';
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

type Ticked = ReturnType<typeof chosenOf>;

/** All choices, for what is renewed or changed only those of its request, and what is ticked among them. */
const readAll = async (
  desk: Desk,
  person: Person,
  { recommendation, form }: Draft,
  { ticks, only }: { readonly ticks: Ticks; readonly only: readonly string[] | undefined },
): Promise<{ readonly offer: Offer; readonly ticked: Ticked }> => {
  const offer = await offerChoices(desk, person, recommendation.key, only);
  return { offer, ticked: chosenOf(form.resources, ticks, offer.resources, choiceTokens(desk.hash)) };
};

/** The choices around a page, and what is ticked on the page that was shown. */
const readOnPage = async (
  desk: Desk,
  person: Person,
  { recommendation: { key }, form: { resources, scope } }: Draft,
  { ticks, page }: { readonly ticks: Ticks; readonly page: number },
): Promise<{ readonly offer: Offer; readonly ticked: Ticked }> => {
  const tokenOf = choiceTokens(desk.hash);
  const { where } = await takeViewpoint(desk, { person, channelId: undefined });
  const ticking = findTicked(desk, { key, where }, ticks, tokenOf).then((offered) =>
    chosenOf(resources, ticks, offered, tokenOf),
  );
  const chosen = ticking.then(({ ids }) => ids);
  const [offer, ticked] = await Promise.all([offerPage(desk, person, key, { page, chosen, scope }), ticking]);
  return { offer, ticked };
};

/**
 * What somebody filled in, in the words of the draft: scopes and resources by their ids. What they ticked on other pages of the list stays ticked. `page`:
 * it is only shown again, on that page of the list; without it all choices are read, to check what was chosen.
 */
export const readForm = async (
  desk: Desk,
  person: Person,
  before: Draft,
  given: FilledIn,
  page?: number,
): Promise<FilledDraft> => {
  const { shown, first } = given;
  const typed = typedForm(before.form, given, desk.governance.reasons);
  const [replaced, amended] = await Promise.all([findReplaced(desk, before), findAmended(desk, before)]);
  const ticks = { ticked: typed.resources, shown, first };
  const { offer, ticked } = await (page === undefined || replaced !== undefined
    ? readAll(desk, person, before, { ticks, only: replaced?.terms.scopes })
    : readOnPage(desk, person, before, { ticks, page }));
  // What is renewed or changed keeps its scopes, so that nothing is searched for it.
  const found = replaced === undefined ? await readSearched(desk, person, before, typed) : { form: {}, problems: [] };
  const scope = scopeOf(desk, typed.scope, offer);
  const form = { ...typed, scope, resources: ticked.ids, searched: [], named: '', ...found.form };
  const problems = [...lostProblems(ticked.lost), ...found.problems];
  return { draft: { ...before, form }, offer, replaced, amended, problems };
};

/** Keeps what somebody filled in; `page` as above. */
export const fillInForm = async (
  desk: Desk,
  person: Person,
  draftId: string,
  given: FilledIn,
  page?: number,
): Promise<FilledDraft> => {
  const before = await ownDraft(desk, person, draftId);
  const typed = typedForm(before.form, given, desk.governance.reasons);
  const { scope, resources, searched = [] } = before.form;
  // Azure may not answer, and what was typed must not be lost then.
  await desk.database.drafts.save({ ...before, form: { ...typed, scope, resources, searched } });
  const filled = await readForm(desk, person, before, given, page);
  await desk.database.drafts.save(filled.draft);
  return filled;
};
