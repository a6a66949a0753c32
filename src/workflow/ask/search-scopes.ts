import { choiceTokens } from '../../core/request/choice-token.ts';
import type { Person } from '../../core/person.ts';
import { managementGroupId, nameOf, normalId, resourceTypeOf } from '../../core/tenant/arm-id.ts';
import { scopeLabel, scopeTitle, type Hierarchy } from '../../core/tenant/hierarchy.ts';
import { scopeFilter } from '../../core/tenant/scope-filter.ts';
import type { Desk } from '../desk.ts';
import { stillReading } from '../rights/still-reading.ts';
import { canSee, takeViewpoint } from '../rights/take-viewpoint.ts';
import { ownDraft } from './draft-request.ts';

/** A line of a search that stands for nothing: Teams lets people choose every line. */
export const hintToken = 'hint';

export type FoundScope = { readonly title: string; readonly value: string };

/** As many as Teams shows. */
const mostFound = 15;
const mostWords = 5;
const longestText = 100;

const wordsOf = (text: string): string[] =>
  text.toLowerCase().slice(0, longestText).split(/\s+/).filter(Boolean).slice(0, mostWords);

type Named = { readonly id: string; readonly name: string };

/** Management groups before subscriptions, those whose names begin with the first word before the others. */
const wideScopes = (words: readonly string[], { managementGroups, subscriptions }: Hierarchy): Named[] => {
  const all: Named[] = [
    ...managementGroups.map(({ name, displayName }) => ({ id: managementGroupId(name), name: displayName })),
    ...subscriptions.map(({ id, displayName }) => ({ id, name: displayName })),
  ];
  const found = all.filter(({ name }) => words.every((word) => name.toLowerCase().includes(word)));
  const begins = ({ name }: Named): boolean => name.toLowerCase().startsWith(words[0] ?? '');
  return [...found.filter(begins), ...found.filter((each) => !begins(each))];
};

const subscriptionsNamed = (word: string, { subscriptions }: Hierarchy): string[] =>
  subscriptions.filter(({ displayName }) => displayName.toLowerCase().includes(word)).map(({ id }) => normalId(id));

/** “shop-prod / rg-shop / vm-1 (virtualMachines)”: a resource may have the name of another of a different type. */
export const foundTitle = (id: string, hierarchy: Hierarchy): string => {
  const type = resourceTypeOf(id);
  return type === undefined ? scopeTitle(id, hierarchy) : `${scopeLabel(id, hierarchy)} (${nameOf(type)})`;
};

/** Room for each kind, so that none hides the others; what one does not need is for the next. */
const mixed = (kinds: readonly (readonly string[])[]): string[] => {
  const share = Math.ceil(mostFound / kinds.length);
  const first = kinds.map((ids) => ids.slice(0, share));
  let left = mostFound - first.flat().length;
  return kinds.flatMap((ids, index) => {
    const more = ids.slice(share, share + Math.max(0, left));
    left -= more.length;
    return [...(first[index] ?? []), ...more];
  });
};

/**
 * The scopes and resources that somebody finds for the form by what they typed, as far as their roles allow them to read; with the resources
 * that the recommendation assesses. It asks Azure nothing but, once in minutes, for the groups of the person. Whether a choice may be requested
 * is checked when the form is sent. Throws GovernanceError not-found for a form of somebody else.
 */
export const searchScopes = async (
  desk: Desk,
  person: Person,
  draftId: string,
  text: string,
): Promise<readonly FoundScope[]> => {
  const draft = await ownDraft(desk, person, draftId);
  const viewpoint = await takeViewpoint(desk, { person, channelId: undefined });
  const { hierarchy } = viewpoint;
  const words = wordsOf(text);
  const asked = words.map((word) => ({ text: word, subscriptions: subscriptionsNamed(word, hierarchy) }));
  const question = { sight: scopeFilter(viewpoint), words: asked, most: mostFound + 1 };
  const key = draft.recommendation.key.toLowerCase();
  const { resourceSearch, drafts } = desk.database;
  const [groups, resources, reading] = await Promise.all([
    resourceSearch.groups({ ...question, key: words.length === 0 ? key : undefined }),
    resourceSearch.find({ ...question, key }),
    stillReading(desk, hierarchy),
  ]);
  const wide = wideScopes(words, hierarchy)
    .map(({ id }) => id)
    .filter((id) => canSee(viewpoint, id));
  const kinds = [wide.slice(0, mostFound + 1), groups, resources.map(({ id }) => id)];
  const shown = mixed(kinds);
  const isMore = kinds.flat().length > shown.length;
  const hint = [
    ...(isMore ? ['There is more: type more of the name'] : []),
    ...(reading === undefined ? [] : [reading]),
  ];
  const kept = hint.length === 0 ? shown : shown.slice(0, mostFound - 1);
  const tokenOf = choiceTokens(desk.hash);
  await drafts.offer(draft.id, Object.fromEntries(kept.map((id) => [tokenOf(id), id])));
  return [
    ...kept.map((id) => ({ title: foundTitle(id, hierarchy), value: tokenOf(id) })),
    ...(hint.length === 0 ? [] : [{ title: `(${hint.join('. ')})`, value: hintToken }]),
  ];
};
