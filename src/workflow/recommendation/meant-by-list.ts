import type { ResourcesWanted } from '../../core/mirror/resource-standings.ts';
import { resourceFilterOf, type ResourceFilter } from '../../core/tenant/resource-filter.ts';
import type { Desk } from '../desk.ts';
import { narrowByName, takeViewpoint, type Asker, type Viewpoint } from '../rights/take-viewpoint.ts';
import { findOwner } from './find-owner.ts';
import { askOfMirror, needsMirror, type TypedMirrorFilter } from './list-from-mirror.ts';

/** What narrows the resources of a list, as typed; empty: nothing. */
type Meant = TypedMirrorFilter & {
  readonly subscription: string;
  readonly type: string;
  readonly group: string;
};

/** The same, as far as a button carries it. */
export type ListMeant = { readonly [Name in keyof Meant]?: string | undefined };

export type MeantResources = {
  readonly viewpoint: Viewpoint;
  /** By type, resource group and words. */
  readonly resources: ResourceFilter | undefined;
  /** By tags and owners, which Defender does not know; undefined: Azure is asked. */
  readonly fromMirror: ResourcesWanted | undefined;
  /** The name of the owner who is meant. */
  readonly owner: string | undefined;
};

/**
 * The resources that a list of recommendations meant when somebody opened one of them, of those that a search finds (empty: all), looked up anew with the
 * rights of whoever asks now. Throws what the list itself throws.
 */
export const meantByList = async (
  desk: Desk,
  asker: Asker,
  given: ListMeant = {},
  search = '',
): Promise<MeantResources> => {
  const { subscription = '', type = '', group = '', tag = '', owner: said = '' } = given;
  const meant: Meant = { subscription, type, group, tag, owner: said };
  const whole = await takeViewpoint(desk, asker);
  // Who can read nothing needs a role and not another name.
  const isNarrowed = meant.subscription !== '' && whole.scopes.length > 0;
  const viewpoint = isNarrowed ? narrowByName(whole, meant.subscription) : whole;
  const resources = resourceFilterOf({ type: meant.type, group: meant.group, text: search });
  if (!needsMirror(meant)) return { viewpoint, resources, fromMirror: undefined, owner: undefined };
  const owner = meant.owner === '' ? undefined : await findOwner(desk, asker, meant.owner, whole);
  const fromMirror = await askOfMirror(desk, asker, viewpoint, meant, resources, owner?.wanted);
  return { viewpoint, resources, fromMirror, owner: owner?.name };
};
