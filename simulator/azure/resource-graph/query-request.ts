import type { ScopeFilter } from './visibility.ts';
import { queryError } from './query-error.ts';

export type QueryRequest = {
  readonly query: string;
  readonly subscriptions: readonly string[];
  readonly managementGroups: readonly string[];
  readonly top: number;
  readonly skip: number;
  readonly format: 'objectArray' | 'table';
  readonly filter: ScopeFilter;
};

type Fields = Readonly<Record<string, unknown>>;

const scopeFilters: readonly ScopeFilter[] = [
  'AtScopeAndBelow',
  'AtScopeAndAbove',
  'AtScopeAboveAndBelow',
  'AtScopeExact',
];

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};

const optionNames = ['$skipToken', '$top', '$skip', 'resultFormat', 'allowPartialScopes', 'authorizationScopeFilter'];

const requireKnown = (fields: Fields, known: readonly string[], path: string): void => {
  const stranger = Object.keys(fields).find((name) => !known.includes(name));
  if (stranger !== undefined)
    throw queryError('InvalidRequest', `Could not find member '${path}${stranger}' in a query request.`);
};

const requireNoFacets = (facets: unknown): void => {
  if (facets === undefined || facets === null) return;
  const names = Array.isArray(facets) ? facets.map((facet) => String(fieldsOf(facet).expression)) : [];
  if (names.length === 0) return;
  throw queryError('NotSupported', `Facets are not supported by this simulator: ${names.join(', ')}.`);
};

const texts = (fields: Fields, name: string): readonly string[] => {
  const value = fields[name] ?? [];
  if (Array.isArray(value) && value.every((entry) => typeof entry === 'string')) return value;
  throw queryError('InvalidRequest', `'${name}' must be a list of texts.`);
};

const wholeNumber = (fields: Fields, name: string, fallback: number, least: number, most: number): number => {
  const value = fields[name] ?? fallback;
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
  throw queryError('InvalidRequest', `'${name}' must be a whole number from ${least} to ${most}.`);
};

const oneOf = <T extends string>(fields: Fields, name: string, allowed: readonly T[], fallback: T): T => {
  const value = fields[name] ?? fallback;
  const found = allowed.find((one) => one === value);
  if (found !== undefined) return found;
  throw queryError('InvalidRequest', `'${name}' must be one of ${allowed.join(', ')}.`);
};

/** The start of the next page; valid only for the query that made it. */
export const skipTokenFor = (query: string, position: number): string =>
  Buffer.from(JSON.stringify({ query, position })).toString('base64url');

const positionIn = (token: unknown, query: string): number | undefined => {
  if (token === undefined || token === null) return undefined;
  const text = typeof token === 'string' ? token : '';
  try {
    const fields = fieldsOf(JSON.parse(Buffer.from(text, 'base64url').toString()));
    if (fields.query === query && typeof fields.position === 'number') return fields.position;
  } catch {
    // An unknown token is answered like one of another query.
  }
  throw queryError('InvalidSkipToken', 'The skip token is not valid for this query.');
};

/** Throws an error of Resource Graph for a request that it would refuse. */
export const parseQueryRequest = (body: unknown, apiVersion: string): QueryRequest => {
  const fields = fieldsOf(body);
  const options = fieldsOf(fields.options);
  requireKnown(fields, ['query', 'subscriptions', 'managementGroups', 'options', 'facets'], '');
  requireKnown(options, optionNames, 'options.');
  const { query } = fields;
  if (typeof query !== 'string' || query.trim() === '') throw queryError('EmptyQuery', 'The query must not be empty.');
  const [subscriptions, managementGroups] = [texts(fields, 'subscriptions'), texts(fields, 'managementGroups')];
  if (subscriptions.length > 0 && managementGroups.length > 0)
    throw queryError('InvalidRequest', 'Give subscriptions or management groups, not both.');
  requireNoFacets(fields.facets);
  return {
    query,
    subscriptions,
    managementGroups,
    top: wholeNumber(options, '$top', 1000, 1, 1000),
    skip: positionIn(options.$skipToken, query) ?? wholeNumber(options, '$skip', 0, 0, Number.MAX_SAFE_INTEGER),
    format: oneOf(options, 'resultFormat', ['objectArray', 'table'] as const, 'objectArray'),
    // The oldest version ignores the option.
    filter:
      apiVersion === '2021-03-01'
        ? 'AtScopeAndBelow'
        : oneOf(options, 'authorizationScopeFilter', scopeFilters, 'AtScopeAndBelow'),
  };
};
