import { unlessUntold } from '../../core/governance-error.ts';
import { inParallel } from '../../core/in-parallel.ts';
import { fingerprintOf, seenOf } from '../../core/inventory/seen-exemption.ts';
import type { Desk } from '../desk.ts';
import type { News } from './judge-portion.ts';

/** At most this many are read one by one; if more changed at once, a lag of Resource Graph is not the reason. */
const askedInASweep = 100;
const atATime = 8;

type Fresh = { readonly id: string; readonly fingerprint: string };

/** Whether an exemption is now as the list shows it. If Azure does not answer, the list is trusted. */
const standsSo = async (desk: Desk, { id, fingerprint }: Fresh): Promise<boolean> => {
  return unlessUntold(async () => {
    const found = await desk.exemptions.read(id);
    return (
      found !== undefined && fingerprintOf(seenOf(found, desk.hash), found.requestReference, desk.hash) === fingerprint
    );
  }, true);
};

/**
 * The news without what a live read does not confirm: Resource Graph lags, and may show an earlier state again for a while. The next
 * sweep decides about what is left out here.
 */
export const confirmNews = async (desk: Desk, found: News, count: number): Promise<News> => {
  const news: Fresh[] = [
    ...[...found.made].map(([id, { fingerprint }]) => ({ id, fingerprint })),
    ...[...found.changed].map(([id, { now }]) => ({ id, fingerprint: now.fingerprint })),
  ];
  if (news.length === 0 || count > askedInASweep) return found;
  const answers = await inParallel(news, atATime, (each) => standsSo(desk, each));
  const stale = new Set(news.filter((_, index) => answers[index] === false).map(({ id }) => id));
  return {
    ...found,
    leftOpen: found.leftOpen + stale.size,
    made: new Map([...found.made].filter(([id]) => !stale.has(id))),
    changed: new Map([...found.changed].filter(([id]) => !stale.has(id))),
  };
};
