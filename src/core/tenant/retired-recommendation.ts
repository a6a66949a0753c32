import published from './retired-recommendations.json' with { type: 'json' };

/** A recommendation that Microsoft took away, with what takes its place. */
export type RetiredRecommendation = {
  readonly key: string;
  readonly title: string;
  /** A sentence for people that names the successor. */
  readonly successor: string;
};

const exemptByCategory =
  'Those are exempted by category, in the Azure portal under Environment settings > Exemption rules.';

const successorsWords = (successors: Readonly<Record<string, string>>): string => {
  const named = Object.entries(successors).map(([key, title]) => `“${title}” (key ${key})`);
  return named.length === 1
    ? `Its successor is ${named.join('')}.`
    : `Its successors are ${named.slice(0, -1).join(', ')} and ${named.at(-1) ?? ''}.`;
};

const retired = (old: Readonly<Record<string, string>>, successor: string): RetiredRecommendation[] =>
  Object.entries(old).map(([key, title]) => ({ key, title, successor }));

const all: readonly RetiredRecommendation[] = [
  ...Object.entries(published.byCategory).flatMap(([category, old]) =>
    retired(
      old,
      `Individual recommendations of the category ${category} take its place, one for each finding. ${exemptByCategory}`,
    ),
  ),
  ...retired(
    published.bySqlRule,
    'One recommendation for each rule of the SQL vulnerability assessment takes its place, on the database and no longer on the server.',
  ),
  ...retired(
    published.bySeveral,
    `Individual recommendations of several categories take its place, one for each finding. ${exemptByCategory}`,
  ),
  ...published.byKeys.flatMap(({ old, new: successors }) => retired(old, successorsWords(successors))),
];

const byKey: ReadonlyMap<string, RetiredRecommendation> = new Map(all.map((each) => [each.key, each]));

/** Every retired key, in lower case. */
export const retiredKeys: readonly string[] = all.map(({ key }) => key);

/** What Microsoft says of a key that it retired; undefined for every other key. */
export const retiredNamed = (key: string): RetiredRecommendation | undefined => byKey.get(key.toLowerCase());

/** The sentence for people about a retired key; undefined for every other key. Defender has no assessments of it any more. */
export const retirementOf = (key: string): string | undefined => {
  const found = retiredNamed(key);
  return (
    found && `Microsoft retired this recommendation, so no exemption from it has an effect any more. ${found.successor}`
  );
};

/** The retired recommendations that a condition names without wildcards, by key or by a title that no successor has. */
export const retiredIn = (patterns: readonly string[]): RetiredRecommendation[] =>
  patterns.flatMap((pattern) => {
    const named = pattern.toLowerCase();
    const keepsTitle = ({ title, successor }: RetiredRecommendation): boolean => successor.includes(`“${title}”`);
    const found = all.find((each) => each.key === named || (each.title.toLowerCase() === named && !keepsTitle(each)));
    return found === undefined ? [] : [found];
  });

/** What took the place of a retired recommendation, with its title and key; undefined for every other key. */
export const retirementWords = (key: string): string | undefined => {
  const found = retiredNamed(key);
  return found && `Microsoft retired “${found.title}” (key ${found.key}). ${found.successor}`;
};
