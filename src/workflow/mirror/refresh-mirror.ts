import { inParallel } from '../../core/in-parallel.ts';
import type { MirrorBatch } from '../../core/mirror/mirror.ts';
import { isDue, mirrorParts, slicesAtOnce, type MirrorPart } from '../../core/mirror/mirror-lives.ts';
import { attemptAll } from '../attempt-all.ts';
import type { Desk } from '../desk.ts';

/** What the refreshing of the mirror needs of the desk. */
export type Refreshing = Pick<Desk, 'mirrorSource' | 'now'> & {
  readonly database: Pick<Desk['database'], 'mirror'>;
};

const atATime = 8;

/** The slices that are due, as many as one refresh reads: first those that were never read, then the oldest. The others are read in the next minute. */
const dueSlices = async (
  { database, mirrorSource, now }: Refreshing,
  part: MirrorPart,
  batches: readonly MirrorBatch[],
): Promise<string[]> => {
  const slices = await mirrorSource.slices(part);
  const readAt = new Map(batches.map((each) => [each.slice, each.readAt]));
  const listed = new Set(slices);
  if (batches.some(({ slice }) => !listed.has(slice))) await database.mirror.keepOnly(part, slices);
  const age = (slice: string): number => readAt.get(slice)?.getTime() ?? 0;
  return slices
    .filter((slice) => isDue(part, readAt.get(slice), now()))
    .toSorted((a, b) => age(a) - age(b))
    .slice(0, slicesAtOnce(part));
};

/** Reads what is due of a part. What could not be read stays as it was; throws only if nothing could be read. */
const refresh = async (desk: Refreshing, part: MirrorPart, batches: readonly MirrorBatch[]): Promise<void> => {
  const due = await dueSlices(desk, part, batches);
  const failures: unknown[] = [];
  await inParallel(due, atATime, async (slice) => {
    try {
      const rows = await desk.mirrorSource.read(part, slice);
      await desk.database.mirror.replace(part, slice, rows, desk.now());
    } catch (error) {
      failures.push(error);
    }
  });
  if (failures.length > 0 && failures.length === due.length) throw failures[0];
};

/** Reads from Azure, for the lists of everybody, what of the tenant was not read for long enough. Runs in the tick of each minute. */
export const refreshMirror = async (desk: Refreshing): Promise<void> => {
  const batches = Map.groupBy(await desk.database.mirror.allBatches(), ({ part }) => part);
  await attemptAll(mirrorParts.map((part) => () => refresh(desk, part, batches.get(part) ?? [])));
};
