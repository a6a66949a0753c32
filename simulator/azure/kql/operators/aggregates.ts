import { numberOf } from '../evaluator.ts';
import type { Evaluator } from '../evaluator.ts';
import { isTruthy } from '../logic.ts';
import { unsupported } from '../query-refused.ts';
import { compareValues, familyOf, isArray, keyOf, nullOf, toDynamic } from '../value.ts';
import type { Tuple, Value } from '../value.ts';

/** Collects the rows of one group, then gives one value per result column. */
export type Accumulator = {
  /** Adds a row that stands for so many equal ones. */
  readonly add: (row: Tuple, times: number) => void;
  readonly results: () => readonly Value[];
};
/** Compiled once per query; called once per group. */
export type Aggregate = { readonly width: number; readonly start: () => Accumulator };

type AggregateFactory = (inputs: readonly Evaluator[], type: string) => Aggregate;

const first = (inputs: readonly Evaluator[]): Evaluator => {
  const found = inputs[0];
  if (found === undefined) throw unsupported('An aggregate without an argument');
  return found;
};

/** An aggregate that folds rows into one value. */
const folding = <State>(
  start: () => State,
  add: (state: State, row: Tuple, times: number) => State,
  end: (state: State) => Value,
): Aggregate => ({
  width: 1,
  start: () => {
    let state = start();
    return {
      add: (row, times) => {
        state = add(state, row, times);
      },
      results: () => [end(state)],
    };
  },
});

const counting = (holds: (row: Tuple) => boolean): Aggregate =>
  folding(
    () => 0,
    (total, row, times) => (holds(row) ? total + times : total),
    (total) => total,
  );

const summing: AggregateFactory = (inputs) => {
  const input = first(inputs);
  if (familyOf(input.type) !== 'number') throw unsupported(`sum() of ${input.type}`);
  const number = numberOf(input);
  return folding(
    () => 0,
    (total, row) => total + (number(row) ?? 0),
    (total) => total,
  );
};

const averaging: AggregateFactory = (inputs) => {
  const input = first(inputs);
  if (familyOf(input.type) !== 'number') throw unsupported(`avg() of ${input.type}`);
  const number = numberOf(input);
  return folding(
    () => ({ total: 0, count: 0 }),
    (state, row) => {
      const value = number(row);
      return value === null ? state : { total: state.total + value, count: state.count + 1 };
    },
    ({ total, count }) => (count === 0 ? null : total / count),
  );
};

const extreme =
  (wanted: 1 | -1): AggregateFactory =>
  (inputs, type) => {
    const { of, type: from } = first(inputs);
    if (from === 'dynamic') throw unsupported('min() or max() of a dynamic value');
    return folding<Value>(
      () => null,
      (best, row) => {
        const value = of(row);
        if (value === null) return best;
        return best === null || compareValues(value, best) === wanted ? value : best;
      },
      (best) => best ?? nullOf(type),
    );
  };

const collecting =
  (distinct: boolean): AggregateFactory =>
  (inputs) => {
    const { of, type } = first(inputs);
    const limit = inputs[1];
    const size = limit === undefined ? Infinity : Number(limit.of([]));
    return folding(
      () => new Map<Value, Value>(),
      (found, row) => {
        const value = toDynamic(of(row), type);
        if (isArray(value)) throw unsupported('make_set() or make_list() of arrays');
        if (value === null || found.size >= size) return found;
        const key = distinct ? keyOf([value, null]) : found.size;
        return found.has(key) ? found : found.set(key, value);
      },
      (found) => [...found.values()],
    );
  };

const countingDistinct: AggregateFactory = (inputs) => {
  const { of } = first(inputs);
  return folding(
    () => new Set<Value>(),
    (found, row) => {
      const value = of(row);
      return value === null ? found : found.add(typeof value === 'object' ? keyOf([value, null]) : value);
    },
    (found) => found.size,
  );
};

/** take_any of one expression prefers a value over null and ''. */
const takingAny: AggregateFactory = (inputs, type) => {
  const { of } = first(inputs);
  return folding<Value>(
    () => nullOf(type),
    (found, row) => (found === null || found === '' ? of(row) : found),
    (found) => found,
  );
};

const factories: Readonly<Record<string, AggregateFactory>> = {
  count: () => counting(() => true),
  countif: (inputs) => {
    const { of } = first(inputs);
    return counting((row) => isTruthy(of(row)));
  },
  sum: summing,
  avg: averaging,
  min: extreme(-1),
  max: extreme(1),
  make_set: collecting(true),
  make_list: collecting(false),
  dcount: countingDistinct,
  take_any: takingAny,
  any: takingAny,
};

/** Aggregates for which it is the same whether a row comes many times or once with its number. */
export const takeCountedRows: readonly string[] = [
  'count',
  'countif',
  'min',
  'max',
  'make_set',
  'dcount',
  'take_any',
  'any',
  'arg_max',
  'arg_min',
];

/** An aggregate function with one result column. */
export const singleAggregate = (name: string, inputs: readonly Evaluator[], type: string): Aggregate => {
  const create = Object.hasOwn(factories, name) ? factories[name] : undefined;
  if (create === undefined) throw unsupported(`Aggregate '${name}'`);
  return create(inputs, type);
};

/** The given values of one row: that with the greatest (`wanted` 1) or least (-1) `by`, or the first when there is no `by`. */
export const rowAggregate = (by: Evaluator | undefined, wanted: 1 | -1, values: readonly Evaluator[]): Aggregate => ({
  width: values.length,
  start: () => {
    let best: { readonly row: Tuple; readonly key: Value } | undefined;
    return {
      add: (row) => {
        if (by === undefined) {
          best ??= { row, key: null };
          return;
        }
        const key = by.of(row);
        const isBetter =
          best === undefined || (key !== null && (best.key === null || compareValues(key, best.key) === wanted));
        if (isBetter) best = { row, key };
      },
      results: () => values.map(({ of, type }) => (best === undefined ? nullOf(type) : of(best.row))),
    };
  },
});
