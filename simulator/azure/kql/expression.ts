import { arithmetic, isArithmetic, negative } from './arithmetic.ts';
import { between, equality, isOrdering, membership, ordering } from './comparison.ts';
import { evaluator, member } from './evaluator.ts';
import type { Evaluator } from './evaluator.ts';
import { choiceFunctions } from './functions/choice-functions.ts';
import { conversionFunctions } from './functions/conversion-functions.ts';
import { dynamicFunctions } from './functions/dynamic-functions.ts';
import type { FunctionTable } from './functions/scalar-function.ts';
import { textFunctions } from './functions/text-functions.ts';
import { timeFunctions } from './functions/time-functions.ts';
import { literal } from './literal.ts';
import { and, or } from './logic.ts';
import { unsupported } from './query-refused.ts';
import { listPart, part } from './syntax-node.ts';
import type { Column, SyntaxNode } from './syntax-node.ts';
import { isTextOperator, textOperator } from './text-operators.ts';

/** The names available to a scalar expression: the columns of its row, and the time. */
export type Scope = { readonly columns: readonly Column[]; readonly now: bigint };

const functions: FunctionTable = {
  ...textFunctions,
  ...conversionFunctions,
  ...dynamicFunctions,
  ...timeFunctions,
  ...choiceFunctions,
};

const column = (node: SyntaxNode, scope: Scope): Evaluator => {
  const slot = scope.columns.findIndex(({ name }) => name === node.name);
  const found = scope.columns[slot];
  if (found === undefined) throw unsupported(`The name '${node.name}' in this place`);
  return { type: found.type, of: (row) => row[slot] ?? null, constant: false };
};

const path = (node: SyntaxNode, scope: Scope): Evaluator => {
  const owner = compileExpression(part(node, 'Expression'), scope);
  if (owner.type !== 'dynamic') throw unsupported(`A path into a ${owner.type}`);
  const selector = part(node, 'Selector');
  const { of } = owner;
  if (selector.kind === 'NameReference') return evaluator('dynamic', [owner], (row) => member(of(row), selector.name));
  if (selector.kind !== 'BracketedExpression') throw unsupported(selector.kind);
  const key = compileExpression(part(selector, 'Expression'), scope);
  return evaluator('dynamic', [owner, key], (row) => member(of(row), key.of(row)));
};

const functionCall = (node: SyntaxNode, scope: Scope): Evaluator => {
  const { name } = part(node, 'Name');
  const compute = Object.hasOwn(functions, name) ? functions[name] : undefined;
  if (compute === undefined) throw unsupported(`Function '${name}'`);
  const inputs = listPart(part(node, 'ArgumentList'), 'Expressions').map((argument) =>
    argument.kind === 'TypeOfLiteralExpression'
      ? { type: 'type', of: () => null, constant: true }
      : compileExpression(argument, scope),
  );
  return compute({ inputs, type: node.type, now: scope.now });
};

const inList = (node: SyntaxNode, scope: Scope): Evaluator => {
  const items = listPart(part(node, 'Right'), 'Expressions');
  if (items.some((item) => item.columns.length > 0)) throw unsupported('A subquery inside in()');
  const list = items.map((item) => compileExpression(item, scope));
  const how = { wanted: !node.kind.startsWith('Not'), ignoreCase: node.kind.endsWith('CsExpression') };
  return membership(compileExpression(part(node, 'Left'), scope), list, how);
};

const betweenCouple = (node: SyntaxNode, scope: Scope): Evaluator => {
  const couple = part(node, 'Right');
  const [value, first, second] = [part(node, 'Left'), part(couple, 'First'), part(couple, 'Second')].map((each) =>
    compileExpression(each, scope),
  );
  if (value === undefined || first === undefined || second === undefined) throw unsupported(node.kind);
  const isSpan = first.type === 'datetime' && second.type === 'timespan';
  const last = isSpan ? arithmetic('AddExpression', 'datetime', first, second) : second;
  return between(value, first, last, node.kind === 'BetweenExpression');
};

const binary = (node: SyntaxNode, scope: Scope): Evaluator => {
  const [left, right] = [compileExpression(part(node, 'Left'), scope), compileExpression(part(node, 'Right'), scope)];
  const { kind } = node;
  if (kind === 'AndExpression') return and(left, right);
  if (kind === 'OrExpression') return or(left, right);
  if (kind === 'EqualExpression' || kind === 'NotEqualExpression')
    return equality(left, right, kind === 'EqualExpression');
  if (isOrdering(kind)) return ordering(kind, left, right);
  if (isTextOperator(kind)) return textOperator(kind, left, right);
  if (isArithmetic(kind)) return arithmetic(kind, node.type, left, right);
  throw unsupported(`Operator '${kind.replace(/Expression$/, '')}'`);
};

/** Compiles a scalar expression once, to be evaluated for many rows. Throws QueryRefused for what is not supported. */
export const compileExpression = (node: SyntaxNode, scope: Scope): Evaluator => {
  const constant = literal(node);
  if (constant !== undefined) return constant;
  switch (node.kind) {
    case 'NameReference':
      return column(node, scope);
    case 'PathExpression':
    case 'ElementExpression':
      return path(node, scope);
    case 'ParenthesizedExpression':
      return compileExpression(part(node, 'Expression'), scope);
    case 'FunctionCallExpression':
      return functionCall(node, scope);
    case 'InExpression':
    case 'InCsExpression':
    case 'NotInExpression':
    case 'NotInCsExpression':
      return inList(node, scope);
    case 'BetweenExpression':
    case 'NotBetweenExpression':
      return betweenCouple(node, scope);
    case 'UnaryMinusExpression':
      return negative(compileExpression(part(node, 'Expression'), scope));
    case 'UnaryPlusExpression':
      return compileExpression(part(node, 'Expression'), scope);
    default:
      if (node.parts.has('Left') && node.parts.has('Right')) return binary(node, scope);
      throw unsupported(`Expression '${node.kind}'`);
  }
};
