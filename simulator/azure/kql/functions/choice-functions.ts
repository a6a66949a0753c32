import { convert, evaluator } from '../evaluator.ts';
import { isTruthy } from '../logic.ts';
import type { Value } from '../value.ts';
import { input, onValue } from './scalar-function.ts';
import type { FunctionTable, ScalarFunction } from './scalar-function.ts';

const isEmpty = (value: Value): boolean => value === null || value === '';

const choose: ScalarFunction = (call) => {
  const { inputs, type } = call;
  const conditions = inputs.slice(0, -1).filter((_, position) => position % 2 === 0);
  const results = inputs.slice(0, -1).filter((_, position) => position % 2 === 1);
  const otherwise = convert(input(call, inputs.length - 1), type);
  const branches = conditions.map((condition, position) => ({
    holds: condition.of,
    result: convert(results[position] ?? condition, type),
  }));
  return evaluator(type, inputs, (row) => {
    for (const { holds, result } of branches) if (isTruthy(holds(row))) return result(row);
    return otherwise(row);
  });
};

/** The first value that is not null; for strings the first that is not empty. */
const coalesce: ScalarFunction = ({ inputs, type }) => {
  const candidates = inputs.map((candidate) => convert(candidate, type));
  const isMissing = type === 'string' ? isEmpty : (value: Value): boolean => value === null;
  return evaluator(type, inputs, (row) => {
    let value: Value = null;
    for (const candidate of candidates) {
      value = candidate(row);
      if (!isMissing(value)) break;
    }
    return value;
  });
};

export const choiceFunctions: FunctionTable = {
  iff: choose,
  iif: choose,
  case: choose,
  coalesce,
  isempty: onValue(isEmpty),
  isnotempty: onValue((value) => !isEmpty(value)),
  notempty: onValue((value) => !isEmpty(value)),
  isnull: onValue((value) => value === null),
  isnotnull: onValue((value) => value !== null),
  notnull: onValue((value) => value !== null),
  not: onValue((value) => (value === null ? null : value === false)),
};
