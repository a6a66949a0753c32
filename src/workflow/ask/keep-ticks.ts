import type { Draft } from '../../core/request/draft.ts';
import { chosenOf, choiceTokens, lostSentence, type Ticks } from '../../core/request/choice-token.ts';
import { isRefusal } from '../../core/governance-error.ts';
import type { Person } from '../../core/person.ts';
import type { FormProblem } from '../../core/request/terms.ts';
import type { Recommendation } from '../../core/tenant/recommendation.ts';
import type { Desk } from '../desk.ts';
import { draftFrom, newDraft, ownDraft, type OpenDraft } from './draft-request.ts';
import { findTicked } from '../recommendation/find-ticked.ts';
import { takeViewpoint } from '../rights/take-viewpoint.ts';
import { offerPage } from './offer-page.ts';

/** Ticks that stand for nothing, as a problem of the form. */
export const lostProblems = (lost: number): readonly FormProblem[] => {
  const sentence = lostSentence(lost);
  return sentence === undefined ? [] : [{ field: 'resources', sentence }];
};

/** Ticks in the list of a recommendation, and the draft that holds those of other pages. */
export type ListTicks = Ticks & { readonly draftId: string | undefined };

/** What was ticked on other pages. A card in a channel may hold the ticks of somebody else, which do not count. */
const tickedBefore = async (desk: Desk, person: Person, draftId: string | undefined): Promise<Draft | undefined> => {
  if (draftId === undefined) return undefined;
  try {
    return await ownDraft(desk, person, draftId);
  } catch (error) {
    if (!isRefusal(error, 'forbidden')) throw error;
    return undefined;
  }
};

/** Keeps what is ticked in the list of a recommendation while somebody turns its pages. Undefined if nothing is. */
export const keepTicks = async (
  desk: Desk,
  person: Person,
  recommendation: Recommendation,
  offered: readonly { readonly id: string }[],
  ticks: ListTicks,
): Promise<{ readonly draftId: string; readonly resources: readonly string[]; readonly lost: number } | undefined> => {
  const before = await tickedBefore(desk, person, ticks.draftId);
  const { ids, lost } = chosenOf(before?.form.resources ?? [], ticks, offered, choiceTokens(desk.hash));
  if (before === undefined && ids.length === 0 && lost === 0) return undefined;
  const draft = before ?? newDraft(desk, person, recommendation, {});
  await desk.database.drafts.save({ ...draft, form: { ...draft.form, resources: ids } });
  return { draftId: draft.id, resources: ids, lost };
};

/** Starts a request for what is ticked in the list of a recommendation. */
export const startDraftFromList = async (
  desk: Desk,
  person: Person,
  key: string,
  ticks: ListTicks,
): Promise<OpenDraft> => {
  const choosing = async () => {
    const [{ where }, before] = await Promise.all([
      takeViewpoint(desk, { person, channelId: undefined }),
      tickedBefore(desk, person, ticks.draftId),
    ]);
    const tokenOf = choiceTokens(desk.hash);
    return chosenOf(
      before?.form.resources ?? [],
      ticks,
      await findTicked(desk, { key, where }, ticks, tokenOf),
      tokenOf,
    );
  };
  const chosen = choosing();
  const offer = await offerPage(desk, person, key, {
    ...{ page: 1, scope: 'resources', chosen: chosen.then(({ ids }) => ids) },
  });
  const { ids, lost } = await chosen;
  const open = await draftFrom(desk, person, offer, ids.length === 0 ? {} : { resources: ids });
  return { ...open, problems: lostProblems(lost) };
};
