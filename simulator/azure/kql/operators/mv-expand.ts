import { castDynamic } from '../evaluator.ts';
import { QueryRefused, unsupported } from '../query-refused.ts';
import { listPart, optionalPart, parametersOf, part } from '../syntax-node.ts';
import { isArray, isBag, nullOf } from '../value.ts';
import type { Tuple, Value } from '../value.ts';
import { nameExpressions } from './named-expressions.ts';
import { compileFor, slotOf, wholeNumber } from './relation.ts';
import type { TableOperator } from './relation.ts';

const defaultRowLimit = 128;
const greatestRowLimit = 400;

/** An empty array gives no row, a null or a scalar gives one, a bag gives one single-property bag for each property. */
const elementsOf = (value: Value): readonly Value[] => {
  if (isArray(value)) return value;
  return isBag(value) ? Object.entries(value).map(([name, content]) => ({ [name]: content })) : [value];
};

/** Several columns expand side by side: the shorter ones end in nulls. */
export const mvExpand: TableOperator = (operator, from, context) => {
  context.count('mv-expand');
  const parameters = parametersOf(operator, ['kind', 'bagexpansion']);
  if ([...parameters.values()].some((mode) => mode !== 'bag')) throw unsupported('mv-expand kind=array');
  const compile = compileFor(from, context);
  const limitClause = optionalPart(operator, 'RowLimitClause');
  const limit = limitClause === undefined ? defaultRowLimit : wholeNumber(compile(part(limitClause, 'RowLimit')));
  if (limit > greatestRowLimit)
    throw new QueryRefused(
      'InvalidQuery',
      `The mv-expand limit ${limit} is greater than the allowed ${greatestRowLimit}`,
    );

  const expressions = listPart(operator, 'Expressions').map((node) => part(node, 'Expression'));
  const expanded = nameExpressions(expressions, from.columns, operator.columns).map(({ name, expression }) => {
    const { of, type } = compile(expression);
    if (type !== 'dynamic') throw unsupported(`mv-expand of ${type}`);
    return { of, slot: slotOf(operator.columns, name) };
  });
  const targets = operator.columns.map(({ name, type }, slot) => ({
    type,
    source: expanded.findIndex((each) => each.slot === slot),
    copied: from.columns.findIndex((column) => column.name === name),
  }));

  const expand = (row: Tuple): Tuple[] => {
    const elements = expanded.map(({ of }) => elementsOf(of(row)));
    const length = Math.min(limit, Math.max(...elements.map((each) => each.length)));
    return Array.from({ length }, (_, index) =>
      targets.map(({ type, source, copied }) => {
        if (source < 0) return row[copied] ?? null;
        const element = elements[source]?.[index];
        return element === undefined ? nullOf(type) : castDynamic(element, type);
      }),
    );
  };
  const rows = () => Iterator.from(from.rows()).flatMap(expand);
  return { ...from, columns: operator.columns, limited: false, rows, counted: undefined };
};
