import { readTags } from '../../core/access/access.ts';
import { GovernanceError } from '../../core/governance-error.ts';
import type { Person } from '../../core/person.ts';
import type { Hierarchy } from '../../core/tenant/hierarchy.ts';
import { common } from '../../core/tenant/scope-sets.ts';
import { tagWanted } from '../../core/tenant/tag-filter.ts';
import type { Desk } from '../desk.ts';
import { askOfMirror, untoldWords } from '../recommendation/list-from-mirror.ts';
import { takeViewpoint } from '../rights/take-viewpoint.ts';

const mostTagged = 30;

/** Says of how many resources the tags cannot be read, and the remedy; undefined: of none. */
export const untoldByTag = async (desk: Desk, person: Person, tag: string): Promise<string | undefined> => {
  const asker = { person, channelId: undefined };
  const wanted = await askOfMirror(desk, asker, await takeViewpoint(desk, asker), { tag }, undefined, undefined);
  const { untold } = await desk.database.resourceStandings.standings(wanted);
  return untoldWords(untold, { tag, owner: '' });
};

/**
 * The widest scopes that carry a tag or lie in one that does, where the person may read tags, and of these only the parts of some scopes if
 * any are given. It tells nothing of others. Throws GovernanceError not-found, and invalid if there are too many.
 */
export const findTagged = async (
  desk: Desk,
  person: Person,
  tag: string,
  among: readonly string[],
  hierarchy: Hierarchy,
): Promise<readonly string[]> => {
  const wanted = tagWanted(tag);
  const { scopes: readable, where } = await takeViewpoint(desk, { person, channelId: undefined }, readTags);
  const places = [...new Set([...where.subscriptions, ...where.narrower])];
  const tagged = wanted === undefined ? [] : await desk.resources.tagged(wanted, places);
  const theirs = common(tagged, readable, hierarchy);
  const scopes = among.length === 0 ? theirs : common(theirs, among, hierarchy);
  if (scopes.length === 0) {
    const untold = await untoldByTag(desk, person, tag);
    const where = among.length === 0 ? 'Nothing that you may read' : 'Nothing there that you may read';
    throw new GovernanceError(
      'not-found',
      [`${where} carries the tag ${tag}.`, untold].filter((each) => each !== undefined).join(' '),
    );
  }
  if (scopes.length > mostTagged)
    throw new GovernanceError(
      'invalid',
      `The tag ${tag} means ${scopes.length.toLocaleString('en')} scopes that you may read, and a channel takes ${mostTagged} by one tag. Name a scope as well, like this: tag:${tag} shop-prod`,
    );
  return scopes;
};
