import type { Evaluator } from '../evaluator.ts';
import { unsupported } from '../query-refused.ts';
import { listPart, optionalPart, parametersOf, part } from '../syntax-node.ts';
import type { SyntaxNode } from '../syntax-node.ts';
import { keyOf } from '../value.ts';
import type { Tuple, Value } from '../value.ts';
import { rowAggregate, singleAggregate, takeCountedRows } from './aggregates.ts';
import type { Accumulator, Aggregate } from './aggregates.ts';
import { withoutName } from './named-expressions.ts';
import { compileFor, requireWidth } from './relation.ts';
import type { Relation, TableOperator } from './relation.ts';

const rowFunctions = ['arg_max', 'arg_min', 'take_any', 'any'];

type Scope = {
  readonly compile: (node: SyntaxNode) => Evaluator;
  readonly from: Relation;
  /** Columns that the by clause already returns: `*` leaves them out. */
  readonly grouped: ReadonlySet<string>;
};

const expandStar = (node: SyntaxNode, { compile, from, grouped }: Scope, alreadyReturned: string): Evaluator[] => {
  if (node.kind !== 'StarExpression') return [compile(node)];
  return from.columns.flatMap(({ name, type }, slot): Evaluator[] =>
    grouped.has(name) || name === alreadyReturned ? [] : [{ type, of: (row) => row[slot] ?? null, constant: false }],
  );
};

const compileAggregate = (node: SyntaxNode, scope: Scope): Aggregate => {
  const call = withoutName(node);
  if (call.kind !== 'FunctionCallExpression') throw unsupported(`'${call.kind}' as an aggregate`);
  const { name } = part(call, 'Name');
  const inputs = listPart(part(call, 'ArgumentList'), 'Expressions');
  const [by, ...others] = inputs;
  if (by === undefined || !rowFunctions.includes(name) || (inputs.length === 1 && by.kind !== 'StarExpression'))
    return singleAggregate(name, inputs.map(scope.compile), call.type);
  if (!name.startsWith('arg_'))
    return rowAggregate(
      undefined,
      1,
      inputs.flatMap((input) => expandStar(input, scope, '')),
    );
  const key = scope.compile(by);
  const keyName = by.kind === 'NameReference' ? by.name : '';
  const values = others.flatMap((other) => expandStar(other, scope, keyName));
  return rowAggregate(key, name === 'arg_max' ? 1 : -1, [key, ...values]);
};

export const summarize: TableOperator = (operator, from, context) => {
  parametersOf(operator);
  const compile = compileFor(from, context);
  const byClause = optionalPart(operator, 'ByClause');
  const byNodes = byClause === undefined ? [] : listPart(byClause, 'Expressions').map(withoutName);
  const grouped = new Set(byNodes.filter((node) => node.kind === 'NameReference').map((node) => node.name));
  const keys = byNodes.map((node) => compile(node).of);
  const aggregates = listPart(operator, 'Aggregates').map((node) => compileAggregate(node, { compile, from, grouped }));
  requireWidth(operator, keys.length + aggregates.reduce((total, { width }) => total + width, 0));

  const names = listPart(operator, 'Aggregates').map((node) => part(withoutName(node), 'Name').name);
  const counted = names.every((name) => takeCountedRows.includes(name)) ? from.counted : undefined;
  const rows = (): readonly Tuple[] => {
    type Group = { readonly key: Tuple; readonly accumulators: readonly Accumulator[] };
    const groups = new Map<Value, Group>();
    const groupOf = (key: Tuple): Group => {
      const id = keyOf(key);
      const known = groups.get(id);
      if (known !== undefined) return known;
      const group = { key, accumulators: aggregates.map(({ start }) => start()) };
      groups.set(id, group);
      return group;
    };
    if (byClause === undefined) groupOf([]);
    const add = (row: Tuple, times: number): void => {
      const { accumulators } = groupOf(keys.map((of) => of(row)));
      for (const accumulator of accumulators) accumulator.add(row, times);
    };
    if (counted === undefined) for (const row of from.rows()) add(row, 1);
    else for (const { tuple, times } of counted()) add(tuple, times);
    return [...groups.values()].map(({ key, accumulators }) => [
      ...key,
      ...accumulators.flatMap((accumulator) => accumulator.results()),
    ]);
  };
  return { ...from, columns: operator.columns, limited: false, rows, counted: undefined };
};
