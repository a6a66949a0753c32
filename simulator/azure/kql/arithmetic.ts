import { evaluator, numberOf, ticksOf } from './evaluator.ts';
import type { Evaluator } from './evaluator.ts';
import { unsupported } from './query-refused.ts';
import { familyOf } from './value.ts';
import type { Value } from './value.ts';

type Numbers = (left: number, right: number) => number | null;
type Ticks = (left: bigint, right: bigint) => Value;

const numeric: Readonly<Record<string, Numbers>> = {
  AddExpression: (left, right) => left + right,
  SubtractExpression: (left, right) => left - right,
  MultiplyExpression: (left, right) => left * right,
  DivideExpression: (left, right) => left / right,
  ModuloExpression: (left, right) => ((left % right) + Math.abs(right)) % Math.abs(right),
};

const temporal: Readonly<Record<string, Ticks>> = {
  AddExpression: (left, right) => left + right,
  SubtractExpression: (left, right) => left - right,
  DivideExpression: (left, right) => (right === 0n ? null : Number(left) / Number(right)),
};

const isWhole = (type: string): boolean => type === 'long' || type === 'int';

const onNumbers = (kind: string, type: string, left: Evaluator, right: Evaluator): Evaluator => {
  const compute = numeric[kind];
  if (compute === undefined) throw unsupported(kind);
  const [leftNumber, rightNumber] = [numberOf(left), numberOf(right)];
  return evaluator(type, [left, right], (row) => {
    const [a, b] = [leftNumber(row), rightNumber(row)];
    if (a === null || b === null) return null;
    if (!isWhole(type)) return compute(a, b);
    const isDivision = kind === 'DivideExpression' || kind === 'ModuloExpression';
    const result = isDivision && b === 0 ? null : compute(a, b);
    return result === null ? null : Math.trunc(result) + 0;
  });
};

const onTicks = (kind: string, type: string, left: Evaluator, right: Evaluator): Evaluator => {
  const compute = temporal[kind];
  if (compute === undefined) throw unsupported(kind);
  const [leftTicks, rightTicks] = [ticksOf(left), ticksOf(right)];
  return evaluator(type, [left, right], (row) => {
    const [a, b] = [leftTicks(row), rightTicks(row)];
    return a === null || b === null ? null : compute(a, b);
  });
};

const scaled = (kind: string, timespan: Evaluator, factor: Evaluator): Evaluator => {
  const [ticks, number] = [ticksOf(timespan), numberOf(factor)];
  return evaluator('timespan', [timespan, factor], (row) => {
    const [span, by] = [ticks(row), number(row)];
    if (span === null || by === null || (kind === 'DivideExpression' && by === 0)) return null;
    return BigInt(Math.round(kind === 'MultiplyExpression' ? Number(span) * by : Number(span) / by));
  });
};

const isTemporal = (input: Evaluator): boolean => ['instant', 'timespan'].includes(familyOf(input.type));
const isNumber = (input: Evaluator): boolean => familyOf(input.type) === 'number';

export const isArithmetic = (kind: string): boolean => Object.hasOwn(numeric, kind);

export const arithmetic = (kind: string, type: string, left: Evaluator, right: Evaluator): Evaluator => {
  if (isNumber(left) && isNumber(right)) return onNumbers(kind, type, left, right);
  if (isTemporal(left) && isTemporal(right)) return onTicks(kind, type, left, right);
  const scales = kind === 'MultiplyExpression' || kind === 'DivideExpression';
  if (scales && left.type === 'timespan' && isNumber(right)) return scaled(kind, left, right);
  if (kind === 'MultiplyExpression' && isNumber(left) && right.type === 'timespan') return scaled(kind, right, left);
  throw unsupported(`${kind} of ${left.type} and ${right.type} (convert with toint, todouble or todatetime)`);
};

export const negative = (input: Evaluator): Evaluator => {
  const { of, type } = input;
  if (type === 'dynamic') throw unsupported('The minus sign before a dynamic value');
  return evaluator(type, [input], (row) => {
    const value = of(row);
    return typeof value === 'number' || typeof value === 'bigint' ? -value : null;
  });
};
