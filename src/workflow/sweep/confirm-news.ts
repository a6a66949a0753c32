import { unlessUntold } from '../../core/governance-error.ts';
import { inParallel } from '../../core/in-parallel.ts';
import { fingerprintOf, seenOf } from '../../core/inventory/seen-exemption.ts';
import type { Desk } from '../desk.ts';
import type { Stock } from './take-stock.ts';

/** So many are asked for one by one; more at once are no whim of Resource Graph. */
const askedInASweep = 100;
const atATime = 8;

type News = { readonly id: string; readonly fingerprint: string };

/** Whether an exemption stands now as the list says; a list is believed where Azure does not answer. */
const standsSo = async (desk: Desk, { id, fingerprint }: News): Promise<boolean> => {
  return unlessUntold(async () => {
    const found = await desk.exemptions.read(id);
    return (
      found !== undefined && fingerprintOf(seenOf(found, desk.hash), found.requestReference, desk.hash) === fingerprint
    );
  }, true);
};

/**
 * The stock without what is no news by Azure's current word: Resource Graph lags, and may for a while show again what was there before. What is left out
 * here is found again, or not, by the next sweep.
 */
export const confirmNews = async (desk: Desk, stock: Stock): Promise<Stock> => {
  const news: News[] = [
    ...[...stock.made].map(([id, { fingerprint }]) => ({ id, fingerprint })),
    ...[...stock.changed].map(([id, { now }]) => ({ id, fingerprint: now.fingerprint })),
  ];
  if (news.length === 0 || news.length > askedInASweep) return stock;
  const answers = await inParallel(news, atATime, (each) => standsSo(desk, each));
  const stale = new Set(news.filter((_, index) => answers[index] === false).map(({ id }) => id));
  return {
    ...stock,
    made: new Map([...stock.made].filter(([id]) => !stale.has(id))),
    changed: new Map([...stock.changed].filter(([id]) => !stale.has(id))),
  };
};
