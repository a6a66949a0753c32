import { QueryRefused, unsupported } from '../query-refused.ts';
import { listPart, parametersOf } from '../syntax-node.ts';
import type { Column, SyntaxNode } from '../syntax-node.ts';
import { nullOf } from '../value.ts';
import type { Tuple, Value } from '../value.ts';
import { mapped, resourceTables } from './relation.ts';
import type { QueryContext, Relation } from './relation.ts';

const mostLegs = 3;

const reshape = ({ columns, rows }: Relation, target: readonly Column[]): Iterable<Tuple> => {
  const sources = target.map(({ name, type }) => {
    const slot = columns.findIndex((column) => column.name === name);
    return (row: Tuple): Value => (slot < 0 ? nullOf(type) : (row[slot] ?? null));
  });
  return mapped(rows(), (row) => sources.map((of) => of(row)));
};

/** Combines the legs of a union; `first` is the table before the pipe, when there is one. */
export const union = (operator: SyntaxNode, first: Relation | undefined, context: QueryContext): Relation => {
  const kind = parametersOf(operator, ['kind']).get('kind') ?? 'outer';
  if (kind !== 'outer') throw unsupported(`The union kind "${kind}"`);
  const legs = [...(first === undefined ? [] : [first]), ...listPart(operator, 'Expressions').map(context.table)];
  const tables = new Set(legs.map(({ table }) => table));
  if (legs.length > mostLegs) throw new QueryRefused('InvalidQuery', `A union may have at most ${mostLegs} legs`);
  if (tables.size > 1 && ![...tables].every((table) => resourceTables.includes(table)))
    throw new QueryRefused('InvalidQuery', `A union of different tables (${[...tables].join(', ')}) is not allowed`);
  const { columns } = operator;
  for (const { name, type } of legs.flatMap((leg) => leg.columns)) {
    const target = columns.find((column) => column.name === name);
    if (target?.type !== type) throw unsupported(`A union where the column '${name}' has different types`);
  }
  return {
    columns,
    table: [...tables][0] ?? '',
    limited: false,
    rows: () => Iterator.from(legs).flatMap((leg) => reshape(leg, columns)),
  };
};
