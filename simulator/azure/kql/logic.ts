import { evaluator } from './evaluator.ts';
import type { Evaluator } from './evaluator.ts';
import type { Value } from './value.ts';

/** Where a yes is needed, null counts as no. */
export const isTruthy = (value: Value): boolean => value === true;

/** Three-valued: false and null is false, true and null is null. */
export const and = (left: Evaluator, right: Evaluator): Evaluator =>
  evaluator('bool', [left, right], (row) => {
    const first = left.of(row);
    if (first === false) return false;
    const second = right.of(row);
    if (second === false) return false;
    return first === null || second === null ? null : true;
  });

/** Three-valued: true or null is true, false or null is null. */
export const or = (left: Evaluator, right: Evaluator): Evaluator =>
  evaluator('bool', [left, right], (row) => {
    const first = left.of(row);
    if (first === true) return true;
    const second = right.of(row);
    if (second === true) return true;
    return first === null || second === null ? null : false;
  });
