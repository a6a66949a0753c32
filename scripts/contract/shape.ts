import type { Exchange } from './exchanges.ts';
import { enumFields } from './withhold.ts';

// Their content belongs to the tenant, including the names of fields.
const freeForm = new Set([
  'additionaldata',
  'metadata',
  'parameters',
  'partnersdata',
  'tags',
  'policyrule',
  'identity',
]);
const fieldName = /^[$@]?[a-z][\w.@$-]{0,59}$/i;
const enumValue = /^[a-z][\w./]{0,60}$/i;
const deepest = 8;

/** The fields of an answer with the kinds of their values, and the values of fields with Azure's own words. */
type Shape = {
  readonly fields: ReadonlyMap<string, ReadonlySet<string>>;
  readonly words: ReadonlyMap<string, ReadonlySet<string>>;
};

const kindOf = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);

const add = (map: Map<string, Set<string>>, key: string, value: string): void => {
  map.set(key, (map.get(key) ?? new Set()).add(value));
};

/** The reportable facts about the answers of one call. */
export const shapeOf = (bodies: readonly unknown[]): Shape => {
  const [fields, words] = [new Map<string, Set<string>>(), new Map<string, Set<string>>()];
  const visitField = (name: string, value: unknown, path: string): void => {
    const known = fieldName.test(name) ? name : '(name withheld)';
    const here = path === '' ? known : `${path}.${known}`;
    add(fields, here, kindOf(value));
    if (typeof value === 'string' && enumFields.has(name) && enumValue.test(value)) add(words, here, value);
    if (!freeForm.has(name.toLowerCase())) visit(value, here);
  };
  const visit = (value: unknown, path: string): void => {
    if (path.split('.').length > deepest || typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) for (const each of value) visit(each, `${path}[]`);
    else for (const [name, each] of Object.entries(value)) visitField(name, each, path);
  };
  for (const body of bodies) visit(body, '');
  return { fields, words };
};

/** The exchanges of a run, one entry for each call. */
export const byCall = (exchanges: readonly Exchange[]): ReadonlyMap<string, readonly Exchange[]> =>
  Map.groupBy(exchanges, ({ call, apiVersion, topic }) =>
    [call, apiVersion, topic].filter((part) => part !== '').join(' '),
  );
