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

export type Source = { readonly columns: readonly Column[]; readonly rows: (wish: RowWish) => Iterable<Row> };

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

function* tuplesOf({ columns, rows }: Source, filters: readonly Filter[]): Generator<Tuple> {
  const all = columns.map((_, slot) => slot);
  for (const row of rows(wishOf(filters.map(({ node }) => node)))) {
    const tuple = new Array<Value | undefined>(columns.length).fill(undefined);
    const read = (slots: readonly number[]): Tuple => {
      for (const slot of slots) {
        const column = columns[slot];
        if (column !== undefined && tuple[slot] === undefined) tuple[slot] = stored(row[column.name], column.type);
      }
      return tuple as Tuple;
    };
    if (filters.every(({ slots, condition }) => isTruthy(condition.of(read(slots))))) yield read(all);
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
  const slots = from.columns.flatMap(({ name }, slot) => (named.has(name) ? [slot] : []));
  const filter: Filter = { node, condition: compileFor(from, context)(node), slots };
  return relationOf(from.table, known.source, [...known.filters, filter]);
};
