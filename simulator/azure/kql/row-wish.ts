import { listPart, optionalPart, withoutParentheses } from './syntax-node.ts';
import type { SyntaxNode } from './syntax-node.ts';

/** Rows that a query can want: a table need not make those of other types or subscriptions. In lower case; undefined means all. */
export type RowWish = {
  readonly types?: ReadonlySet<string>;
  readonly subscriptions?: ReadonlySet<string>;
};

const conjunctsOf = (condition: SyntaxNode): readonly SyntaxNode[] => {
  const node = withoutParentheses(condition);
  if (node.kind !== 'AndExpression') return [node];
  const sides = [optionalPart(node, 'Left'), optionalPart(node, 'Right')];
  return sides.flatMap((side) => (side === undefined ? [] : conjunctsOf(side)));
};

const literalOf = (node: SyntaxNode | undefined): string | undefined =>
  node?.kind === 'StringLiteralExpression' ? optionalPart(node, 'Token')?.value : undefined;

const equalities = ['EqualExpression', 'EqualTildeExpression', 'InExpression', 'InCsExpression'];

/** The only values that a column may have, where the condition is `column == 'x'` or `column in ('x', …)`. */
const valuesOf = (node: SyntaxNode, column: string): ReadonlySet<string> | undefined => {
  const left = optionalPart(node, 'Left');
  const right = optionalPart(node, 'Right');
  if (!equalities.includes(node.kind) || left?.kind !== 'NameReference' || left.name !== column) return undefined;
  const operands = right?.kind === 'ExpressionList' ? listPart(right, 'Expressions') : [right];
  const values = operands.map(literalOf);
  return values.every((value) => value !== undefined) ? new Set(values.map((value) => value.toLowerCase())) : undefined;
};

const among = (conditions: readonly SyntaxNode[], column: string): ReadonlySet<string> | undefined =>
  conditions
    .flatMap(conjunctsOf)
    .map((node) => valuesOf(node, column))
    .filter((values) => values !== undefined)
    .reduce<ReadonlySet<string> | undefined>(
      (left, right) => (left === undefined ? right : new Set([...left].filter((value) => right.has(value)))),
      undefined,
    );

/** The wish of all conditions that follow directly on a table. */
export const wishOf = (conditions: readonly SyntaxNode[]): RowWish => {
  const [types, subscriptions] = [among(conditions, 'type'), among(conditions, 'subscriptionId')];
  return { ...(types !== undefined && { types }), ...(subscriptions !== undefined && { subscriptions }) };
};
