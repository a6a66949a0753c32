import { join } from './operators/join.ts';
import { mvExpand } from './operators/mv-expand.ts';
import { count, distinct, orderBy, take, top } from './operators/order-operators.ts';
import type { QueryContext, Relation, TableOperator } from './operators/relation.ts';
import { extend, project, projectAway, projectRename, where } from './operators/row-operators.ts';
import { summarize } from './operators/summarize.ts';
import { union } from './operators/union.ts';
import { QueryRefused, unsupported } from './query-refused.ts';
import { part, withoutParentheses } from './syntax-node.ts';
import type { SyntaxNode } from './syntax-node.ts';

const operators: Readonly<Record<string, TableOperator>> = {
  FilterOperator: where,
  ProjectOperator: project,
  ProjectAwayOperator: projectAway,
  ProjectRenameOperator: projectRename,
  ExtendOperator: extend,
  SummarizeOperator: summarize,
  SortOperator: orderBy,
  TakeOperator: take,
  TopOperator: top,
  CountOperator: count,
  DistinctOperator: distinct,
  MvExpandOperator: mvExpand,
  JoinOperator: join,
  UnionOperator: union,
};

/** How often a query may use them; joins of resources with resourcecontainers do not count as joins across tables. */
const most = { join: 3, 'cross-table join': 1, 'mv-expand': 3 };

const operatorName = (kind: string): string =>
  kind
    .replace(/Operator$/, '')
    .replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => `-${letter}`)
    .toLowerCase();

/** Compiles one query; `source` gives the tables by their name in lower case. */
export const compileQuery = (statement: SyntaxNode, source: (table: string) => Relation, now: bigint): Relation => {
  const used = { join: 0, 'cross-table join': 0, 'mv-expand': 0 };
  const context: QueryContext = {
    now,
    count: (operator) => {
      used[operator] += 1;
      if (used[operator] > most[operator])
        throw new QueryRefused('InvalidQuery', `A query may use ${operator} at most ${most[operator]} times`);
    },
    table: (expression) => {
      const node = withoutParentheses(expression);
      if (node.kind === 'NameReference') return source(node.name.toLowerCase());
      if (node.kind === 'UnionOperator') return union(node, undefined, context);
      if (node.kind !== 'PipeExpression') throw unsupported(`'${node.kind}' as a table`);
      const operator = part(node, 'Operator');
      const compile = operators[operator.kind];
      if (compile === undefined) throw unsupported(`Operator '${operatorName(operator.kind)}'`);
      return compile(operator, context.table(part(node, 'Expression')), context);
    },
  };
  if (statement.kind !== 'ExpressionStatement') throw unsupported(`Statement '${statement.kind}'`);
  return context.table(part(statement, 'Expression'));
};
