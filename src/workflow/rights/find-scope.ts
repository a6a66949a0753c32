import { readExemptions, scopesAllowing } from '../../core/access/access.ts';
import { managementGroupId } from '../../core/tenant/arm-id.ts';
import { GovernanceError } from '../../core/governance-error.ts';
import { everything, scopesCalled, type Hierarchy } from '../../core/tenant/hierarchy.ts';
import { coveredBy, type ScopeTest } from '../../core/tenant/scope-sets.ts';
import { ScopeQuestion } from '../../core/tenant/scope-question.ts';
import { nearest } from '../../core/nearest.ts';
import type { Person } from '../../core/person.ts';
import { optionWords } from '../../core/alert/subscription-words.ts';
import type { Desk } from '../desk.ts';

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

/** The only one of several scopes of one name that can be meant. Throws ScopeQuestion if several can. */
const onlyOf = (said: string, scopes: readonly string[], hierarchy: Hierarchy): string | undefined => {
  if (scopes.length > 1) throw new ScopeQuestion(said, scopes, hierarchy);
  return scopes[0];
};

/**
 * The scope that somebody names. "everything" means the root management group if Exemption Desk can see it, because roles are assigned
 * there, not on the tenant. Where several scopes have the name, only those count that `canBeMeant`, or else that the person can read.
 * Throws ScopeQuestion if several are left, and GovernanceError not-found, with what may have been meant.
 */
export const findScope = async (
  desk: Desk,
  person: Person,
  words: readonly string[],
  hierarchy: Hierarchy,
  canBeMeant?: (scope: string) => boolean,
): Promise<string> => {
  const said = words.join(' ');
  const called = scopesCalled(said, hierarchy);
  const isMeant = called.length < 2 ? () => true : (canBeMeant ?? (await readableBy(desk, person, hierarchy)));
  const scope = onlyOf(said, called.filter(isMeant), hierarchy);
  if (scope === undefined) {
    const meant = optionMeant(words, hierarchy) ?? (await nameMeant(desk, person, said, hierarchy));
    const hint = meant === undefined ? 'Write its name, or everything.' : `Did you mean “${meant}”?`;
    throw new GovernanceError('not-found', `No management group or subscription is called “${said}”. ${hint}`);
  }
  const root = hierarchy.managementGroups.find((group) => group.ancestors.length === 0);
  return scope === everything && root !== undefined ? managementGroupId(root.name) : scope;
};
