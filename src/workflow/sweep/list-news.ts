import { normalId } from '../../core/tenant/arm-id.ts';
import type { Desk } from '../desk.ts';
import { createLister, standing, type Standing } from '../plan/list-facts.ts';
import { listStanding } from './list-what-stands.ts';
import type { SweepLook } from './look-around.ts';
import type { News } from './judge-portion.ts';

/** Lists what the alerts of this sweep tell, now that it is known. */
export const listNews = async (
  desk: Desk,
  look: SweepLook,
  { made, changed, continued, live }: News,
): Promise<void> => {
  const told = [...made.values(), ...[...changed.values(), ...continued.values()].map(({ now }) => now)];
  const all = told.flatMap(({ exemption: { id }, reference }): Standing[] => {
    const exemption = live.get(normalId(id));
    return exemption === undefined ? [] : [standing(desk, exemption, reference)];
  });
  await listStanding(desk, createLister(desk, look), all, new Map());
};
