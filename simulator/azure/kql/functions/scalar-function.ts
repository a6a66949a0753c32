import { evaluator, textOf } from '../evaluator.ts';
import type { Evaluator } from '../evaluator.ts';
import type { Value } from '../value.ts';

export type FunctionCall = {
  readonly inputs: readonly Evaluator[];
  /** The Kusto type that the parser inferred for the call. */
  readonly type: string;
  /** The time of the query, in ticks. */
  readonly now: bigint;
};

/** The parser has checked the number and types of the inputs before a function sees them. */
export type ScalarFunction = (call: FunctionCall) => Evaluator;
export type FunctionTable = Readonly<Record<string, ScalarFunction>>;

export const input = ({ inputs }: FunctionCall, position: number): Evaluator => {
  const found = inputs[position];
  if (found === undefined) throw new RangeError(`No argument ${position + 1}`);
  return found;
};

/** A function of texts; numbers, times and dynamic values arrive as Kusto's tostring() of them. */
export const onTexts =
  (compute: (...texts: [string, ...string[]]) => Value): ScalarFunction =>
  (call) => {
    const texts = call.inputs.map(textOf);
    const [first = () => '', ...others] = texts;
    if (others.length === 0) return evaluator(call.type, call.inputs, (row) => compute(first(row)));
    return evaluator(call.type, call.inputs, (row) => compute(first(row), ...others.map((text) => text(row))));
  };

/** A function of one value of any type, null included. */
export const onValue =
  (compute: (value: Value, type: string) => Value): ScalarFunction =>
  (call) => {
    const { of, type } = input(call, 0);
    return evaluator(call.type, call.inputs, (row) => compute(of(row), type));
  };
