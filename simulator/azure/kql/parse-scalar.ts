import { unsupported } from './query-refused.ts';
import { parseInstant, parseTimespan } from './ticks.ts';
import { familyOf } from './value.ts';
import type { Value } from './value.ts';

const parseWhole = (text: string): number | null => (/^\s*[+-]?(\d+|0x[\da-f]+)\s*$/i.test(text) ? Number(text) : null);

const parseReal = (text: string): number | null =>
  /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(text) ? Number(text) : null;

const parseBoolean = (text: string): boolean | null => {
  if (/^\s*(true|1)\s*$/i.test(text)) return true;
  return /^\s*(false|0)\s*$/i.test(text) ? false : null;
};

/** Reads a text as a scalar; what cannot be read becomes null. */
export const parseScalar = (text: string, type: string): Value => {
  switch (familyOf(type)) {
    case 'text':
      return text;
    case 'number':
      return type === 'int' || type === 'long' ? parseWhole(text) : parseReal(text);
    case 'boolean':
      return parseBoolean(text);
    case 'instant':
      return parseInstant(text);
    case 'timespan':
      return parseTimespan(text);
    default:
      throw unsupported(`Reading text as ${type}`);
  }
};
