import { firstFew } from '../../core/first-few.ts';
import { mayDo, readAssessments } from '../../core/access/access.ts';
import { distinctBy } from '../../core/lists.ts';
import type { Person } from '../../core/person.ts';
import { nameOf, normalId } from '../../core/tenant/arm-id.ts';
import { everything, scopesCalled, scopeTitle } from '../../core/tenant/hierarchy.ts';
import { scopeFilter } from '../../core/tenant/scope-filter.ts';
import type { Desk } from '../desk.ts';
import { stillReading } from '../rights/still-reading.ts';
import { takeViewpoint } from '../rights/take-viewpoint.ts';

export type ResolvedNames = {
  readonly ids: readonly string[];
  /** The names that are not clear, as typed. */
  readonly left: readonly string[];
  /** A sentence for each of them. */
  readonly problems: readonly string[];
};

const mostNames = 50;
const mostAlike = 50;
const mostTitles = 5;

const linesOf = (text: string): string[] =>
  distinctBy(
    text.split(/[\r\n]+/).map((line) => line.trim()),
    (line) => line.toLowerCase(),
  ).filter((line) => line !== '');

/** Finds every scope and resource that a person may read and that has a name or id. Resources are those that the recommendation assesses. */
export const nameLookup = async (
  desk: Desk,
  person: Person,
  recommendationKey: string,
): Promise<(name: string) => Promise<string[]>> => {
  const viewpoint = await takeViewpoint(desk, { person, channelId: undefined });
  const { hierarchy, access } = viewpoint;
  const [sight, key] = [scopeFilter(viewpoint), recommendationKey.toLowerCase()];
  const { resourceSearch } = desk.database;
  return async (name) => {
    const wanted = name.toLowerCase();
    const wide = scopesCalled(name, hierarchy).filter(
      (scope) => scope !== everything && mayDo(access, readAssessments, scope, hierarchy),
    );
    if (wide.length > 0) return wide;
    const word = { text: wanted, subscriptions: [] };
    const question = { sight, words: [word], most: mostAlike };
    const isCalled = (id: string): boolean => nameOf(id).toLowerCase() === wanted;
    const [groups, resources] = await Promise.all([
      resourceSearch.groups({ ...question, words: [{ ...word, whole: true }], key: undefined }),
      resourceSearch.find({ ...question, key }),
    ]);
    return distinctBy([...groups, ...resources.map(({ id }) => id)].filter(isCalled), normalId);
  };
};

/** What names mean, a line each; see `nameLookup`. */
export const resolveNames = async (
  desk: Desk,
  person: Person,
  recommendationKey: string,
  text: string,
): Promise<ResolvedNames> => {
  const lines = linesOf(text);
  if (lines.length === 0) return { ids: [], left: [], problems: [] };
  const [hierarchy, called] = await Promise.all([desk.hierarchy(), nameLookup(desk, person, recommendationKey)]);
  const found = await Promise.all(
    lines.slice(0, mostNames).map(async (name) => ({ name, scopes: await called(name) })),
  );
  const unclear = found.filter(({ scopes }) => scopes.length !== 1);
  const tooMany = lines.slice(mostNames);
  const reading = unclear.length === 0 ? undefined : await stillReading(desk, hierarchy);
  return {
    ids: found.flatMap(({ scopes }) => (scopes.length === 1 ? scopes : [])),
    left: [...unclear.map(({ name }) => name), ...tooMany],
    problems: [
      ...unclear.map(({ name, scopes }) =>
        scopes.length === 0
          ? `Nothing that you can read is called “${name}”.${reading === undefined ? '' : ` ${reading}.`}`
          : `${scopes.length} are called “${name}”: ${firstFew(
              scopes.map((scope) => scopeTitle(scope, hierarchy)),
              mostTitles,
            )}. Write the whole of what is meant, or find it by the search.`,
      ),
      ...(tooMany.length === 0 ? [] : [`At most ${mostNames} names are read at a time.`]),
    ],
  };
};
