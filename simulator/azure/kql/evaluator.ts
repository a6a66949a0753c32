import { parseInstant } from './ticks.ts';
import { familyOf, isArray, isBag, nullOf, toDynamic, toText } from './value.ts';
import type { Tuple, Value } from './value.ts';

/** A compiled scalar expression: the static Kusto type, and how to get its value from a row. */
export type Evaluator = {
  readonly type: string;
  readonly of: (row: Tuple) => Value;
  /** True when the value is the same for every row. */
  readonly constant: boolean;
};

/** Evaluates constant expressions only once. */
export const evaluator = (type: string, inputs: readonly Evaluator[], of: (row: Tuple) => Value): Evaluator => {
  if (!inputs.every((input) => input.constant)) return { type, of, constant: false };
  const value = of([]);
  return { type, of: () => value, constant: true };
};

export const constantOf = (type: string, value: Value): Evaluator => ({ type, of: () => value, constant: true });

export const textOf = (input: Evaluator): ((row: Tuple) => string) => {
  const { of, type } = input;
  return (row) => toText(of(row), type);
};

/** Numbers as they are, and numbers inside dynamic values; null for everything else. */
export const numberOf = (input: Evaluator): ((row: Tuple) => number | null) => {
  const { of } = input;
  return (row) => {
    const value = of(row);
    return typeof value === 'number' ? value : null;
  };
};

export const ticksOf = (input: Evaluator): ((row: Tuple) => bigint | null) => {
  const { of } = input;
  return (row) => {
    const value = of(row);
    return typeof value === 'bigint' ? value : null;
  };
};

const instantOfAny = (value: Value): bigint | null => {
  if (typeof value === 'bigint') return value;
  return typeof value === 'string' ? parseInstant(value) : null;
};

/** Brings a value to the type that the parser inferred for the surrounding expression. */
export const convert = (input: Evaluator, type: string): ((row: Tuple) => Value) => {
  const { of, type: from } = input;
  if (from === type || familyOf(from) === familyOf(type)) return of;
  if (familyOf(type) === 'text') return textOf(input);
  if (type === 'dynamic') return (row) => toDynamic(of(row), from);
  return (row) => castDynamic(of(row), type);
};

/** Takes a value out of a dynamic as `type` without parsing: what does not conform becomes null. */
export const castDynamic = (value: Value, type: string): Value => {
  switch (familyOf(type)) {
    case 'text':
      return toText(value, 'dynamic');
    case 'number':
      if (typeof value !== 'number') return null;
      return type === 'int' || type === 'long' ? Math.trunc(value) : value;
    case 'boolean':
      return typeof value === 'boolean' ? value : null;
    case 'instant':
      return instantOfAny(value);
    case 'dynamic':
      return value;
    default:
      return nullOf(type);
  }
};

export const member = (value: Value, key: Value): Value => {
  if (isArray(value)) return typeof key === 'number' ? (value.at(key) ?? null) : null;
  return isBag(value) && typeof key === 'string' && Object.hasOwn(value, key) ? (value[key] ?? null) : null;
};
