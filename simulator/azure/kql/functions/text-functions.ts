import { castDynamic, evaluator, numberOf, textOf } from '../evaluator.ts';
import { parseScalar } from '../parse-scalar.ts';
import { regularExpressions } from '../regular-expression.ts';
import { input, onTexts } from './scalar-function.ts';
import type { FunctionTable, ScalarFunction } from './scalar-function.ts';

const substring: ScalarFunction = (call) => {
  const [source, start] = [textOf(input(call, 0)), numberOf(input(call, 1))];
  const length = call.inputs.length > 2 ? numberOf(input(call, 2)) : () => Infinity;
  return evaluator(call.type, call.inputs, (row) => {
    const text = source(row);
    const from = start(row) ?? 0;
    const first = from < 0 ? Math.max(0, text.length + from) : from;
    return text.slice(first, first + Math.max(0, length(row) ?? 0));
  });
};

const split: ScalarFunction = (call) => {
  const [source, delimiter] = [textOf(input(call, 0)), textOf(input(call, 1))];
  const index = call.inputs.length > 2 ? numberOf(input(call, 2)) : () => null;
  return evaluator(call.type, call.inputs, (row) => {
    const pieces = source(row).split(delimiter(row));
    const at = index(row);
    if (at === null) return pieces;
    const piece = pieces[at];
    return piece === undefined ? [] : [piece];
  });
};

const indexOf: ScalarFunction = (call) => {
  const [source, wanted] = [textOf(input(call, 0)), textOf(input(call, 1))];
  const start = call.inputs.length > 2 ? numberOf(input(call, 2)) : () => 0;
  return evaluator(call.type, call.inputs, (row) => source(row).indexOf(wanted(row), start(row) ?? 0));
};

const trim: ScalarFunction = (call) => {
  const read = regularExpressions();
  return onTexts((pattern, text = '') =>
    text.replace(read(`^(?:${pattern})+`), '').replace(read(`(?:${pattern})+$`), ''),
  )(call);
};

/** Without a match: '' for texts, null for the types of a fourth argument typeof(...). */
const extract: ScalarFunction = (call) => {
  const read = regularExpressions();
  const [pattern, group, source] = [textOf(input(call, 0)), numberOf(input(call, 1)), textOf(input(call, 2))];
  return evaluator(call.type, call.inputs.slice(0, 3), (row) => {
    const found = read(pattern(row)).exec(source(row))?.[group(row) ?? 0];
    if (found === undefined) return castDynamic(null, call.type);
    return call.type === 'string' ? found : parseScalar(found, call.type);
  });
};

export const textFunctions: FunctionTable = {
  tolower: onTexts((text) => text.toLowerCase()),
  toupper: onTexts((text) => text.toUpperCase()),
  strlen: onTexts((text) => text.length),
  strcat: onTexts((...texts) => texts.join('')),
  replace_string: onTexts((text, wanted = '', replacement = '') =>
    wanted === '' ? text : text.replaceAll(wanted, () => replacement),
  ),
  substring,
  split,
  indexof: indexOf,
  trim,
  extract,
};
