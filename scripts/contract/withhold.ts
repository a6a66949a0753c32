import type { Exchange } from './exchanges.ts';

/** Fields whose values come from a fixed list of Azure, and may be reported. */
export const enumFields: ReadonlySet<string> = new Set([
  'apiVersions',
  'assessmentType',
  'assignmentScopeValidation',
  'category',
  'cause',
  'code',
  'createdByType',
  'effect',
  'enforcementMode',
  'exemptionCategory',
  'kind',
  'lastModifiedByType',
  'policyType',
  'principalType',
  'resultTruncated',
  'severity',
  'Source',
  'source',
  'sourceType',
  'type',
]);

const shortest = 4;

/** Every text in the answers, except in fields known to contain Azure's own words. */
const textsIn = (value: unknown, field = ''): string[] => {
  if (typeof value === 'string') return enumFields.has(field) || value.length < shortest ? [] : [value];
  if (Array.isArray(value)) return value.flatMap((each) => textsIn(each, field));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => textsIn(each, name));
};

const patterns: readonly (readonly [RegExp, string])[] = [
  [/\/(subscriptions|providers\/Microsoft\.Management\/managementGroups)\/[^\s`'"|,;)]+/gi, '(id withheld)'],
  [/[\da-f]{8}-?([\da-f]{4}-?){3}[\da-f]{12}/gi, '(id withheld)'],
  [/[^\s@`'"|]+@[^\s@`'"|]+\.[^\s@`'"|]+/g, '(address withheld)'],
];

const isWordPart = (character: string | undefined): boolean =>
  character !== undefined && /[\p{L}\p{N}]/u.test(character);

const holds = (text: string, part: string): boolean => {
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1))
    if (!isWordPart(text[at - 1]) && !isWordPart(text[at + part.length])) return true;
  return false;
};

/** The last guard of the report: removes from a text everything that looks like an id or occurs word for word in an answer of the tenant. */
export const createWithholding = (exchanges: readonly Exchange[]): ((text: string) => string) => {
  const answered = exchanges.map(({ body }) => body);
  const texts = [...new Set(textsIn(answered).map((text) => text.toLowerCase()))];
  return (text) => {
    const plain = patterns.reduce((rest, [pattern, instead]) => rest.replace(pattern, instead), text);
    const lower = plain.toLowerCase();
    return texts
      .filter((each) => holds(lower, each))
      .reduce(
        (rest, each) => rest.replaceAll(new RegExp(each.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), 'gi'), '(withheld)'),
        plain,
      );
  };
};
