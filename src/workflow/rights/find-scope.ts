import { readExemptions, scopesAllowing } from '../../core/access/access.ts';
import { managementGroupId, nameOf, sameId } from '../../core/tenant/arm-id.ts';
import { GovernanceError } from '../../core/governance-error.ts';
import { everything, scopeLabel, scopesCalled, type Hierarchy } from '../../core/tenant/hierarchy.ts';
import { coveredBy, type ScopeTest } from '../../core/tenant/scope-sets.ts';
import { scopeFilter } from '../../core/tenant/scope-filter.ts';
import { ScopeQuestion } from '../../core/tenant/scope-question.ts';
import { nearest } from '../../core/nearest.ts';
import type { Person } from '../../core/person.ts';
import { optionWords } from '../../core/alert/subscription-words.ts';
import type { Desk } from '../desk.ts';
import { stillReading } from './still-reading.ts';
import { takeViewpoint } from './take-viewpoint.ts';

/** An option that was mistyped and so became part of the name. */
const optionMeant = (words: readonly string[], hierarchy: Hierarchy): string | undefined =>
  words
    .map((word, index) => ({ word, option: nearest(word, optionWords), others: words.filter((_, at) => at !== index) }))
    .find(({ option, others }) => option !== undefined && scopesCalled(others.join(' '), hierarchy).length > 0)?.option;

const readableBy = async (desk: Desk, person: Person, hierarchy: Hierarchy): Promise<ScopeTest> =>
  coveredBy(scopesAllowing(await desk.forReading(person), readExemptions, hierarchy), hierarchy);

/** The name nearest to the typed one among those that the person can read; others must not be revealed. */
const nameMeant = async (
  desk: Desk,
  person: Person,
  said: string,
  hierarchy: Hierarchy,
): Promise<string | undefined> => {
  const isReadable = await readableBy(desk, person, hierarchy);
  const names = [
    ...hierarchy.managementGroups.map(({ name, displayName }) => ({ id: managementGroupId(name), displayName })),
    ...hierarchy.subscriptions,
  ]
    .filter(({ id }) => isReadable(id))
    .map(({ displayName }) => displayName);
  const near = nearest(
    said,
    names.map((name) => name.toLowerCase()),
  );
  return names.find((name) => name.toLowerCase() === near);
};

const mostGroups = 50;

/** The resource groups of a name that somebody can read and where Defender assessed something within the last hours. */
const groupsCalled = async (desk: Desk, person: Person, said: string): Promise<string[]> => {
  const sight = scopeFilter(await takeViewpoint(desk, { person, channelId: undefined }));
  const word = { text: said.toLowerCase(), subscriptions: [], whole: true };
  return desk.database.resourceSearch.groups({ sight, words: [word], key: undefined, most: mostGroups });
};

/** Those of some scopes that are called so. */
const calledAmong = (scopes: readonly string[], said: string, hierarchy: Hierarchy): string[] =>
  scopes.filter((scope) =>
    [nameOf(scope), scopeLabel(scope, hierarchy)].some((each) => each.toLowerCase() === said.toLowerCase()),
  );

/** The only one of several scopes of one name that can be meant. Throws ScopeQuestion if several can. */
const onlyOf = (said: string, scopes: readonly string[], hierarchy: Hierarchy): string | undefined => {
  if (scopes.length > 1) throw new ScopeQuestion(said, scopes, hierarchy);
  return scopes[0];
};

/** The scopes of a name, those of `among` first; resource groups are looked for where nothing wider has the name. */
const everyScopeCalled = async (
  desk: Desk,
  person: Person,
  said: string,
  hierarchy: Hierarchy,
  among: readonly string[] = [],
): Promise<string[]> => {
  const wider = scopesCalled(said, hierarchy);
  const known = calledAmong(among, said, hierarchy).filter((scope) => !wider.some((each) => sameId(each, scope)));
  const found = [...known, ...wider];
  return found.length > 0 ? found : groupsCalled(desk, person, said);
};

/**
 * The scope that somebody names. "everything" means the root management group if Exemption Desk can see it, because roles are assigned
 * there, not on the tenant. Where several scopes have the name, only those of `among` count, or without it those that the person can read.
 * Throws ScopeQuestion if several are left, and GovernanceError not-found, with what may have been meant.
 */
export const findScope = async (
  desk: Desk,
  person: Person,
  words: readonly string[],
  hierarchy: Hierarchy,
  among?: readonly string[],
): Promise<string> => {
  const said = words.join(' ');
  const called = await everyScopeCalled(desk, person, said, hierarchy, among);
  const isAmong = among && ((scope: string) => among.some((each) => sameId(each, scope)));
  const isMeant = called.length < 2 ? () => true : (isAmong ?? (await readableBy(desk, person, hierarchy)));
  const scope = onlyOf(said, called.filter(isMeant), hierarchy);
  if (scope === undefined) {
    const meant = optionMeant(words, hierarchy) ?? (await nameMeant(desk, person, said, hierarchy));
    const hint =
      meant === undefined
        ? 'Write its name, a resource group that is new as group@subscription, or everything.'
        : `Did you mean “${meant}”?`;
    const reading = await stillReading(desk, hierarchy);
    throw new GovernanceError(
      'not-found',
      `No management group, subscription or resource group that you can read is called “${said}”. ${hint}${reading === undefined ? '' : ` ${reading}, so a resource group may be missing.`}`,
    );
  }
  const root = hierarchy.managementGroups.find((group) => group.ancestors.length === 0);
  return scope === everything && root !== undefined ? managementGroupId(root.name) : scope;
};
