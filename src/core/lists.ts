/** Each item once by its key: of several the last, in the place of the first. */
export const distinctBy = <Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[] => [
  ...new Map(items.map((item) => [keyOf(item), item])).values(),
];

/** The items in their order, so many in each list but the last. */
export const chunksOf = <Item>(items: readonly Item[], size: number): Item[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));

/** Sorts texts by their code points, as databases do that know no language. */
export const byCodePoint = (a: string, b: string): number => {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  return (a.codePointAt(at) ?? -1) - (b.codePointAt(at) ?? -1);
};

/** The items, beginning elsewhere in each minute, so that whoever takes only the first ones takes all in turn. */
export const rotated = <Item>(items: readonly Item[], at: Date): Item[] => {
  const start = Math.floor(at.getTime() / 60_000) % Math.max(1, items.length);
  return [...items.slice(start), ...items.slice(0, start)];
};
