/** "and 3 more" for what is not shown; empty where everything is. */
export const andMore = (all: number, shown: number): string =>
  all > shown ? `and ${(all - shown).toLocaleString('en')} more` : '';

/** The first few of some names, and how many more there are: "a, b and 3 more". */
export const firstFew = (names: readonly string[], most: number): string =>
  [names.slice(0, most).join(', '), andMore(names.length, most)].filter((part) => part !== '').join(' ');

/** "1 resource", "1,208 resources". */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
