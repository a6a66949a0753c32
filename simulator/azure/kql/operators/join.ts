import { QueryRefused, unsupported } from '../query-refused.ts';
import { listPart, parametersOf, part } from '../syntax-node.ts';
import type { SyntaxNode } from '../syntax-node.ts';
import { familyOf, keyOf, nullOf } from '../value.ts';
import type { Tuple, Value } from '../value.ts';
import { requireWidth, resourceTables, slotOf } from './relation.ts';
import type { Relation, TableOperator } from './relation.ts';

const kinds = ['innerunique', 'inner', 'leftouter'] as const;

type KeySlots = { readonly left: number; readonly right: number };

const sideOf = (operand: SyntaxNode): { readonly side: string; readonly column: string } => {
  if (operand.kind !== 'PathExpression') throw unsupported('A join condition other than $left.a == $right.b');
  return { side: part(operand, 'Expression').name, column: part(operand, 'Selector').name };
};

const keySlots = (condition: SyntaxNode, left: Relation, right: Relation): KeySlots => {
  if (condition.kind === 'NameReference')
    return { left: slotOf(left.columns, condition.name), right: slotOf(right.columns, condition.name) };
  if (condition.kind !== 'EqualExpression') throw unsupported('A join condition other than $left.a == $right.b');
  const sides = [sideOf(part(condition, 'Left')), sideOf(part(condition, 'Right'))];
  const columnOn = (wanted: string): string => {
    const found = sides.find(({ side }) => side === wanted);
    if (found === undefined) throw unsupported('A join condition other than $left.a == $right.b');
    return found.column;
  };
  return { left: slotOf(left.columns, columnOn('$left')), right: slotOf(right.columns, columnOn('$right')) };
};

const keysOf = (row: Tuple, slots: readonly number[]): Value | undefined => {
  const values = slots.map((slot) => row[slot] ?? null);
  return values.includes(null) ? undefined : keyOf(values);
};

const byKey = (rows: Iterable<Tuple>, slots: readonly number[]): Map<Value, Tuple[]> => {
  const found = new Map<Value, Tuple[]>();
  for (const row of rows) {
    const key = keysOf(row, slots);
    if (key === undefined) continue;
    const known = found.get(key);
    if (known === undefined) found.set(key, [row]);
    else known.push(row);
  }
  return found;
};

export const join: TableOperator = (operator, from, context) => {
  context.count('join');
  const kind = parametersOf(operator, ['kind']).get('kind') ?? 'innerunique';
  if (!kinds.some((known) => known === kind))
    throw new QueryRefused('UnsupportedJoinFlavor', `The join kind "${kind}" is not supported or not allowed.`);
  const right = context.table(part(operator, 'Expression'));
  const tables = [from.table, right.table];
  const isAcross = from.table !== right.table && !tables.every((table) => resourceTables.includes(table));
  if (isAcross) context.count('cross-table join');
  requireWidth(operator, from.columns.length + right.columns.length);
  const conditions = listPart(part(operator, 'ConditionClause'), 'Expressions');
  const slots = conditions.map((condition) => keySlots(condition, from, right));
  for (const slot of slots) {
    const families = [from.columns[slot.left], right.columns[slot.right]].map((column) => familyOf(column?.type ?? ''));
    if (families[0] !== families[1] || families[0] === 'dynamic') throw unsupported('A join of columns of these types');
  }
  const [leftSlots, rightSlots] = [slots.map((slot) => slot.left), slots.map((slot) => slot.right)];
  const nothing = right.columns.map(({ type }) => nullOf(type));

  const rows = (): Iterable<Tuple> => {
    const matches = byKey(right.rows(), rightSlots);
    const used = new Set<Value>();
    return Iterator.from(from.rows()).flatMap((row) => {
      const key = keysOf(row, leftSlots);
      const found = key === undefined ? undefined : matches.get(key);
      if (found === undefined || key === undefined) return kind === 'leftouter' ? [[...row, ...nothing]] : [];
      if (kind === 'innerunique' && used.has(key)) return [];
      used.add(key);
      return found.map((match) => [...row, ...match]);
    });
  };
  return { ...from, columns: operator.columns, limited: false, rows, counted: undefined };
};
