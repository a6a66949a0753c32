import { normalId } from '../../core/tenant/arm-id.ts';
import { fingerprintOf, seenOf } from '../../core/inventory/seen-exemption.ts';
import type { Desk } from '../desk.ts';
import { factsFinder, listStanding, type Standing } from './list-what-stands.ts';
import type { SweepLook } from './look-around.ts';
import type { Stock } from './take-stock.ts';

/** Lists what the alerts of this sweep tell, now that it is known. */
export const listNews = async (
  desk: Desk,
  look: SweepLook,
  { made, changed, continued, live }: Stock,
): Promise<void> => {
  const told = [...made.values(), ...[...changed.values(), ...continued.values()].map(({ now }) => now)];
  const standing = told.flatMap(({ exemption: { id }, reference }): Standing[] => {
    const exemption = live.get(normalId(id));
    if (exemption === undefined) return [];
    const fingerprint = fingerprintOf(seenOf(exemption, desk.hash), exemption.requestReference, desk.hash);
    return [{ exemption, fingerprint, reference }];
  });
  await listStanding(desk, factsFinder(desk, look), standing, new Map());
  await desk.database.listings.tidy();
};
