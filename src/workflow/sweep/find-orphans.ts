import { unlessUntold } from '../../core/governance-error.ts';
import { inParallel } from '../../core/in-parallel.ts';
import { rotated } from '../../core/lists.ts';
import type { Sighting } from '../../core/inventory/seen-exemption.ts';
import type { Desk } from '../desk.ts';
import type { SweepLook } from './look-around.ts';

const askedInASweep = 20;
const atATime = 8;

/** An assignment is gone only if Azure answers 404; without the permission to look, nothing is known. */
export const isGone = async (desk: Desk, assignmentId: string): Promise<boolean> => {
  return unlessUntold(async () => !(await desk.policies.assignmentExists(assignmentId)), false);
};

export type Orphans = {
  readonly orphans: readonly Sighting[];
  /** The assignments, by normal id, of which nothing is known yet. */
  readonly hidden: readonly string[];
};

/**
 * Known exemptions whose policy assignment existed at the last sweep and is gone now, confirmed by Azure. `suspects` are the normal ids of the
 * assignments that exemptions refer to and that are not visible.
 */
export const findOrphans = async (desk: Desk, look: SweepLook, suspects: Iterable<string>): Promise<Orphans> => {
  // Others in each sweep, so that assignments without an answer do not block the rest.
  const all = rotated([...new Set(suspects)].sort(), look.at);
  const asked = all.slice(0, askedInASweep);
  const answers = await inParallel(asked, atATime, (assignmentId) => isGone(desk, assignmentId));
  const gone = new Set(asked.filter((_, index) => answers[index] === true));
  return {
    orphans: gone.size === 0 ? [] : await desk.database.seen.on([...gone]),
    hidden: all.filter((each) => !gone.has(each)),
  };
};
