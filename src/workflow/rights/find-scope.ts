import { readExemptions, scopesAllowing } from '../../core/access/access.ts';
import { managementGroupId } from '../../core/tenant/arm-id.ts';
import { GovernanceError } from '../../core/governance-error.ts';
import { covers, everything, scopeNamed, type Hierarchy } from '../../core/tenant/hierarchy.ts';
import { nearest } from '../../core/nearest.ts';
import type { Person } from '../../core/person.ts';
import { optionWords } from '../../core/alert/subscription-words.ts';
import type { Desk } from '../desk.ts';

/** An option that was mistyped and so became part of the name. */
const optionMeant = (words: readonly string[], hierarchy: Hierarchy): string | undefined =>
  words
    .map((word, index) => ({ word, option: nearest(word, optionWords), others: words.filter((_, at) => at !== index) }))
    .find(({ option, others }) => option !== undefined && scopeNamed(others.join(' '), hierarchy) !== undefined)
    ?.option;

/** The name nearest to the typed one among those that the person can read; others must not be revealed. */
const nameMeant = async (
  desk: Desk,
  person: Person,
  said: string,
  hierarchy: Hierarchy,
): Promise<string | undefined> => {
  const readable = scopesAllowing(await desk.forReading(person), readExemptions, hierarchy);
  const names = [
    ...hierarchy.managementGroups.map(({ name, displayName }) => ({ id: managementGroupId(name), displayName })),
    ...hierarchy.subscriptions,
  ]
    .filter(({ id }) => readable.some((scope) => covers(scope, id, hierarchy)))
    .map(({ displayName }) => displayName);
  const near = nearest(
    said,
    names.map((name) => name.toLowerCase()),
  );
  return names.find((name) => name.toLowerCase() === near);
};

/**
 * The scope that somebody names. "everything" means the root management group if Exemption Desk can see it, because roles are assigned
 * there, not on the tenant. Throws GovernanceError not-found, with what may have been meant.
 */
export const findScope = async (
  desk: Desk,
  person: Person,
  words: readonly string[],
  hierarchy: Hierarchy,
): Promise<string> => {
  const said = words.join(' ');
  const scope = scopeNamed(said, hierarchy);
  if (scope === undefined) {
    const meant = optionMeant(words, hierarchy) ?? (await nameMeant(desk, person, said, hierarchy));
    const hint = meant === undefined ? 'Write its name, or everything.' : `Did you mean “${meant}”?`;
    throw new GovernanceError('not-found', `No management group or subscription is called “${said}”. ${hint}`);
  }
  const root = hierarchy.managementGroups.find((group) => group.ancestors.length === 0);
  return scope === everything && root !== undefined ? managementGroupId(root.name) : scope;
};
