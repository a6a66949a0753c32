/** Runs work for every item, at most a given number at a time. Results are in the order of the items; the first failure rejects the whole. */
export const inParallel = async <Item, Result>(
  items: readonly Item[],
  atATime: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> => {
  const results: Result[] = [];
  const left = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of left) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(atATime, items.length) }, worker));
  return results;
};

/**
 * Sorts items into lanes: two that touch one another are in the same lane, also where only a third one joins them, and each lane keeps the order of the
 * items. What is in one lane is meant to be done one after another, and the lanes side by side. Pure.
 */
export const lanesOf = <Item>(items: readonly Item[], touches: (one: Item, other: Item) => boolean): Item[][] =>
  items
    .reduce<number[][]>((lanes, _, at) => {
      const joined = (lane: readonly number[]): boolean =>
        lane.some((other) => touches(items[at] as Item, items[other] as Item));
      return [...lanes.filter((lane) => !joined(lane)), [...lanes.filter(joined).flat(), at]];
    }, [])
    .map((lane) => lane.toSorted((a, b) => a - b).map((at) => items[at] as Item));
