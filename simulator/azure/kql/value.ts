import { formatInstant, formatTimespan } from './ticks.ts';

/**
 * A value at run time. Its static Kusto type decides the meaning: datetime and timespan are ticks of 100 ns (bigint), string and guid are
 * strings (never null), int, long, real and decimal are numbers, dynamic is any JSON value.
 */
export type Value = string | number | boolean | bigint | null | readonly Value[] | Bag;
export type Tuple = readonly Value[];
type Bag = { readonly [name in string]: Value };

export type Family = 'text' | 'number' | 'boolean' | 'instant' | 'timespan' | 'dynamic' | 'other';

const families: Readonly<Record<string, Family>> = {
  string: 'text',
  guid: 'text',
  int: 'number',
  long: 'number',
  real: 'number',
  decimal: 'number',
  bool: 'boolean',
  datetime: 'instant',
  timespan: 'timespan',
  dynamic: 'dynamic',
};

export const familyOf = (type: string): Family => families[type] ?? 'other';

export const isBag = (value: Value): value is Bag =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isArray = (value: Value): value is readonly Value[] => Array.isArray(value);

export const nullOf = (type: string): Value => (familyOf(type) === 'text' ? '' : null);

/** Kusto's tostring(): '' for null, compact JSON for arrays and bags. */
export const toText = (value: Value, type: string): string => {
  if (typeof value === 'string') return value;
  if (value === null) return '';
  if (typeof value === 'bigint')
    return type === 'timespan' ? formatTimespan(value) : formatInstant(value, 'seven digits');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};

/** The JSON value that stands for a scalar inside a dynamic value. */
export const toDynamic = (value: Value, type: string): Value =>
  typeof value === 'bigint' ? toText(value, type) : value;

export const compareValues = (left: Value, right: Value): number => {
  if (left === right || left === null || right === null) return 0;
  return left < right ? -1 : 1;
};

const keyOfOne = (value: Value): string => {
  if (typeof value === 'string') return `${value.length}:${value}`;
  return typeof value === 'object' ? JSON.stringify(value) : `${typeof value} ${value}`;
};

/** A key that is equal for equal tuples of the same column types. */
export const keyOf = (values: Tuple): Value => {
  const [first = null, second] = values;
  if (values.length === 1) return first;
  if (values.length === 2 && second !== undefined) return `${keyOfOne(first)},${keyOfOne(second)}`;
  return values.map(keyOfOne).join(',');
};
