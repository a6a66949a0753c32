import { unlessUntold } from '../../core/governance-error.ts';
import { inParallel } from '../../core/in-parallel.ts';
import type { Sighting } from '../../core/inventory/seen-exemption.ts';
import type { Desk } from '../desk.ts';
import type { SweepLook } from './look-around.ts';
import type { Stock } from './take-stock.ts';

const askedInASweep = 20;
const atATime = 8;

/** An assignment is gone only if Azure answers 404; without the permission to look, nothing is known. */
export const isGone = async (desk: Desk, assignmentId: string): Promise<boolean> => {
  return unlessUntold(async () => !(await desk.policies.assignmentExists(assignmentId)), false);
};

/** Some of the assignments, others in each sweep, so that assignments without an answer do not block the rest. */
const someOf = (assignmentIds: readonly string[], { at }: SweepLook): string[] => {
  const start = Math.floor(at.getTime() / 60_000) % Math.max(1, assignmentIds.length);
  return [...assignmentIds.slice(start), ...assignmentIds.slice(0, start)].slice(0, askedInASweep);
};

/** Known exemptions whose policy assignment existed at the last sweep and is gone now, confirmed by Azure. */
export const findOrphans = async (desk: Desk, look: SweepLook, stock: Stock): Promise<Sighting[]> => {
  const suspects = someOf([...stock.withoutAssignment.keys()].sort(), look);
  const gone = await inParallel(suspects, atATime, (assignmentId) => isGone(desk, assignmentId));
  const ids = suspects
    .filter((_, index) => gone[index] === true)
    .flatMap((assignmentId) => stock.withoutAssignment.get(assignmentId) ?? []);
  return ids.length === 0 ? [] : desk.database.seen.find(ids);
};
