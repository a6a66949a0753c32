import { evaluator } from './evaluator.ts';
import type { Evaluator } from './evaluator.ts';
import { unsupported } from './query-refused.ts';
import { compareValues, familyOf, isArray, toText } from './value.ts';
import type { Tuple, Value } from './value.ts';

type Pair = { readonly left: (row: Tuple) => Value; readonly right: (row: Tuple) => Value };

const castTo = (input: Evaluator, other: Evaluator): ((row: Tuple) => Value) => {
  const { of, type } = input;
  if (type !== 'dynamic' || familyOf(other.type) !== 'text') return of;
  return (row) => {
    const value = of(row);
    return value === null ? null : toText(value, type);
  };
};

const isEmptyText = (input: Evaluator): boolean => input.constant && input.type === 'string' && input.of([]) === '';

const comparable = (left: Evaluator, right: Evaluator): Pair => {
  const families = [familyOf(left.type), familyOf(right.type)];
  const dynamics = families.filter((family) => family === 'dynamic').length;
  if (dynamics === 2) throw unsupported('Comparing two dynamic values');
  if (dynamics === 0 && families[0] !== families[1]) throw unsupported(`Comparing ${left.type} with ${right.type}`);
  if (dynamics === 1 && families.some((family) => family === 'instant' || family === 'timespan'))
    throw unsupported(`Comparing ${left.type} with ${right.type}`);
  if (dynamics === 1 && (isEmptyText(left) || isEmptyText(right)))
    throw unsupported("Comparing a dynamic value with '' (use isempty or tostring)");
  return { left: castTo(left, right), right: castTo(right, left) };
};

/** Kusto's rule: two nulls are neither equal nor different (null); a null differs from every value. */
const same = (left: Value, right: Value): boolean | null => (left === null && right === null ? null : left === right);

const negate = (value: Value): Value => (value === null ? null : value === false);

export const equality = (left: Evaluator, right: Evaluator, wanted: boolean): Evaluator => {
  const pair = comparable(left, right);
  return evaluator('bool', [left, right], (row) => {
    const equal = same(pair.left(row), pair.right(row));
    return wanted ? equal : negate(equal);
  });
};

const orders: Readonly<Record<string, (order: number) => boolean>> = {
  LessThanExpression: (order) => order < 0,
  LessThanOrEqualExpression: (order) => order <= 0,
  GreaterThanExpression: (order) => order > 0,
  GreaterThanOrEqualExpression: (order) => order >= 0,
};

export const isOrdering = (kind: string): boolean => Object.hasOwn(orders, kind);

export const ordering = (kind: string, left: Evaluator, right: Evaluator): Evaluator => {
  const pair = comparable(left, right);
  const holds = orders[kind];
  if (holds === undefined) throw unsupported(kind);
  return evaluator('bool', [left, right], (row) => {
    const [a, b] = [pair.left(row), pair.right(row)];
    if (a === null || b === null || typeof a !== typeof b) return null;
    return holds(compareValues(a, b));
  });
};

export const between = (value: Evaluator, first: Evaluator, second: Evaluator, wanted: boolean): Evaluator => {
  const lower = ordering('GreaterThanOrEqualExpression', value, first);
  const upper = ordering('LessThanOrEqualExpression', value, second);
  return evaluator('bool', [value, first, second], (row) => {
    const [above, below] = [lower.of(row), upper.of(row)];
    if (above === null || below === null) return null;
    return (above === true && below === true) === wanted;
  });
};

type Membership = { readonly wanted: boolean; readonly ignoreCase: boolean };

export const membership = (
  value: Evaluator,
  list: readonly Evaluator[],
  { wanted, ignoreCase }: Membership,
): Evaluator => {
  const normal = (item: Value): Value => (ignoreCase && typeof item === 'string' ? item.toLowerCase() : item);
  const dynamicLists = list.filter((item) => item.type === 'dynamic');
  if (dynamicLists.length > 0 && value.type === 'dynamic') throw unsupported('Comparing two dynamic values');
  const pairs = list.map((item) => (item.type === 'dynamic' ? item.of : comparable(value, item).right));
  const valueOf = castTo(value, list.find((item) => item.type !== 'dynamic') ?? value);
  const candidates = (row: Tuple): Set<Value> =>
    new Set(
      pairs
        .map((of) => of(row))
        .flatMap((item) => (isArray(item) ? item : [item]))
        .map(normal),
    );
  const fixed = list.every((item) => item.constant) ? candidates([]) : undefined;
  return evaluator('bool', [value, ...list], (row) => {
    const found = valueOf(row);
    return (found !== null && (fixed ?? candidates(row)).has(normal(found))) === wanted;
  });
};
