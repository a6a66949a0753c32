import { evaluator } from '../evaluator.ts';
import { keyOf, isArray, isBag, toDynamic, toText } from '../value.ts';
import { input, onValue } from './scalar-function.ts';
import type { FunctionTable, ScalarFunction } from './scalar-function.ts';

const pack: ScalarFunction = (call) =>
  evaluator('dynamic', call.inputs, (row) => {
    const values = call.inputs.map(({ of, type }) => ({ value: of(row), type }));
    const names = values.filter((_, position) => position % 2 === 0).map(({ value, type }) => toText(value, type));
    const contents = values
      .filter((_, position) => position % 2 === 1)
      .map(({ value, type }) => toDynamic(value, type));
    return Object.fromEntries(names.map((name, position) => [name, contents[position] ?? null]));
  });

const packArray: ScalarFunction = (call) =>
  evaluator('dynamic', call.inputs, (row) => call.inputs.map(({ of, type }) => toDynamic(of(row), type)));

const setHasElement: ScalarFunction = (call) => {
  const [set, wanted] = [input(call, 0), input(call, 1)];
  return evaluator('bool', call.inputs, (row) => {
    const elements = set.of(row);
    const key = keyOf([toDynamic(wanted.of(row), wanted.type), null]);
    return isArray(elements) && elements.some((element) => keyOf([element, null]) === key);
  });
};

export const dynamicFunctions: FunctionTable = {
  array_length: onValue((value) => (isArray(value) ? value.length : null)),
  bag_keys: onValue((value) => (isBag(value) ? Object.keys(value) : null)),
  pack,
  bag_pack: pack,
  pack_dictionary: pack,
  pack_array: packArray,
  set_has_element: setHasElement,
};
