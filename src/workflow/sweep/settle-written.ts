import type { Actor } from '../../core/person.ts';
import { unlessUntold } from '../../core/governance-error.ts';
import { inParallel } from '../../core/in-parallel.ts';
import { rotated } from '../../core/lists.ts';
import { judgeWritten, type WrittenExemption } from '../../core/inventory/written-exemption.ts';
import type { Desk } from '../desk.ts';
import { createLister, referenceBehind, standing } from '../plan/list-facts.ts';
import { noteGone } from '../record/note-gone.ts';
import type { SweepLook } from './look-around.ts';
import type { Stock } from './take-stock.ts';

const askedInASweep = 100;
const atATime = 8;

/**
 * Compares what recorded steps wrote lately with what this sweep found. Where Resource Graph shows something else, Resource Manager decides what
 * lists show; where it does not answer, that stays as it was written.
 */
export const settleWritten = async (desk: Desk, actor: Actor, look: SweepLook, stock: Stock): Promise<void> => {
  const { written } = desk.database;
  const { ask, leave } = judgeWritten(stock.written, stock.shown, look.at);
  const lister = createLister(desk, look);
  const settle = async (each: WrittenExemption): Promise<string[]> => {
    const answer = await unlessUntold(async () => ({ found: await desk.exemptions.read(each.exemptionId) }), undefined);
    if (answer === undefined) return [];
    const { found } = answer;
    const now =
      found === undefined ? undefined : lister.listingOf(standing(desk, found, await referenceBehind(desk, found)));
    return (await written.settle(each, now)) && now === undefined ? [each.exemptionId] : [];
  };
  const askedAt = desk.now();
  const gone = await inParallel(rotated(ask, look.at).slice(0, askedInASweep), atATime, settle);
  await noteGone(desk, actor, gone.flat(), askedAt);
  await written.leave(leave);
};
