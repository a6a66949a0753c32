/** How many rows an answer had, and how many of them were in its first page. */
export type AnswerLength = { readonly rows: number; readonly page: number };

const mostKept = 100;
/** The most pages that are asked for at once: two thirds of what Resource Graph answers in 5 seconds. */
const mostPages = 10;

/**
 * The lengths of the last answers that did not fit into one page, by question. They say only how many pages are worth asking for at once: what the
 * answer is, Azure says each time.
 */
export const createAnswerLengths = () => {
  const kept = new Map<string, AnswerLength>();
  const nameOf = (question: object): string => JSON.stringify(question);
  return {
    note: (question: object, { rows, page }: AnswerLength): void => {
      const name = nameOf(question);
      kept.delete(name);
      if (rows > page && page > 0) kept.set(name, { rows, page });
      const [oldest] = kept.keys();
      if (oldest !== undefined && kept.size > mostKept) kept.delete(oldest);
    },
    /** Where the pages after the first one are likely to begin; empty if one page was enough, or if there are too many for asking at once. */
    furtherPages: (question: object): number[] => {
      const { rows, page } = kept.get(nameOf(question)) ?? { rows: 0, page: 1 };
      const pages = Math.ceil(rows / page);
      return pages > mostPages ? [] : Array.from({ length: Math.max(0, pages - 1) }, (_, index) => (index + 1) * page);
    },
  };
};

type Fitting = { readonly data: readonly unknown[]; readonly totalRecords: number };

/**
 * All rows of pages that were asked for at once, or undefined unless they are one answer: each counts the same rows in all, each but the last is as long
 * as the first, and together they have every row.
 */
export const joined = (pages: readonly (Fitting | undefined)[]): unknown[] | undefined => {
  const [first] = pages;
  if (first === undefined) return undefined;
  const rows: unknown[] = [];
  for (const [index, page] of pages.entries()) {
    if (page?.totalRecords !== first.totalRecords) return undefined;
    if (rows.length !== index * first.data.length) return undefined;
    rows.push(...page.data);
  }
  return rows.length === first.totalRecords ? rows : undefined;
};
