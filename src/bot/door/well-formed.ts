import { visibleText } from '../../core/visible-text.ts';

/** Deeper than anything that a card of ours submits. */
const deepest = 4;

/** What was submitted as it can be kept and shown: texts without what nobody can see, wherever they stand. Nesting beyond reason is cut off. */
export const wellFormed = (value: unknown, depth = 0): unknown => {
  if (typeof value === 'string') return visibleText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= deepest) return undefined;
  if (Array.isArray(value)) return value.map((part) => wellFormed(part, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, wellFormed(part, depth + 1)]));
};
