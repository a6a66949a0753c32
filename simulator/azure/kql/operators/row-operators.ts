import { isTruthy } from '../logic.ts';
import { listPart, parametersOf, part } from '../syntax-node.ts';
import type { Tuple } from '../value.ts';
import { nameExpressions, withoutName } from './named-expressions.ts';
import { compileFor, requireWidth, slotOf } from './relation.ts';
import type { TableOperator } from './relation.ts';

export const where: TableOperator = (operator, from, context) => {
  parametersOf(operator);
  const condition = compileFor(from, context)(part(operator, 'Condition'));
  return { ...from, rows: () => from.rows().filter((row) => isTruthy(condition.of(row))) };
};

export const project: TableOperator = (operator, from, context) => {
  const compile = compileFor(from, context);
  const values = listPart(operator, 'Expressions').map((node) => compile(withoutName(node)).of);
  requireWidth(operator, values.length);
  return { ...from, columns: operator.columns, rows: () => from.rows().map((row) => values.map((of) => of(row))) };
};

export const extend: TableOperator = (operator, from, context) => {
  const compile = compileFor(from, context);
  const named = nameExpressions(listPart(operator, 'Expressions'), from.columns, operator.columns);
  const values = operator.columns.map(({ name }) => {
    const replacement = named.findLast((each) => each.name === name);
    if (replacement !== undefined) return compile(replacement.expression).of;
    const slot = slotOf(from.columns, name);
    return (row: Tuple) => row[slot] ?? null;
  });
  return { ...from, columns: operator.columns, rows: () => from.rows().map((row) => values.map((of) => of(row))) };
};

/** project-away: the parser has already worked out which columns stay. */
export const projectAway: TableOperator = (operator, from) => {
  const slots = operator.columns.map(({ name }) => slotOf(from.columns, name));
  const rows = (): readonly Tuple[] => from.rows().map((row) => slots.map((slot) => row[slot] ?? null));
  return { ...from, columns: operator.columns, rows };
};

/** project-rename: every column stays in its place. */
export const projectRename: TableOperator = (operator, from) => {
  requireWidth(operator, from.columns.length);
  return { ...from, columns: operator.columns };
};
