import type { z } from 'zod';
import { isMap, isNode, isScalar, LineCounter, parseDocument, type Document } from 'yaml';
import { nearest } from '../core/nearest.ts';

/** A mistake in a governance file; line and column count from 1. */
export type GovernanceProblem = {
  readonly line: number;
  readonly column: number;
  /** `rules[2].then.maxDays`: lists count from 1. */
  readonly field: string;
  readonly sentence: string;
};

type Path = readonly PropertyKey[];
type Issue = z.core.$ZodIssue;

/** A YAML text with the position of each field. */
export type YamlText = {
  readonly value: unknown;
  readonly syntaxProblems: readonly GovernanceProblem[];
  readonly lineOf: (path: Path) => number;
  readonly problem: (path: Path, words: string) => GovernanceProblem;
};

const fieldOf = (path: Path): string =>
  path
    .map((part, at) => (typeof part === 'number' ? `[${part + 1}]` : `${at === 0 ? '' : '.'}${String(part)}`))
    .join('');

/** The position of a field: of its name in a mapping, otherwise of the entry; of its parent if it is missing. */
const offsetOf = (document: Document, path: Path): number => {
  const last = path.at(-1);
  if (last === undefined) return isNode(document.contents) ? (document.contents.range?.[0] ?? 0) : 0;
  const around: unknown = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  if (isMap(around)) {
    const key = around.items.map((pair) => pair.key).find((each) => isScalar(each) && each.value === last);
    if (isScalar(key) && key.range) return key.range[0];
  }
  const node: unknown = document.getIn(path, true);
  return isNode(node) && node.range ? node.range[0] : offsetOf(document, path.slice(0, -1));
};

const invalid = (reason: string): string => `This is not valid YAML: ${reason.replace(/\.$/, '')}.`;

/** An alias may refer to nothing, or expand to too much. */
const contentOf = (document: Document): { readonly value: unknown } | { readonly fault: string } => {
  try {
    return { value: document.toJS() };
  } catch (error) {
    if (error instanceof ReferenceError) return { fault: error.message };
    throw error;
  }
};

export const readYaml = (text: string): YamlText => {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number, field: string, sentence: string): GovernanceProblem => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col), field, sentence };
  };
  const faults = [...document.errors, ...document.warnings].map((fault) =>
    at(fault.pos[0], '', invalid(fault.message)),
  );
  const content = faults.length > 0 ? { value: undefined } : contentOf(document);
  return {
    value: 'value' in content ? content.value : undefined,
    syntaxProblems: 'fault' in content ? [at(0, '', invalid(content.fault))] : faults,
    lineOf: (path) => lines.linePos(offsetOf(document, path)).line,
    problem: (path, words) => {
      const field = fieldOf(path);
      return at(offsetOf(document, path), field, `${field || 'The file'} ${words}${words.endsWith('?') ? '' : '.'}`);
    },
  };
};

const kinds: Readonly<Record<string, string>> = {
  array: 'a list',
  object: 'a group of fields',
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
};

const shown = (value: unknown): string => {
  if (value === null) return 'nothing';
  if (typeof value === 'string') return `“${value}”`;
  if (typeof value === 'object') return Array.isArray(value) ? 'a list' : 'a group of fields';
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : 'this';
};

const hint = (word: string, names: readonly string[]): string => {
  const near = nearest(word, names);
  return near === undefined ? '' : `. Did you mean ${near}?`;
};

const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (inner, part) =>
      typeof inner === 'object' && inner !== null ? (inner as Readonly<Record<PropertyKey, unknown>>)[part] : undefined,
    value,
  );

const wrongType = (expected: string, value: unknown): string => {
  if (value === undefined) return 'is missing';
  const instead = expected === 'array' && typeof value === 'string' ? `: [${value}]` : `, not ${shown(value)}`;
  return `must be ${kinds[expected] ?? expected}${instead}`;
};

/** The fields that are allowed at a place, read from the published JSON Schema. */
export type FieldsAt = (path: Path) => readonly string[];

const unknownField = (path: Path, key: string, fieldsAt: FieldsAt): string => {
  const home = ['when', 'then'].find((part) => fieldsAt([...path, part]).includes(key));
  if (home !== undefined) return `is not allowed here. It belongs under ${home}`;
  const fields = fieldsAt(path);
  return `is not a known field${hint(key, fields) || `. Known fields: ${fields.join(', ')}`}`;
};

const wordsOf = (issue: Issue, value: unknown): string => {
  switch (issue.code) {
    case 'invalid_type':
      return wrongType(issue.expected, value);
    case 'invalid_value': {
      const names = issue.values.map(String);
      return `must be ${names.join(' or ')}, not ${shown(value)}${typeof value === 'string' ? hint(value, names) : ''}`;
    }
    case 'too_small':
      return issue.origin === 'number' || issue.origin === 'int'
        ? `must be at least ${issue.minimum}`
        : 'must not be empty';
    case 'too_big':
      return `must be at most ${issue.maximum}${issue.origin === 'string' ? ' characters long' : ''}`;
    default:
      return issue.message;
  }
};

const isInside = (issue: Issue): boolean => issue.path.length > 0 || issue.code === 'unrecognized_keys';

/** Every issue as a sentence at its position; of a choice between shapes, the issues of the intended one. */
export const problemsOf = (
  issues: readonly Issue[],
  yaml: YamlText,
  fieldsAt: FieldsAt,
  above: Path = [],
): GovernanceProblem[] =>
  issues.flatMap((issue) => {
    const path = [...above, ...issue.path];
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => yaml.problem([...path, key], unknownField(path, key, fieldsAt)));
    const meant = issue.code === 'invalid_union' ? issue.errors.find((branch) => branch.every(isInside)) : undefined;
    if (meant !== undefined) return problemsOf(meant, yaml, fieldsAt, path);
    return [yaml.problem(path, wordsOf(issue, valueAt(yaml.value, path)))];
  });
