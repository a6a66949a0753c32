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
export type Ticks = { readonly ticked: readonly string[]; readonly shown: readonly string[] | undefined };

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
  { ticked, shown }: Ticks,
  offered: readonly { readonly id: string }[],
  tokenOf: TokenOf,
): Chosen => {
  const tokens = new Set(ticked);
  const found = tokens.size === 0 ? [] : offered.filter(({ id }) => tokens.has(tokenOf(id)));
  const onPage = new Set([...(shown ?? []), ...ticked]);
  return {
    ids: [
      ...(shown === undefined ? [] : before.filter((id) => !onPage.has(tokenOf(id)))),
      ...found.map(({ id }) => id),
    ],
    lost: tokens.size - new Set(found.map(({ id }) => tokenOf(id))).size,
  };
};

/** What to say about ticks that are lost; undefined if there are none. */
export const lostSentence = (lost: number): string | undefined =>
  lost === 0
    ? undefined
    : `${lost === 1 ? 'One of the selected resources is' : `${lost.toLocaleString('en')} of the selected resources are`} not offered any more, or the card was of an earlier version. Check what is selected.`;
