import { normalId } from '../tenant/arm-id.ts';

/** The token of an ARM id, the same in every casing. */
export type TokenOf = (id: string) => string;

/** 96 bits, so that nobody finds two names with one token. */
const tokenLength = 24;

/**
 * Letters and digits that stand for an ARM id on a card. Teams joins what is ticked by commas, and names in Azure may hold commas. A token
 * depends on nothing but the id, so a card that was drawn long ago still means the same.
 */
export const choiceTokens =
  (hash: (text: string) => string): TokenOf =>
  (id) =>
    hash(normalId(id)).slice(0, tokenLength);

/** Choices as a card sends them: what is ticked, and what it showed. Undefined: the card is of an earlier version, which does not say. */
export type Ticks = {
  readonly ticked: readonly string[];
  readonly shown: readonly string[] | undefined;
  /** Where in the list the page began. It is only a hint where to look first: the list may have changed, and older cards do not say. */
  readonly first?: number | undefined;
};

/**
 * What is offered under these tokens. Tokens are made from the page on, and no more of them than it takes to find all, because a tenant may
 * offer very much.
 */
const foundAmong = <Offered extends { readonly id: string }>(
  wanted: ReadonlySet<string>,
  offered: readonly Offered[],
  first: number,
  tokenOf: TokenOf,
): ReadonlyMap<Offered, string> => {
  const found = new Map<Offered, string>();
  const missing = new Set(wanted);
  const start = first >= 0 && first < offered.length ? first : 0;
  for (const part of [offered.slice(start), offered.slice(0, start)])
    for (const each of part) {
      if (missing.size === 0) return found;
      const token = tokenOf(each.id);
      if (!wanted.has(token)) continue;
      found.set(each, token);
      missing.delete(token);
    }
  return found;
};

type Chosen = {
  readonly ids: readonly string[];
  /** The number of ticks for something that is not offered: it is gone, it is not for this person, or the card is of an earlier version. */
  readonly lost: number;
};

/**
 * What is chosen after somebody ticked and cleared choices on one page of a list: of that page what is ticked, of all else what was chosen
 * before. Only what this person is offered can be ticked.
 */
export const chosenOf = (
  before: readonly string[],
  { ticked, shown, first = 0 }: Ticks,
  offered: readonly { readonly id: string }[],
  tokenOf: TokenOf,
): Chosen => {
  const tokens = new Set(ticked);
  const found = foundAmong(tokens, offered, first, tokenOf);
  const onPage = new Set([...(shown ?? []), ...ticked]);
  return {
    ids: [
      ...(shown === undefined ? [] : before.filter((id) => !onPage.has(tokenOf(id)))),
      // In the order of the list, wherever the search began.
      ...(found.size === 0 ? [] : offered.filter((each) => found.has(each)).map(({ id }) => id)),
    ],
    lost: tokens.size - new Set(found.values()).size,
  };
};

/** What to say about ticks that are lost; undefined if there are none. */
export const lostSentence = (lost: number): string | undefined =>
  lost === 0
    ? undefined
    : `${lost === 1 ? 'One of the selected resources is' : `${lost.toLocaleString('en')} of the selected resources are`} not offered any more, or the card was of an earlier version. Check what is selected.`;
