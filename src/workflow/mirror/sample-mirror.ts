import { dayIn } from '../../core/calendar.ts';
import { mirrorParts, type MirrorPart } from '../../core/mirror/mirror-lives.ts';
import { attemptAll } from '../attempt-all.ts';
import type { Desk } from '../desk.ts';

type Sampling = Pick<Desk, 'mirrorSource' | 'now' | 'timeZone' | 'hash' | 'observe'> & {
  readonly database: Pick<Desk['database'], 'mirror' | 'alerts'>;
};

/** Of a part that is read slice by slice, so many are compared in a night. */
export const slicesSampled = 5;

/** Other slices each day, the same ones if the sample is repeated. */
const sampleOf = ({ hash }: Pick<Desk, 'hash'>, slices: readonly string[], day: string): string[] =>
  slices
    .map((slice) => ({ slice, order: hash(`${day} ${slice}`) }))
    .toSorted((a, b) => (a.order < b.order ? -1 : 1))
    .slice(0, slicesSampled)
    .map(({ slice }) => slice);

const textsOf = (rows: readonly unknown[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const row of rows) {
    const text = sorted(row);
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return counts;
};

/** As JSON with the members in one order, because the database keeps them in another than Azure. */
const sorted = (value: unknown): string =>
  JSON.stringify(value, (_key, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );

/** How many rows are only in one of the two lists. */
const difference = (kept: readonly unknown[], live: readonly unknown[]): number => {
  const [ours, theirs] = [textsOf(kept), textsOf(live)];
  return [...new Set([...ours.keys(), ...theirs.keys()])].reduce(
    (sum, text) => sum + Math.abs((ours.get(text) ?? 0) - (theirs.get(text) ?? 0)),
    0,
  );
};

const sample = async (desk: Sampling, part: MirrorPart, day: string): Promise<void> => {
  const { mirror } = desk.database;
  const slices = (await mirror.batches(part)).map(({ slice }) => slice);
  for (const slice of sampleOf(desk, slices, day)) {
    const [kept, live] = [await mirror.inSlice(part, slice), await desk.mirrorSource.read(part, slice)];
    const rows = difference(
      kept,
      live.map(({ data }) => data),
    );
    desk.observe({ what: 'mirror-drift', part, rows });
  }
};

/** Compares once a day, in the first minute of the day, what lists use with what Azure says at that moment, and counts the rows that differ; then tidies up. */
export const sampleMirror = async (desk: Sampling): Promise<void> => {
  const now = desk.now();
  const day = dayIn(now, desk.timeZone);
  if (!(await desk.database.alerts.claim('database', 'sample mirror', [day], now))) return;
  await attemptAll([...mirrorParts.map((part) => () => sample(desk, part, day)), desk.database.mirror.tidy]);
};
