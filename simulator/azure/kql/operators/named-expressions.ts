import { unsupported } from '../query-refused.ts';
import { part } from '../syntax-node.ts';
import type { Column, SyntaxNode } from '../syntax-node.ts';

export type NamedExpression = { readonly name: string; readonly expression: SyntaxNode };

const explicitName = (node: SyntaxNode): string | undefined => {
  if (node.kind === 'SimpleNamedExpression') return part(node, 'Name').name;
  return node.kind === 'NameReference' ? node.name : undefined;
};

export const withoutName = (node: SyntaxNode): SyntaxNode =>
  node.kind === 'SimpleNamedExpression' ? part(node, 'Expression') : node;

/** Which column each expression of an extend or mv-expand writes; the parser's own names go to those that carry none. */
export const nameExpressions = (
  nodes: readonly SyntaxNode[],
  before: readonly Column[],
  after: readonly Column[],
): NamedExpression[] => {
  const taken = new Set([...before.map(({ name }) => name), ...nodes.map(explicitName)]);
  const fresh = after.map(({ name }) => name).filter((name) => !taken.has(name));
  const nameless = nodes.filter((node) => explicitName(node) === undefined);
  if (fresh.length !== nameless.length) throw unsupported('An expression without a name of its own in this place');
  return nodes.map((node) => ({
    name: explicitName(node) ?? fresh[nameless.indexOf(node)] ?? '',
    expression: withoutName(node),
  }));
};
