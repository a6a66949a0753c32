import { normalId } from '../../core/tenant/arm-id.ts';
import type { SightingInBrief } from '../../core/inventory/seen-exemption.ts';
import type { Desk } from '../desk.ts';
import type { createLister, Standing } from '../plan/list-facts.ts';

/** Lists exemptions as they stand, where lists show them otherwise or not at all; whatever the sweep does not know is left out. */
export const listStanding = async (
  desk: Pick<Desk, 'database'>,
  { digestOf, listingOf }: ReturnType<typeof createLister>,
  all: readonly Standing[],
  known: ReadonlyMap<string, SightingInBrief>,
): Promise<void> => {
  const isListed = (each: Standing): boolean => known.get(normalId(each.exemption.id))?.listed === digestOf(each);
  const others = all.filter((each) => !isListed(each));
  if (others.length > 0) await desk.database.listings.keep(others.map(listingOf));
};
