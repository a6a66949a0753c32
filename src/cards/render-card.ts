import { Template } from 'adaptivecards-templating';
import { cleanText } from './plain-text.ts';

/** An Adaptive Card, ready to be attached, and its line in notifications. */
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

/** The property without which an element is left out. */
const substance: Readonly<Record<string, string>> = {
  TextBlock: 'text',
  TextRun: 'text',
  RichTextBlock: 'inlines',
  Badge: 'text',
  Container: 'items',
  Column: 'items',
  ColumnSet: 'columns',
  ActionSet: 'actions',
  'Input.ChoiceSet': 'choices',
  'Chart.HorizontalBar': 'data',
  ProgressBar: 'value',
  Table: 'rows',
};

const isEmpty = (value: Json | undefined): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

const withSubstance = (value: Json): boolean => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value !== null;
  const element = value as Readonly<Record<string, Json>>;
  const needed = typeof element.type === 'string' ? substance[element.type] : undefined;
  // A field with a search has no choices before somebody types.
  if (element['choices.data'] !== undefined) return true;
  return needed === undefined || !isEmpty(element[needed]);
};

/** Leaves out properties without a value and elements without content, from the inside out. */
const pruned = (value: Json): Json => {
  if (Array.isArray(value)) return value.map(pruned).filter(withSubstance);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, each]) => {
      const kept = pruned(each);
      // The data of a button is not an element, even if it looks like one.
      return kept === null || (name !== 'data' && !withSubstance(kept)) ? [] : [[name, kept]];
    }),
  );
};

/** Parsing a template takes longer than everything else, and templates never change, so each is parsed once; see prepare-templates.ts. */
const prepared = new WeakMap<object, Template>();

/** Parses a template. Nothing can run meanwhile, for 30 to 120 ms. */
export const prepare = (template: object): Template => {
  const known = prepared.get(template) ?? new Template(template);
  prepared.set(template, known);
  return known;
};

/** The language of the cards. Screen readers choose their voice by it. */
const language = 'en';

/**
 * Fills a card template with data. Only the template is evaluated, never the data, and templates come from our own files. Text by people is put
 * into TextRun elements, which show it literally.
 */
export const renderCard = (
  template: object,
  data: Readonly<Record<string, unknown>> & { readonly summary: string },
): Card => {
  const root = cleaned(data);
  const content = pruned(prepare(template).expand({ $root: root as object }) as Json);
  return { content: { ...(content as Card['content']), lang: language }, summary: cleanText(data.summary) };
};
