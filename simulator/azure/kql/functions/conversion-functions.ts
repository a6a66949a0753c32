import { evaluator } from '../evaluator.ts';
import { unsupported } from '../query-refused.ts';
import { parseScalar } from '../parse-scalar.ts';
import { parseInstant } from '../ticks.ts';
import { familyOf, toText } from '../value.ts';
import type { Value } from '../value.ts';
import { input, onTexts } from './scalar-function.ts';
import type { FunctionTable, ScalarFunction } from './scalar-function.ts';

const toNumber = (value: Value, type: string): Value => {
  if (typeof value === 'number') return type === 'int' || type === 'long' ? Math.trunc(value) : value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  return typeof value === 'string' ? parseScalar(value, type) : null;
};

const toBoolean = (value: Value): Value => {
  if (typeof value === 'number') return value !== 0;
  return typeof value === 'string' ? parseScalar(value, 'bool') : value;
};

const conversion =
  (convert: (value: Value, type: string) => Value): ScalarFunction =>
  (call) => {
    const { of, type: from } = input(call, 0);
    if (familyOf(from) === 'instant' || familyOf(from) === 'timespan')
      throw unsupported(`Converting ${from} to ${call.type}`);
    return evaluator(call.type, call.inputs, (row) => convert(of(row), call.type));
  };

// Kusto also reads RFC 822, American and other dates.
const otherDateFormat = /^\s*(\d{1,4}[/.]\d|[a-z]{3,9},?\s+\d)/i;

const toInstant: ScalarFunction = (call) => {
  const { of, type } = input(call, 0);
  if (familyOf(type) === 'number' || familyOf(type) === 'boolean') throw unsupported(`Converting ${type} to datetime`);
  return evaluator(call.type, call.inputs, (row) => {
    const value = of(row);
    if (typeof value === 'bigint') return value;
    if (typeof value !== 'string' || value === '') return null;
    if (otherDateFormat.test(value)) throw unsupported(`Reading '${value}' as datetime`);
    return parseInstant(value);
  });
};

const parseJson: ScalarFunction = (call) => {
  const { of, type } = input(call, 0);
  if (type === 'dynamic') return evaluator('dynamic', call.inputs, of);
  return evaluator('dynamic', call.inputs, (row) => {
    const text = toText(of(row), type);
    try {
      return JSON.parse(text) as Value;
    } catch {
      return text;
    }
  });
};

export const conversionFunctions: FunctionTable = {
  tostring: onTexts((text) => text),
  toint: conversion(toNumber),
  tolong: conversion(toNumber),
  todouble: conversion(toNumber),
  toreal: conversion(toNumber),
  tobool: conversion(toBoolean),
  toboolean: conversion(toBoolean),
  todatetime: toInstant,
  parse_json: parseJson,
  parsejson: parseJson,
  todynamic: parseJson,
};
