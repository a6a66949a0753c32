import type { MembersRead } from './columns-read.ts';
import { listPart, optionalPart, part, withoutParentheses } from './syntax-node.ts';
import type { SyntaxNode } from './syntax-node.ts';

/** Rows that a query can want: a table need not make others. In lower case; undefined means all. */
export type RowWish = {
  readonly types?: ReadonlySet<string>;
  readonly names?: ReadonlySet<string>;
  readonly subscriptions?: ReadonlySet<string>;
  /** The columns that the query looks at, as they are spelled; a table may leave out the others, but no column of `placeColumns`. */
  readonly columns?: ReadonlySet<string>;
  /** The same for the members of `properties`. */
  readonly members?: MembersRead;
  /**
   * False if a row with these columns, and with these members of `properties`, cannot be wanted, whatever else it has. The columns above are those that
   * the query looks at apart from conditions on `placeColumns` alone, so whoever merges rows of several places asks this for each place.
   */
  readonly canBeWanted?: (known: Readonly<Record<string, unknown>>) => boolean;
  /** Rows in which the query sees no difference may come as one that says how many they are (see `timesOf`); their first ones stay in order. */
  readonly isCounted?: true;
};

/** The number of rows that a row stands for is kept under this name, beside its columns. */
const times = Symbol('times');

/** The row as one that stands for so many. */
export const standingFor = <Row extends object>(row: Row, count: number): Row => ({ ...row, [times]: count });

/** How many rows this one stands for: 1 unless it says so. */
export const timesOf = (row: object): number => (row as { readonly [times]?: number })[times] ?? 1;

/** Columns that many rows of a table have in common. */
export const placeColumns: ReadonlySet<string> = new Set(['type', 'subscriptionId', 'tenantId']);

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
