import { Template } from 'adaptivecards-templating';
import { cleanText } from './plain-text.ts';

/** A drawn Adaptive Card, ready to be attached, and the line that stands for it in a notification. */
export type Card = { readonly content: Readonly<Record<string, unknown>>; readonly summary: string };

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const cleaned = (value: unknown): Json => {
  if (typeof value === 'string') return cleanText(value);
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map(cleaned);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, cleaned(each)]));
  return null;
};

/** What each element must have to be worth drawing. */
const substance: Readonly<Record<string, string>> = {
  TextBlock: 'text',
  TextRun: 'text',
  RichTextBlock: 'inlines',
  Container: 'items',
  ColumnSet: 'columns',
  ActionSet: 'actions',
  'Input.ChoiceSet': 'choices',
  'Chart.HorizontalBar': 'data',
};

const isEmpty = (value: Json | undefined): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

const withSubstance = (value: Json): boolean => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value !== null;
  const element = value as Readonly<Record<string, Json>>;
  const needed = typeof element.type === 'string' ? substance[element.type] : undefined;
  return needed === undefined || !isEmpty(element[needed]);
};

/** Leaves out what has nothing to show: properties without a value, then elements without content, from the inside out. */
const pruned = (value: Json): Json => {
  if (Array.isArray(value)) return value.map(pruned).filter(withSubstance);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, each]) => {
      const kept = pruned(each);
      // What a button carries is no element, even where a word in it looks like one.
      return kept === null || (name !== 'data' && !withSubstance(kept)) ? [] : [[name, kept]];
    }),
  );
};

/** Parsing a template's expressions takes longer than all else, and it never changes. */
const prepared = new WeakMap<object, Template>();

const prepare = (template: object): Template => {
  const known = prepared.get(template) ?? new Template(template);
  prepared.set(template, known);
  return known;
};

/**
 * Binds data into a card template. The data is never evaluated, whatever it looks like: templates come from our own files only, and texts
 * that people wrote stand in TextRun elements, which show them literally.
 */
export const renderCard = (
  template: object,
  data: Readonly<Record<string, unknown>> & { readonly summary: string },
): Card => {
  const root = cleaned(data);
  const content = pruned(prepare(template).expand({ $root: root as object }) as Json);
  return { content: content as Card['content'], summary: cleanText(data.summary) };
};
