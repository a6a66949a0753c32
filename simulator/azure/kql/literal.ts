import { constantOf } from './evaluator.ts';
import type { Evaluator } from './evaluator.ts';
import { parseScalar } from './parse-scalar.ts';
import { QueryRefused } from './query-refused.ts';
import { listPart, optionalPart, part } from './syntax-node.ts';
import type { SyntaxNode } from './syntax-node.ts';
import { familyOf, toDynamic } from './value.ts';
import type { Value } from './value.ts';

const scalarLiteral = (node: SyntaxNode): Value => {
  if (node.kind === 'CompoundStringLiteralExpression')
    return listPart(node, 'Tokens')
      .map((token) => token.value)
      .join('');
  const { value } = part(node, 'Token');
  if (familyOf(node.type) === 'text') return node.type === 'guid' ? value.toLowerCase() : value;
  if (value.toLowerCase() === 'null' || node.type === 'null') return null;
  const result = parseScalar(value, node.type);
  if (result === null) throw new QueryRefused('InvalidQuery', `Cannot read '${value}' as ${node.type}`);
  return result;
};

const jsonLiteral = (node: SyntaxNode): Value => {
  if (node.kind === 'JsonArrayExpression') return listPart(node, 'Values').map(jsonLiteral);
  if (node.kind === 'JsonObjectExpression')
    return Object.fromEntries(
      listPart(node, 'Pairs').map((pair) => [part(pair, 'Name').value, jsonLiteral(part(pair, 'Value'))]),
    );
  if (node.kind === 'UnaryMinusExpression') return -Number(jsonLiteral(part(node, 'Expression')));
  return toDynamic(scalarLiteral(node), node.type);
};

/** The literal as a constant, or undefined when the node is no literal. */
export const literal = (node: SyntaxNode): Evaluator | undefined => {
  if (node.kind === 'DynamicExpression') return constantOf('dynamic', jsonLiteral(part(node, 'Expression')));
  const isLiteral = node.kind.endsWith('LiteralExpression') && familyOf(node.type) !== 'other';
  return isLiteral && (optionalPart(node, 'Token') ?? optionalPart(node, 'Tokens'))
    ? constantOf(node.type, scalarLiteral(node))
    : undefined;
};
