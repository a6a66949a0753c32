import { visibleText } from '../../core/visible-text.ts';

/** Deeper than anything that our cards submit. */
const deepest = 4;

/** The submitted data in a form that can be stored and shown: without invisible characters in any text. Excessive nesting is cut off. */
export const wellFormed = (value: unknown, depth = 0): unknown => {
  if (typeof value === 'string') return visibleText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= deepest) return undefined;
  if (Array.isArray(value)) return value.map((part) => wellFormed(part, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, wellFormed(part, depth + 1)]));
};
