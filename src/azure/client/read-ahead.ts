/** The most pages that are asked for while one is taken in: Azure may take longer for ten pages than its quota of 5 seconds. */
const mostAhead = 3;

type Place<Token> = Token | { readonly skip: number } | Record<string, never>;
type PageOf<Token> = {
  readonly data: readonly unknown[];
  readonly totalRecords: number;
  readonly next: Place<Token> | undefined;
};

/**
 * The pages of a long answer in their order, of which the next ones are asked for ahead by their places. As soon as one does not fit to the first, because
 * rows came or went or Azure did not answer, the rest is read by what the page before says comes next.
 */
export async function* readAhead<Token>(
  ask: (from: Place<Token>) => Promise<PageOf<Token>>,
): AsyncGenerator<PageOf<Token>, void> {
  let last = await ask({});
  yield last;
  const [length, total] = [last.data.length, last.totalRecords];
  const asked: Promise<PageOf<Token> | undefined>[] = [];
  let [done, next] = [length, length];
  while (length > 0 && done < total && last.next !== undefined) {
    for (; asked.length < mostAhead && next < total; next += length)
      asked.push(ask({ skip: next }).catch(() => undefined));
    const page = await asked.shift();
    if (page?.totalRecords !== total || page.data.length !== Math.min(length, total - done)) break;
    done += length;
    last = page;
    yield last;
  }
  while (last.next !== undefined) {
    last = await ask(last.next);
    yield last;
  }
}
