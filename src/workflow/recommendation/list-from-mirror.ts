import { readTags } from '../../core/access/access.ts';
import { isUsable, mirrorLives } from '../../core/mirror/mirror-lives.ts';
import type { OwnerMatches, OwnerWanted, ResourcesWanted } from '../../core/mirror/resource-standings.ts';
import { scopeFilter } from '../../core/tenant/scope-filter.ts';
import { tagWanted } from '../../core/tenant/tag-filter.ts';
import type { ResourceFilter } from '../../core/tenant/resource-filter.ts';
import type { RecommendationStanding } from '../../core/tenant/recommendation.ts';
import type { Desk } from '../desk.ts';
import { takeViewpoint, type Asker, type Viewpoint } from '../rights/take-viewpoint.ts';
import { stillReading } from '../rights/still-reading.ts';

/** What narrows a list by what Defender does not know of resources, as typed; empty: nothing. */
export type TypedMirrorFilter = { readonly tag: string; readonly owner: string };

export const needsMirror = ({ tag, owner }: TypedMirrorFilter): boolean =>
  tagWanted(tag) !== undefined || owner.trim() !== '';

/** The question for the mirror that somebody asks from a viewpoint. Tags count only where they may read them. */
export const askOfMirror = async (
  desk: Desk,
  asker: Asker,
  viewpoint: Viewpoint,
  { tag }: Pick<TypedMirrorFilter, 'tag'>,
  resources: ResourceFilter | undefined,
  owner: OwnerWanted | undefined,
): Promise<ResourcesWanted> => ({
  sight: scopeFilter(viewpoint),
  tagSight: scopeFilter(await takeViewpoint(desk, asker, readTags)),
  resources,
  tag: tagWanted(tag),
  owner,
});

/** How old what was read is, as a sentence where it is not complete or older than it should be; undefined: as usual. */
const ageWords = async (desk: Desk, viewpoint: Viewpoint): Promise<string | undefined> => {
  const reading = (await desk.database.mirror.readings()).find(({ part }) => part === 'resources');
  if (reading === undefined)
    return 'Tags and owners have not been read from Azure yet. Please try again in some minutes.';
  const partly = await stillReading(desk, viewpoint.hierarchy);
  if (partly !== undefined) return `${partly}. What is in the others is missing here.`;
  return isUsable('resources', reading.oldest, desk.now())
    ? undefined
    : `Tags and owners were read more than ${mirrorLives.resources.usable / 60} hours ago, because Azure did not answer since.`;
};

export type MirrorStandings = {
  readonly counted: readonly RecommendationStanding[];
  /** How many resources were left out because their tags cannot be read. */
  readonly untold: number;
  readonly matches: OwnerMatches | undefined;
  readonly age: string | undefined;
};

/** Counts the recommendations of resources with some tags or of an owner, from what was read for lists: Defender knows neither. */
export const countFromMirror = async (
  desk: Desk,
  viewpoint: Viewpoint,
  wanted: ResourcesWanted,
): Promise<MirrorStandings> => {
  const [{ rows, untold, matches }, catalogue, age] = await Promise.all([
    desk.database.resourceStandings.standings(wanted),
    desk.recommendations.catalogue(),
    ageWords(desk, viewpoint),
  ]);
  const counts = new Map(rows.map((each) => [each.key, each]));
  const counted = catalogue.flatMap(({ key, title, severity, policyDefinitionId }) => {
    const count = counts.get(key.toLowerCase());
    return count === undefined ? [] : [{ ...count, title, severity, policyDefinitionId }];
  });
  return { counted, untold, matches, age };
};

/** Says what a list by tags leaves out, or what a list by owners does not look at, and how to see it; undefined: nothing. */
export const untoldWords = (untold: number, { tag }: TypedMirrorFilter): string | undefined => {
  if (untold === 0) return undefined;
  const many = untold.toLocaleString('en');
  const what =
    tag === ''
      ? `Tags not readable of ${many} ${untold === 1 ? 'resource' : 'resources'}: only governance owners and roles count there.`
      : `Tags not readable: ${many} ${untold === 1 ? 'resource is' : 'resources are'} left out.`;
  return `${what} Reading tags there takes the Azure role Reader, both for you and for Exemption Desk.`;
};
