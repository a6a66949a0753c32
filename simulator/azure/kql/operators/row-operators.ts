import { isTruthy } from '../logic.ts';
import { narrowSource } from '../source-relation.ts';
import { unsupported } from '../query-refused.ts';
import { listPart, parametersOf, part } from '../syntax-node.ts';
import type { Tuple } from '../value.ts';
import { nameExpressions, withoutName } from './named-expressions.ts';
import { changedRows, compileFor, requireWidth, slotOf } from './relation.ts';
import type { TableOperator } from './relation.ts';

function* filtered<Row>(rows: Iterable<Row>, isWanted: (row: Row) => boolean): Generator<Row> {
  for (const row of rows) if (isWanted(row)) yield row;
}

export const where: TableOperator = (operator, from, context) => {
  parametersOf(operator);
  const node = part(operator, 'Condition');
  const narrowed = narrowSource(from, node, context);
  if (narrowed !== undefined) return narrowed;
  const condition = compileFor(from, context)(node);
  const isWanted = (row: Tuple): boolean => isTruthy(condition.of(row));
  const { rows, counted } = from;
  return {
    ...from,
    rows: () => filtered(rows(), isWanted),
    counted: counted && (() => filtered(counted(), ({ tuple }) => isWanted(tuple))),
  };
};

export const project: TableOperator = (operator, from, context) => {
  const compile = compileFor(from, context);
  const values = listPart(operator, 'Expressions').map((node) => compile(withoutName(node)).of);
  requireWidth(operator, values.length);
  return changedRows(from, operator.columns, (row) => values.map((of) => of(row)));
};

export const extend: TableOperator = (operator, from, context) => {
  const compile = compileFor(from, context);
  const named = nameExpressions(listPart(operator, 'Expressions'), from.columns, operator.columns);
  const slots = operator.columns.map(({ name }) => from.columns.findIndex((column) => column.name === name));
  const made = operator.columns.flatMap(({ name }, slot) => {
    const replacement = named.findLast((each) => each.name === name);
    if (replacement === undefined && slots[slot] === -1) throw unsupported(`The column '${name}' in this place`);
    return replacement === undefined ? [] : [{ slot, of: compile(replacement.expression).of }];
  });
  // Mostly the new columns follow on the others, which are then copied at once.
  const isAppended = from.columns.every((_, slot) => slots[slot] === slot);
  const change = (row: Tuple): Tuple => {
    const extended = isAppended ? row.slice() : slots.map((slot) => row[slot] ?? null);
    for (const { slot, of } of made) extended[slot] = of(row);
    return extended;
  };
  return changedRows(from, operator.columns, change);
};

/** project-away: the parser has already worked out which columns stay. */
export const projectAway: TableOperator = (operator, from) => {
  const slots = operator.columns.map(({ name }) => slotOf(from.columns, name));
  return changedRows(from, operator.columns, (row) => slots.map((slot) => row[slot] ?? null));
};

/** project-rename: every column stays in its place. */
export const projectRename: TableOperator = (operator, from) => {
  requireWidth(operator, from.columns.length);
  return { ...from, columns: operator.columns };
};
