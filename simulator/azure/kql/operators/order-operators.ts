import { listPart, optionalPart, parametersOf, part } from '../syntax-node.ts';
import type { SyntaxNode } from '../syntax-node.ts';
import { compareValues, keyOf } from '../value.ts';
import type { Tuple, Value } from '../value.ts';
import { compileFor, requireWidth, wholeNumber } from './relation.ts';
import type { QueryContext, Relation, TableOperator } from './relation.ts';

type SortKey = {
  readonly of: (row: Tuple) => Value;
  readonly direction: 1 | -1;
  /** Where nulls are sorted: before values (-1) or after them (1). */
  readonly nulls: 1 | -1;
};

const sortKey = (node: SyntaxNode, from: Relation, context: QueryContext): SortKey => {
  const ordering = node.kind === 'OrderedExpression' ? optionalPart(node, 'Ordering') : undefined;
  const expression = node.kind === 'OrderedExpression' ? part(node, 'Expression') : node;
  const isAscending = ordering !== undefined && optionalPart(ordering, 'AscOrDescKeyword')?.value === 'asc';
  const nullsClause = ordering === undefined ? undefined : optionalPart(ordering, 'NullsClause');
  const nulls = nullsClause === undefined ? undefined : part(nullsClause, 'FirstOrLastKeyword').value;
  const nullsFirst = nulls === undefined ? isAscending : nulls === 'first';
  return { of: compileFor(from, context)(expression).of, direction: isAscending ? 1 : -1, nulls: nullsFirst ? -1 : 1 };
};

const compareBy = ({ direction, nulls }: SortKey, left: Value, right: Value): number => {
  if (left === null || right === null) return left === right ? 0 : left === null ? nulls : -nulls;
  return direction * compareValues(left, right);
};

const sorted = (rows: Iterable<Tuple>, keys: readonly SortKey[]): readonly Tuple[] =>
  Array.from(rows, (row) => ({ row, values: keys.map((key) => key.of(row)) }))
    .sort((left, right) => {
      for (const [position, key] of keys.entries()) {
        const order = compareBy(key, left.values[position] ?? null, right.values[position] ?? null);
        if (order !== 0) return order;
      }
      return 0;
    })
    .map(({ row }) => row);

export const orderBy: TableOperator = (operator, from, context) => {
  parametersOf(operator);
  const keys = listPart(operator, 'Expressions').map((node) => sortKey(node, from, context));
  return { ...from, rows: () => sorted(from.rows(), keys), counted: undefined };
};

export const top: TableOperator = (operator, from, context) => {
  parametersOf(operator);
  const count = wholeNumber(compileFor(from, context)(part(operator, 'Expression')));
  const key = sortKey(part(operator, 'ByExpression'), from, context);
  return { ...from, limited: true, rows: () => sorted(from.rows(), [key]).slice(0, count), counted: undefined };
};

export const take: TableOperator = (operator, from, context) => {
  parametersOf(operator);
  const count = wholeNumber(compileFor(from, context)(part(operator, 'Expression')));
  return { ...from, limited: true, rows: () => Iterator.from(from.rows()).take(count), counted: undefined };
};

export const count: TableOperator = (operator, from) => {
  requireWidth(operator, 1);
  return {
    ...from,
    columns: operator.columns,
    limited: false,
    rows: () => [[Iterator.from(from.rows()).reduce((total) => total + 1, 0)]],
    counted: undefined,
  };
};

export const distinct: TableOperator = (operator, from, context) => {
  parametersOf(operator);
  const nodes = listPart(operator, 'Expressions');
  const compile = compileFor(from, context);
  const isStar = nodes.length === 1 && nodes[0]?.kind === 'StarExpression';
  const values = isStar
    ? from.columns.map((_, slot) => (row: Tuple) => row[slot] ?? null)
    : nodes.map((node) => compile(node).of);
  requireWidth(operator, values.length);
  const rows = (): readonly Tuple[] => {
    const found = new Map<Value, Tuple>();
    for (const row of from.rows()) {
      const tuple = values.map((of) => of(row));
      const key = keyOf(tuple);
      if (!found.has(key)) found.set(key, tuple);
    }
    return [...found.values()];
  };
  return { ...from, columns: operator.columns, limited: false, rows, counted: undefined };
};
