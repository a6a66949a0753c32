import type { ColumnsRead } from './columns-read.ts';
import type { Evaluator } from './evaluator.ts';
import { isTruthy } from './logic.ts';
import { compileFor } from './operators/relation.ts';
import type { QueryContext, Relation } from './operators/relation.ts';
import { wishOf } from './row-wish.ts';
import type { RowWish } from './row-wish.ts';
import type { Column, SyntaxNode } from './syntax-node.ts';
import type { Tuple, Value } from './value.ts';

/** The columns of one row; a function is called only when a query looks at that column. */
export type Row = Readonly<Record<string, unknown>>;

export type Source = {
  readonly columns: readonly Column[];
  readonly rows: (wish: RowWish) => Iterable<Row>;
  readonly read: () => ColumnsRead;
};

/** A condition, and the columns that it is the first to look at. */
type Filter = { readonly node: SyntaxNode; readonly condition: Evaluator; readonly slots: readonly number[] };

const isMadeOnDemand = (cell: unknown): cell is () => unknown => typeof cell === 'function';

const stored = (cell: unknown, type: string): Value => {
  const value = isMadeOnDemand(cell) ? cell() : cell;
  if (type === 'dynamic') return (value ?? null) as Value;
  if (typeof value === 'string') return value;
  return value === null || value === undefined ? '' : JSON.stringify(value);
};

const namesIn = (node: SyntaxNode): readonly string[] => [
  ...(node.kind === 'NameReference' ? [node.name] : []),
  ...[...node.parts.values(), ...node.items].flatMap(namesIn),
];

/** Columns that nobody looks at stay null. */
function* tuplesOf({ columns, rows, ...source }: Source, filters: readonly Filter[]): Generator<Tuple> {
  const read = source.read();
  const early = new Set(filters.flatMap(({ slots }) => slots));
  const late = columns.flatMap(({ name }, slot) =>
    !early.has(slot) && read.columns?.has(name) !== false ? [slot] : [],
  );
  const wish = { ...wishOf(filters.map(({ node }) => node)), ...(read.members && { members: read.members }) };
  const fill = (tuple: Value[], row: Row, slots: readonly number[]): void => {
    for (const slot of slots) {
      const column = columns[slot];
      if (column !== undefined) tuple[slot] = stored(row[column.name], column.type);
    }
  };
  const isWanted = (tuple: Value[], row: Row): boolean => {
    for (const { slots, condition } of filters) {
      fill(tuple, row, slots);
      if (!isTruthy(condition.of(tuple))) return false;
    }
    return true;
  };
  for (const row of rows(wish)) {
    const tuple = new Array<Value>(columns.length).fill(null);
    if (!isWanted(tuple, row)) continue;
    fill(tuple, row, late);
    yield tuple;
  }
}

const sources = new WeakMap<Relation, { readonly source: Source; readonly filters: readonly Filter[] }>();

const relationOf = (table: string, source: Source, filters: readonly Filter[]): Relation => {
  const relation: Relation = {
    columns: source.columns,
    table,
    limited: false,
    rows: () => tuplesOf(source, filters),
  };
  sources.set(relation, { source, filters });
  return relation;
};

/** A table as it is. */
export const sourceRelation = (table: string, source: Source): Relation => relationOf(table, source, []);

/**
 * A table with one more condition, which is tested on the columns that it names before the rest of a row is read; undefined for a relation
 * that is no longer a table.
 */
export const narrowSource = (from: Relation, node: SyntaxNode, context: QueryContext): Relation | undefined => {
  const known = sources.get(from);
  if (known === undefined) return undefined;
  const named = new Set(namesIn(node));
  const before = new Set(known.filters.flatMap(({ slots }) => slots));
  const slots = from.columns.flatMap(({ name }, slot) => (named.has(name) && !before.has(slot) ? [slot] : []));
  const filter: Filter = { node, condition: compileFor(from, context)(node), slots };
  return relationOf(from.table, known.source, [...known.filters, filter]);
};
