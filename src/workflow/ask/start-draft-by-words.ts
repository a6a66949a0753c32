import { formFromWords, exemptLine, type ExemptWords } from '../../core/request/exempt-words.ts';
import { GovernanceError } from '../../core/governance-error.ts';
import { nameOf, sameId } from '../../core/tenant/arm-id.ts';
import { distinctTitles } from '../../core/tenant/distinct-titles.ts';
import { scopesCalled, type Hierarchy } from '../../core/tenant/hierarchy.ts';
import { reasonInWords } from '../../core/governance/reasons.ts';
import type { Form } from '../../core/request/terms.ts';
import type { Person } from '../../core/person.ts';
import type { Desk } from '../desk.ts';
import { draftFrom, type OpenDraft } from './draft-request.ts';
import { refuseUnlessRequestable } from './refuse-unless-requestable.ts';
import { offerChoices, type Offer } from './offer-choices.ts';
import { nameLookup } from './resolve-names.ts';
import { foundTitle } from './search-scopes.ts';
import { recommendationsNamed } from '../recommendation/find-recommendations.ts';

/** A form, or the question which of several things the words mean. */
export type DraftByWords =
  | { readonly kind: 'open'; readonly open: OpenDraft }
  | {
      readonly kind: 'unclear';
      /** There are more candidates than these. */
      readonly isCut?: boolean;
      readonly question: string;
      /** Each with the whole line that says it clearly. */
      readonly candidates: readonly { readonly title: string; readonly line: string }[];
    };

type Choice = Offer['resources'][number];

/** What a name means: an open resource that the form lists, or anything else that a search finds. */
type Named = { readonly name: string; readonly choices: readonly Choice[]; readonly isSearched: boolean };

/** The offered resources that a name can mean: by id, by the whole label or its last part in any casing, otherwise those that contain it. */
const resourcesNamed = ({ resources }: Offer, name: string): readonly Choice[] => {
  const wanted = name.toLowerCase();
  const named = resources.filter(
    ({ id, label }) => sameId(id, name) || [label, nameOf(id)].some((each) => each.toLowerCase() === wanted),
  );
  return named.length > 0 ? named : resources.filter(({ label }) => label.toLowerCase().includes(wanted));
};

/** The offered wider scopes that a name can mean: by title, id or name, and groups also as `rg-shop@shop-prod`. */
const scopesNamed = ({ scopes }: Offer, name: string, hierarchy: Hierarchy): readonly Choice[] => {
  const wanted = name.toLowerCase();
  const called = scopesCalled(name, hierarchy);
  return scopes.filter(
    ({ id, label }) =>
      called.some((each) => sameId(each, id)) || [label, nameOf(id)].some((each) => each.toLowerCase() === wanted),
  );
};

/** The fields that the words fill in; words that begin with the id of a ready reason choose it, and its category. */
const formOfWords = ({ governance }: Desk, words: ExemptWords): Partial<Form> => {
  const form = formFromWords(words);
  const found = reasonInWords(words.justification, governance.reasons);
  return found === undefined
    ? form
    : { category: found.reason.category, ...form, justification: found.rest, reason: found.reason.id };
};

/** A form or a question about one wider scope; undefined if the words mean resources. */
const forScope = async (
  desk: Desk,
  person: Person,
  words: ExemptWords,
  offer: Offer,
): Promise<DraftByWords | undefined> => {
  const [name, ...more] = words.resources;
  if (name === undefined || more.length > 0) return undefined;
  const resources = resourcesNamed(offer, name);
  if (isCertain(name, resources)) return undefined;
  const scopes = scopesNamed(offer, name, await desk.hierarchy());
  const [only, ...others] = scopes;
  if (only === undefined) return undefined;
  const { key } = offer.recommendation;
  // A subscription that is assessed itself is offered as both.
  const narrower = resources.filter(({ id }) => !scopes.some((scope) => sameId(scope.id, id)));
  const isClear = [only.id, only.label].some((each) => each.toLowerCase() === name.toLowerCase());
  if (others.length === 0 && (isClear || narrower.length === 0))
    return {
      kind: 'open',
      open: await draftFrom(desk, person, offer, { scope: only.id, ...formOfWords(desk, words) }),
    };
  return {
    kind: 'unclear',
    question: `Which scope or resource do you mean by “${name}”?`,
    candidates: [...scopes, ...narrower].map(({ id, label }) => ({
      title: label,
      line: exemptLine({ ...words, recommendation: key, resources: [id] }),
    })),
  };
};

