import { unsupported } from './query-refused.ts';

export type Column = { readonly name: string; readonly type: string };

/** One node of a parsed and type-checked query, free of the parser's own objects. */
export type SyntaxNode = {
  readonly kind: string;
  /** The identifier of a name reference, name declaration or named parameter; else ''. */
  readonly name: string;
  /** A token's literal value without quotes and escapes; else ''. */
  readonly value: string;
  /** The scalar type the parser inferred ('string', 'long', ...); '' for tables and syntax without a value. */
  readonly type: string;
  /** The result columns, for nodes that are tables or table operators. */
  readonly columns: readonly Column[];
  readonly parts: ReadonlyMap<string, SyntaxNode>;
  /** The elements of a list, without its separators. */
  readonly items: readonly SyntaxNode[];
};

export const optionalPart = (node: SyntaxNode, name: string): SyntaxNode | undefined => node.parts.get(name);

export const part = (node: SyntaxNode, name: string): SyntaxNode => {
  const found = node.parts.get(name);
  if (found === undefined) throw unsupported(`${node.kind} without ${name}`);
  return found;
};

export const listPart = (node: SyntaxNode, name: string): readonly SyntaxNode[] => node.parts.get(name)?.items ?? [];

export const withoutParentheses = (node: SyntaxNode): SyntaxNode =>
  node.kind === 'ParenthesizedExpression' ? withoutParentheses(part(node, 'Expression')) : node;

/** The `name=value` parameters of an operator; refuses any that is not in `known`. */
export const parametersOf = (operator: SyntaxNode, known: readonly string[] = []): ReadonlyMap<string, string> => {
  const entries = listPart(operator, 'Parameters').map((parameter): [string, string] => {
    const { name } = part(parameter, 'Name');
    if (!known.includes(name)) throw unsupported(`Parameter '${name}' of ${operator.kind}`);
    return [name, optionalPart(part(parameter, 'Expression'), 'Token')?.value ?? ''];
  });
  return new Map(entries);
};
