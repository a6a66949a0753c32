import { constantOf, evaluator, numberOf, textOf, ticksOf } from '../evaluator.ts';
import type { Evaluator } from '../evaluator.ts';
import { unsupported } from '../query-refused.ts';
import { dateOf, floorTo, ticksPer } from '../ticks.ts';
import { familyOf } from '../value.ts';
import { input } from './scalar-function.ts';
import type { FunctionCall, FunctionTable, ScalarFunction } from './scalar-function.ts';

const now: ScalarFunction = (call) => {
  if (call.inputs.length === 0) return constantOf('datetime', call.now);
  return shifted(call, 1n);
};

const shifted = (call: FunctionCall, direction: bigint): Evaluator => {
  const span = ticksOf(input(call, 0));
  return evaluator('datetime', call.inputs, (row) => {
    const ticks = span(row);
    return ticks === null ? null : call.now + direction * ticks;
  });
};

const months = (instant: bigint): number => dateOf(instant).getUTCFullYear() * 12 + dateOf(instant).getUTCMonth();

const calendarParts: Readonly<Record<string, (instant: bigint) => number>> = {
  year: (instant) => Math.floor(months(instant) / 12),
  quarter: (instant) => Math.floor(months(instant) / 3),
  month: months,
};

/** The number of whole `part`s before an instant: the difference of two counts the boundaries crossed, as Kusto does. */
const counter = (part: string): ((instant: bigint) => number) => {
  const size = (ticksPer as Readonly<Record<string, bigint>>)[part];
  if (size !== undefined) return (instant) => Number(floorTo(instant, size) / size);
  const count = calendarParts[part];
  if (count === undefined) throw unsupported(`Part '${part}' of datetime_diff`);
  return count;
};

const datetimeDiff: ScalarFunction = (call) => {
  const part = input(call, 0);
  if (!part.constant) throw unsupported('A computed part of datetime_diff');
  const count = counter(textOf(part)([]).toLowerCase());
  const [left, right] = [ticksOf(input(call, 1)), ticksOf(input(call, 2))];
  return evaluator(call.type, call.inputs, (row) => {
    const [a, b] = [left(row), right(row)];
    return a === null || b === null ? null : count(a) - count(b);
  });
};

const bin: ScalarFunction = (call) => {
  const [value, size] = [input(call, 0), input(call, 1)];
  if (familyOf(value.type) === 'number') {
    const [number, step] = [numberOf(value), numberOf(size)];
    return evaluator(call.type, call.inputs, (row) => {
      const [a, b] = [number(row), step(row)];
      return a === null || b === null || b <= 0 ? null : Math.floor(a / b) * b;
    });
  }
  if (familyOf(value.type) !== 'instant' && familyOf(value.type) !== 'timespan')
    throw unsupported(`bin() of ${value.type}`);
  const [ticks, step] = [ticksOf(value), ticksOf(size)];
  return evaluator(call.type, call.inputs, (row) => {
    const [a, b] = [ticks(row), step(row)];
    return a === null || b === null || b <= 0n ? null : floorTo(a, b);
  });
};

export const timeFunctions: FunctionTable = {
  now,
  ago: (call) => shifted(call, -1n),
  datetime_diff: datetimeDiff,
  bin,
  floor: bin,
};
