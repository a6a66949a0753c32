import { listPart, optionalPart, part, withoutParentheses } from './syntax-node.ts';
import type { SyntaxNode } from './syntax-node.ts';

/** Rows that a query can want: a table need not make others. In lower case; undefined means all. */
export type RowWish = {
  readonly types?: ReadonlySet<string>;
  readonly names?: ReadonlySet<string>;
  readonly subscriptions?: ReadonlySet<string>;
  /** The members of `properties` that the query looks at, as they are spelled; a table may leave out the others. */
  readonly members?: ReadonlySet<string>;
};

type Values = ReadonlySet<string> | undefined;

const literalOf = (node: SyntaxNode | undefined): string | undefined =>
  node?.kind === 'StringLiteralExpression' ? optionalPart(node, 'Token')?.value : undefined;

const equalities = ['EqualExpression', 'EqualTildeExpression', 'InExpression', 'InCsExpression'];

/** The only values that a column may have, where the condition is `column == 'x'` or `column in ('x', …)`. */
const valuesOf = (node: SyntaxNode, column: string): Values => {
  const left = optionalPart(node, 'Left');
  const right = optionalPart(node, 'Right');
  if (!equalities.includes(node.kind) || left?.kind !== 'NameReference' || left.name !== column) return undefined;
  const operands = right?.kind === 'ExpressionList' ? listPart(right, 'Expressions') : [right];
  const values = operands.map(literalOf);
  return values.every((value) => value !== undefined) ? new Set(values.map((value) => value.toLowerCase())) : undefined;
};

/** The values that both sets allow; an undefined set allows everything. */
const both = (left: Values, right: Values): Values =>
  left === undefined || right === undefined ? (left ?? right) : new Set([...left].filter((value) => right.has(value)));

/** The values that at least one of the sets allows. */
const either = (left: Values, right: Values): Values =>
  left === undefined || right === undefined ? undefined : new Set([...left, ...right]);

/** The only values that a column may have where the condition holds. */
const among = (condition: SyntaxNode, column: string): Values => {
  const node = withoutParentheses(condition);
  if (node.kind !== 'AndExpression' && node.kind !== 'OrExpression') return valuesOf(node, column);
  const [left, right] = [part(node, 'Left'), part(node, 'Right')].map((side) => among(side, column));
  return node.kind === 'AndExpression' ? both(left, right) : either(left, right);
};

/** The wish of all conditions that follow directly on a table. */
export const wishOf = (conditions: readonly SyntaxNode[]): RowWish => {
  const [types, names, subscriptions] = ['type', 'name', 'subscriptionId'].map((column) =>
    conditions.map((condition) => among(condition, column)).reduce(both, undefined),
  );
  return {
    ...(types !== undefined && { types }),
    ...(names !== undefined && { names }),
    ...(subscriptions !== undefined && { subscriptions }),
  };
};