const isCertain = (name: string, [first, ...others]: readonly Choice[]): boolean =>
  first !== undefined &&
  others.length === 0 &&
  [first.id, first.label, nameOf(first.id)].some((each) => each.toLowerCase() === name.toLowerCase());

/** Starts a request from a typed command. Writes nothing: the form must be checked and sent. */
export const startDraftByWords = async (desk: Desk, person: Person, words: ExemptWords): Promise<DraftByWords> => {
  const named = await recommendationsNamed(desk, { person, channelId: undefined }, words.recommendation);
  const [meant, ...others] = named.meant;
  const titles = distinctTitles([meant, ...others]);
  if (others.length > 0)
    return {
      kind: 'unclear',
      isCut: !named.isAll,
      question: `“${words.recommendation}” matches ${named.isAll ? '' : 'at least '}${others.length + 1} recommendations. Which one do you mean?`,
      candidates: [meant, ...others].map(({ key }, index) => ({
        title: titles[index] ?? key,
        line: exemptLine({ ...words, recommendation: key }),
      })),
    };
  const offer = await offerChoices(desk, person, meant.key);
  await refuseUnlessRequestable(desk, offer);
  if (words.resources.length === 0)
    return { kind: 'open', open: await draftFrom(desk, person, offer, formOfWords(desk, words)) };
  const wide = await forScope(desk, person, words, offer);
  if (wide !== undefined) return wide;
  const hierarchy = await desk.hierarchy();
  const lookUp = await nameLookup(desk, person, meant.key);
  const found = await Promise.all(
    words.resources.map(async (name): Promise<Named> => {
      const choices = resourcesNamed(offer, name);
      if (isCertain(name, choices)) return { name, choices, isSearched: false };
      const ids = await lookUp(name);
      // What is called exactly so comes before what only contains it.
      return ids.length === 0
        ? { name, choices, isSearched: false }
        : { name, choices: ids.map((id) => ({ id, label: foundTitle(id, hierarchy) })), isSearched: true };
    }),
  );
  const nowhere = found.find(({ choices }) => choices.length === 0);
  if (nowhere !== undefined)
    throw new GovernanceError(
      'not-found',
      `“${offer.recommendation.title}” is not open on any resource called “${nowhere.name}” that you can see, and no scope that you can see has this name. To see where it is open, send: recommendation ${offer.recommendation.title}`,
    );
  const unclear = found.find(({ name, choices, isSearched }) =>
    isSearched ? choices.length > 1 : !isCertain(name, choices),
  );
  if (unclear !== undefined)
    return {
      kind: 'unclear',
      question: `Which ${unclear.isSearched ? 'scope or resource' : 'resource'} do you mean by “${unclear.name}”?`,
      candidates: unclear.choices.map(({ id, label }) => ({
        title: label,
        line: exemptLine({
          ...words,
          recommendation: meant.key,
          resources: words.resources.map((name) => (name === unclear.name ? id : name)),
        }),
      })),
    };
  const idsOf = (isSearched: boolean): string[] =>
    found.filter((each) => each.isSearched === isSearched).flatMap(({ choices }) => choices.map(({ id }) => id));
  return {
    kind: 'open',
    open: await draftFrom(desk, person, offer, {
      resources: idsOf(false),
      searched: idsOf(true),
      ...formOfWords(desk, words),
    }),
  };
};
