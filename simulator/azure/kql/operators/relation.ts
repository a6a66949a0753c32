import type { Evaluator } from '../evaluator.ts';
import { compileExpression } from '../expression.ts';
import { unsupported } from '../query-refused.ts';
import type { Column, SyntaxNode } from '../syntax-node.ts';
import type { Tuple } from '../value.ts';

/** A compiled table: its columns, and its rows as tuples in the order of the columns. */
export type Relation = {
  readonly columns: readonly Column[];
  /** The lower-case name of the table it starts from. */
  readonly table: string;
  /** True when the query itself limits the number of its rows (take, limit or top at its end). */
  readonly limited: boolean;
  readonly rows: () => Iterable<Tuple>;
  /** The same rows, where those in which the query sees no difference may come as one; undefined where an operator needs each of them. */
  readonly counted?: (() => Iterable<Counted>) | undefined;
};

/** A row, and how many equal ones it stands for. */
export type Counted = { readonly tuple: Tuple; readonly times: number };

export type QueryContext = {
  readonly now: bigint;
  /** Compiles a table expression: a table name, a pipeline, a union, or one of them in parentheses. */
  readonly table: (node: SyntaxNode) => Relation;
  /** Counts an operator that may be used only so often in a query; refuses one too many. */
  readonly count: (operator: 'join' | 'cross-table join' | 'mv-expand') => void;
};

export type TableOperator = (operator: SyntaxNode, from: Relation, context: QueryContext) => Relation;

/** These two may be combined as if they were one table. */
export const resourceTables = ['resources', 'resourcecontainers'];

export const compileFor = (from: Relation, context: QueryContext): ((node: SyntaxNode) => Evaluator) => {
  const scope = { columns: from.columns, now: context.now };
  return (node) => compileExpression(node, scope);
};

/** Every row changed, one at a time. */
export function* mapped(rows: Iterable<Tuple>, change: (row: Tuple) => Tuple): Generator<Tuple> {
  for (const row of rows) yield change(row);
}

function* mappedCounted(rows: Iterable<Counted>, change: (row: Tuple) => Tuple): Generator<Counted> {
  for (const { tuple, times } of rows) yield { tuple: change(tuple), times };
}

/** A relation whose rows are those of another one, each changed by itself. */
export const changedRows = (
  { rows, counted, ...from }: Relation,
  columns: readonly Column[],
  change: (row: Tuple) => Tuple,
): Relation => ({
  ...from,
  columns,
  rows: () => mapped(rows(), change),
  counted: counted && (() => mappedCounted(counted(), change)),
});

export const slotOf = (columns: readonly Column[], name: string): number => {
  const slot = columns.findIndex((column) => column.name === name);
  if (slot < 0) throw unsupported(`The column '${name}' in this place`);
  return slot;
};

/** The parser and this simulator must agree on the columns of a result; otherwise the operator is used in an unsupported way. */
export const requireWidth = (operator: SyntaxNode, width: number): void => {
  if (operator.columns.length !== width) throw unsupported(`This form of ${operator.kind}`);
};

/** The whole number of a take, top or limit clause. */
export const wholeNumber = (count: Evaluator): number => {
  const value = count.constant ? count.of([]) : null;
  if (typeof value !== 'number' || value < 0) throw unsupported('A computed number of rows');
  return value;
};
