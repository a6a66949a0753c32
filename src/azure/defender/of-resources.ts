import type { ResourceFilter } from '../../core/tenant/resource-filter.ts';
import { allOf, always, anyOf, matchesPattern, type Fragment } from '../client/query-text.ts';

/** A text as a part of an RE2 pattern, which knows no escaped letters beyond ASCII. */
const verbatim = (text: string): string => text.replace(/[^\w\u0080-\u{10ffff}]/gu, '\\$&');

const assessment = '/providers/microsoft\\.security/assessments/[^/]+$';

/** An assessment as it hangs on a resource, by a pattern of the id of that resource. */
const hangsOn = (resource: string): Fragment => matchesPattern('tolower(id)', `${resource}${assessment}`);

const ofType = (type: string): Fragment => {
  const [namespace = '', ...types] = type.split('/');
  // A word alone is the last part of a type: virtualMachines.
  return types.length === 0
    ? hangsOn(`/providers/[^/]+(/[^/]+/[^/]+)*/${verbatim(namespace)}/[^/]+`)
    : hangsOn([`/providers/${verbatim(namespace)}`, ...types.map((each) => `${verbatim(each)}/[^/]+`)].join('/'));
};

/** `*` stands for any characters of a name. */
const inGroup = (name: string): Fragment =>
  matchesPattern('tolower(id)', `^/subscriptions/[^/]+/resourcegroups/${name.split('*').map(verbatim).join('[^/]*')}/`);

/** An id is pairs of a kind and a name. Only names are looked at: every id has “resourcegroups” in it. */
const hasWord = (word: string): Fragment =>
  word.startsWith('/')
    ? hangsOn(`^${verbatim(word)}`)
    : hangsOn(`^(/[^/]+/[^/]+)*/[^/]+/[^/]*${verbatim(word)}[^/]*(/[^/]+/[^/]+)*`);

/** The condition that an assessment is about one of these resources. */
export const ofResources = (filter: ResourceFilter | undefined): Fragment => {
  if (filter === undefined) return always;
  const { types, group, words } = filter;
  const conditions = [
    ...(types.length === 0 ? [] : [anyOf(types.map(ofType))]),
    ...(group === '' ? [] : [inGroup(group)]),
    ...words.map(hasWord),
  ];
  return conditions.length === 0 ? always : allOf(conditions);
};
