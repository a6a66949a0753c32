import { readGovernanceOwners, readRoles } from '../../core/access/access.ts';
import { mostPeople, type DirectoryPerson } from '../../core/access/owner-source.ts';
import { counted } from '../../core/first-few.ts';
import type { OwnerMatches, OwnerWanted } from '../../core/mirror/resource-standings.ts';
import { scopeFilter } from '../../core/tenant/scope-filter.ts';
import { WhichQuestion } from '../../core/tenant/which-question.ts';
import type { Desk } from '../desk.ts';
import { canSee, takeViewpoint, type Asker, type Viewpoint } from '../rights/take-viewpoint.ts';

/** Whose resources a list is about. */
export type OwnerMeant = {
  /** Their name, or the text that was typed. */
  readonly name: string;
  readonly wanted: OwnerWanted;
  /** What is not compared, as a sentence. */
  readonly caveat: string | undefined;
};

/** The filter that means whoever asks. */
export const ownerIsMe = 'me';

/** Nobody's name in the directory, or nobody that it may tell: only their text is known. */
type Named = Pick<OwnerMeant, 'name' | 'caveat'> & Partial<DirectoryPerson> & { readonly isSelf?: true };

const titleOf = ({ name, signIns }: DirectoryPerson): string => `${name} (${signIns[0] ?? ''})`;

const askWho = (said: string, people: readonly DirectoryPerson[]): WhichQuestion => {
  const named = people.slice(0, mostPeople);
  const titles = named.map((each) => `“${titleOf(each)}”`);
  const more = people.length > named.length ? ' There are more: write more of the name.' : '';
  return new WhichQuestion(
    `Several people are called “${said}”. Which one do you mean: ${titles.join(' or ')}?${more}`,
    {
      field: 'owner',
      said,
      candidates: named.map((each) => ({
        id: each.signIns[0] ?? '',
        title: titleOf(each),
        short: each.signIns[0] ?? '',
      })),
    },
  );
};

const textAlone = (said: string, why: string): Named => ({
  name: said,
  caveat: `${why}, so “${said}” is compared with owner tags and governance owners as it stands, and no role counts.`,
});

/** The person whom somebody names. Throws WhichQuestion if it may be several. A guest is told nothing of the directory. */
const personCalled = async (desk: Desk, { person }: Asker, said: string): Promise<Named> => {
  if (person.isGuest) return textAlone(said, 'Guests cannot look people up');
  const found = await desk.owners.called(said);
  if (found === undefined) return textAlone(said, 'Microsoft Graph does not let Exemption Desk look people up');
  const people = found.filter(({ signIns }) => signIns.length > 0);
  const isExact = ({ name, signIns }: DirectoryPerson): boolean =>
    [name, ...signIns].some((each) => each.toLowerCase() === said.toLowerCase());
  const exact = people.filter(isExact);
  const [first, ...others] = exact.length > 0 ? exact : people;
  if (first === undefined) return textAlone(said, 'Nobody in the directory is called that');
  if (others.length > 0) throw askWho(said, [first, ...others]);
  return { ...first, caveat: undefined };
};

/** Who asks, by their identity alone. */
const themselves = ({ person, signIns = [] }: Asker): Named => ({
  name: person.name,
  objectId: person.objectId,
  signIns,
  caveat: undefined,
  isSelf: true,
});

/** A role at a management group makes nobody an owner of everything below. */
const isInside = (scope: string): boolean => scope.toLowerCase().startsWith('/subscriptions/');

/**
 * Whose resources are meant: of whoever asks (`me`), or of somebody by name. Their roles count where the asker may read role assignments; one's own
 * everywhere. Throws WhichQuestion if several people are called so, and GovernanceError unavailable.
 */
export const findOwner = async (
  desk: Desk,
  asker: Asker,
  said: string,
  { hierarchy }: Pick<Viewpoint, 'hierarchy'>,
): Promise<OwnerMeant> => {
  const {
    name,
    caveat,
    objectId,
    signIns = [],
    isSelf,
  } = said.toLowerCase() === ownerIsMe ? themselves(asker) : await personCalled(desk, asker, said.trim());
  const [governance, roles, held] = await Promise.all([
    takeViewpoint(desk, asker, readGovernanceOwners),
    takeViewpoint(desk, asker, readRoles),
    objectId === undefined ? [] : desk.owners.ownRoles(objectId),
  ]);
  const scopes = held.filter(isInside).filter((scope) => isSelf === true || canSee(roles, scope));
  const names = [name, ...signIns].map((each) => each.trim().toLowerCase()).filter((each) => each !== '');
  return {
    name,
    caveat,
    wanted: {
      names: [...new Set(names)],
      tags: desk.governance.ownerTags,
      governanceSight: scopeFilter(governance),
      roles: scopeFilter({ scopes, hidden: [], hierarchy }).shown,
    },
  };
};

/** "Matched by tag owner (3 resources), governance owner in Defender (1 resource)": how resources are an owner's. */
export const matchedWords = ({ tags, governance, roles }: OwnerMatches): string | undefined => {
  const ways: [string, number][] = [
    ...[...tags].map(([tag, count]): [string, number] => [`tag ${tag}`, count]),
    ['governance owner in Defender', governance],
    ['role Owner or Contributor of their own', roles],
  ];
  const said = ways.filter(([, count]) => count > 0).map(([way, count]) => `${way} (${counted(count, 'resource')})`);
  return said.length === 0 ? undefined : `Matched by ${said.join(', ')}.`;
};
