import { namedIn } from './columns-read.ts';
import type { ColumnsRead } from './columns-read.ts';
import type { Evaluator } from './evaluator.ts';
import { isTruthy } from './logic.ts';
import { compileFor } from './operators/relation.ts';
import type { Counted, QueryContext, Relation } from './operators/relation.ts';
import { placeColumns, timesOf, wishOf } from './row-wish.ts';
import type { RowWish } from './row-wish.ts';
import type { Column, SyntaxNode } from './syntax-node.ts';
import type { Tuple, Value } from './value.ts';

/** The columns of one row; a function is called only when a query looks at that column. */
export type Row = Readonly<Record<string, unknown>>;

export type Source = {
  readonly columns: readonly Column[];
  readonly rows: (wish: RowWish) => Iterable<Row>;
  /** The columns that the query reads, apart from those that only some of its nodes read. */
  readonly read: (leftOut: ReadonlySet<SyntaxNode>) => ColumnsRead;
};

/** A condition, the columns that it looks at, and those of them that it is the first to look at. */
type Filter = {
  readonly node: SyntaxNode;
  readonly condition: Evaluator;
  readonly looks: { readonly names: readonly string[]; readonly members: ColumnsRead['members'] };
  readonly slots: readonly number[];
};

const isMadeOnDemand = (cell: unknown): cell is () => unknown => typeof cell === 'function';

const stored = (cell: unknown, type: string): Value => {
  const value = isMadeOnDemand(cell) ? cell() : cell;
  if (type === 'dynamic') return (value ?? null) as Value;
  if (typeof value === 'string') return value;
  return value === null || value === undefined ? '' : JSON.stringify(value);
};

const namesOf = (value: unknown): readonly string[] =>
  typeof value === 'object' && value !== null ? Object.keys(value) : [];

/** True if the condition looks at nothing but these columns, and these members of `properties`. */
const looksOnlyAt = ({ looks: { names, members } }: Filter, known: Row): boolean => {
  if (!names.every((name) => Object.hasOwn(known, name))) return false;
  if (!names.includes('properties')) return true;
  const there = namesOf(known.properties);
  return members !== undefined && [...members.keys()].every((member) => there.includes(member));
};

/** Columns that nobody looks at stay null. */
function* countedOf(
  { columns, rows, ...source }: Source,
  filters: readonly Filter[],
  more: Pick<RowWish, 'isCounted'>,
): Generator<Counted> {
  const read = source.read(new Set());
  const early = new Set(filters.flatMap(({ slots }) => slots));
  const late = columns.flatMap(({ name }, slot) =>
    !early.has(slot) && read.columns?.has(name) !== false ? [slot] : [],
  );
  const blank = new Array<Value>(columns.length).fill(null);
  const fill = (tuple: Value[], row: Row, slots: Iterable<number>): void => {
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
  const canBeWanted = (known: Row): boolean => {
    const tuple = blank.slice();
    fill(tuple, known, columns.keys());
    return filters.every((filter) => !looksOnlyAt(filter, known) || isTruthy(filter.condition.of(tuple)));
  };
  const ofPlace = filters.filter(({ looks }) => looks.names.every((name) => placeColumns.has(name)));
  const { columns: looked } = source.read(new Set(ofPlace.map(({ node }) => node)));
  const wish: RowWish = {
    ...wishOf(filters.map(({ node }) => node)),
    ...(looked && { columns: new Set(columns.map(({ name }) => name).filter((name) => looked.has(name))) }),
    ...(read.members && { members: read.members }),
    canBeWanted,
    ...more,
  };
  for (const row of rows(wish)) {
    const tuple = blank.slice();
    if (!isWanted(tuple, row)) continue;
    fill(tuple, row, late);
    yield { tuple, times: timesOf(row) };
  }
}

function* tuplesOf(source: Source, filters: readonly Filter[]): Generator<Tuple> {
  for (const { tuple } of countedOf(source, filters, {})) yield tuple;
}

const sources = new WeakMap<Relation, { readonly source: Source; readonly filters: readonly Filter[] }>();

const relationOf = (table: string, source: Source, filters: readonly Filter[]): Relation => {
  const relation: Relation = {
    columns: source.columns,
    table,
    limited: false,
    rows: () => tuplesOf(source, filters),
    counted: () => countedOf(source, filters, { isCounted: true }),
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
  const named = namedIn([node]);
  const names = from.columns.map(({ name }) => name).filter((name) => named.columns?.has(name) !== false);
  const before = new Set(known.filters.flatMap(({ slots }) => slots));
  const slots = from.columns.flatMap(({ name }, slot) => (names.includes(name) && !before.has(slot) ? [slot] : []));
  const looks = { names, members: named.members };
  const filter: Filter = { node, condition: compileFor(from, context)(node), looks, slots };
  return relationOf(from.table, known.source, [...known.filters, filter]);
};
