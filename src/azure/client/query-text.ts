import { readFileSync } from 'node:fs';

/** A piece of a query that is safe to insert; only the functions here create it. */
export type Fragment = { readonly kql: string };

const escaped = (text: string): string =>
  text
    .replace(/[\\']/g, '\\$&')
    .replace(/[\p{Cc}\u2028\u2029]/gu, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** A text as a KQL string literal, whatever it contains. */
export const literal = (text: string): Fragment => ({ kql: `'${escaped(text)}'` });

/** Texts for `in (…)`. KQL has no empty list there, so an empty one becomes a text that nothing equals. */
export const literals = (texts: readonly string[]): Fragment => ({
  kql: (texts.length === 0 ? ['(none)'] : texts).map((text) => literal(text).kql).join(', '),
});

/** True for a column (or expression of ours) that starts with one of the texts; false without texts. */
export const startsWithAny = (expression: string, prefixes: readonly string[]): Fragment => ({
  kql:
    prefixes.length === 0
      ? 'false'
      : prefixes.map((prefix) => `${expression} startswith ${literal(prefix).kql}`).join(' or '),
});

/** A condition with an RE2 pattern. */
export const matchesPattern = (expression: string, pattern: string): Fragment => ({
  kql: `${expression} matches regex ${literal(pattern).kql}`,
});

/** True if one of the conditions is; at least one is required. */
export const anyOf = (conditions: readonly Fragment[]): Fragment => ({
  kql: conditions.map(({ kql }) => kql).join(' or '),
});

/** True if all of the conditions are; at least one is required. */
export const allOf = (conditions: readonly Fragment[]): Fragment => ({
  kql: conditions.map(({ kql }) => `(${kql})`).join(' and '),
});

/** True for a column (or expression of ours) that contains every one of the texts, in any casing. */
export const containsAll = (expression: string, texts: readonly string[]): Fragment => ({
  kql: ['true', ...texts.map((text) => `${expression} contains ${literal(text).kql}`)].join(' and '),
});

/** True for a column (or expression of ours) that is one of the texts in any casing; false without texts. */
export const isOneOf = (expression: string, texts: readonly string[]): Fragment => ({
  kql: `${expression} in~ (${literals(texts).kql})`,
});

/** A condition that is always true. */
export const always: Fragment = { kql: 'true' };

/** Replaces each `{name}` with its fragment; throws for a place without a fragment and for a fragment without a place. */
export const fill = (template: string, fragments: Readonly<Record<string, Fragment>>): string => {
  const unused = new Set(Object.keys(fragments));
  const text = template.replace(/\{(\w+)\}/g, (_place, name: string) => {
    const fragment = fragments[name];
    if (fragment === undefined) throw new Error(`The query has a place {${name}} that nothing fills`);
    unused.delete(name);
    return fragment.kql;
  });
  if (unused.size > 0) throw new Error(`The query has no place for ${[...unused].join(', ')}`);
  return text;
};

/** The text of queries/{name}.kql. */
export const queryNamed = (name: string): string =>
  readFileSync(new URL(`../queries/${name}.kql`, import.meta.url), 'utf8');
