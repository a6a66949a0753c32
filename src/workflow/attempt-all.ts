type Works = Iterable<() => Promise<void>> | AsyncIterable<() => Promise<void>>;

/** Runs works one after another and throws their errors at the end, so that one that fails does not keep the others waiting. */
export const attemptAll = async (works: Works): Promise<void> => {
  const failures: unknown[] = [];
  for await (const work of works) {
    try {
      await work();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 1)
    throw new AggregateError(failures, `${failures.length} steps failed.`, { cause: failures[0] });
  if (failures.length === 1) throw failures[0];
};

async function* worksOn<Item>(
  items: AsyncIterable<Item>,
  work: (item: Item) => Promise<void>,
): AsyncGenerator<() => Promise<void>, void> {
  for await (const item of items) yield () => work(item);
}

/** The same work for each item of a list that is still being read. */
export const attemptEach = <Item>(items: AsyncIterable<Item>, work: (item: Item) => Promise<void>): Promise<void> =>
  attemptAll(worksOn(items, work));
