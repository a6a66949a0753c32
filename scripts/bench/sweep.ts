import { parseArgs } from 'node:util';
import { temporaryPostgres, whyNoPostgres } from '../../simulator/temporary-postgres.ts';
import { growth, isLinear, perThousand, type Point } from './growth.ts';
import { startLargeAzure, type LargeAzure } from './large-azure.ts';
import { createLargeTenant, type LargeTenant } from './large-tenant.ts';
import { exemptionApiVersion } from '../../src/azure/policy/hidden-members.ts';
import type { ListingAnswer, ListingOrder } from './listing-process.ts';
import type { Measured } from './measure.ts';
import { rowsReadByTable } from './rows-read.ts';
import { heapLimitInMb, startSmallProcess } from './small-process.ts';
import type { SweepAnswer, SweepOrder } from './sweep-process.ts';

const usualSizes = [25_000, 50_000, 100_000];
const perSubscription = 100;
/** The time between two sweeps in production; anything cached for less is read again. */
const usualMs = 5 * 60_000;
const hourMs = 60 * 60_000;
/** Promised of an estate in which nothing changes. */
const mostQuestions = 5;
/** Of the 15 questions that Resource Graph answers in 5 seconds, a sweep leaves 5 to people. */
const shareOfQuota = { questions: 10, ms: 5000 };
/** Promised of a sweep that reads everything: so many times as long as its share of the quota takes. */
const mostOverQuota = 1.05;
const everyChanged = 100;
/** Less than Azure takes for an answer, but it counts: the comparison must not be between two computers. */
const latencyMs = 50;

type Row = {
  readonly what: string;
  readonly size: number;
  readonly requests: number;
  readonly measured: Measured;
};

const thousands = (count: number): string => count.toLocaleString('en');
const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

const print = ({ what, size, requests, measured }: Row): void => {
  const cells = [
    thousands(size).padStart(7),
    what.padEnd(34),
    `${thousands(requests)} requests`.padStart(14),
    seconds(measured.ms).padStart(8),
    `${perThousand({ size, cost: measured.ms }).toFixed(1)} ms for 1,000`.padStart(20),
    `${seconds(measured.cpuMs)} CPU`.padStart(11),
    `heap ${measured.peakHeap.toFixed(0)} MB at most, ${measured.heapAfter.toFixed(0)} MB after`,
  ];
  console.log(cells.join('  '));
};

type Desk = {
  readonly tenant: LargeTenant;
  readonly azure: LargeAzure;
  /** Runs one sweep so long after the one before; prints and returns the measurement. */
  readonly sweep: (what: string, afterMs?: number) => Promise<Row>;
};

/** A large tenant, and the app in a separate process. */
const withDesk = async <Result>(
  tenant: LargeTenant,
  databaseUrl: string,
  work: (desk: Desk) => Promise<Result>,
): Promise<Result> => {
  const size = tenant.exemptions;
  const azure = await startLargeAzure(tenant);
  const app = startSmallProcess<SweepOrder, SweepAnswer | 'done'>('./sweep-process.ts');
  try {
    await app.ask({ start: { azureUrl: azure.url, databaseUrl } });
    const sweep = async (what: string, afterMs = usualMs): Promise<Row> => {
      // Each minute's work keeps these for lists, whatever the sweep does.
      await app.ask({ mirrorAfterMs: afterMs });
      azure.takeCalls();
      const answer = await app.ask({ sweep: true });
      if (answer === 'done' || answer.known !== size) throw new Error('The sweep did not see every exemption.');
      // What waits for Teams would be read again and again, and that is not what is measured.
      if (answer.unposted > 0) throw new Error(`${answer.unposted} alerts of the sweep could not be posted.`);
      const calls = [...azure.takeCalls()].filter(([name]) => name !== 'Teams');
      const row = { what, size, requests: calls.reduce((sum, [, count]) => sum + count, 0), measured: answer.measured };
      print(row);
      return row;
    };
    return await work({ tenant, azure, sweep });
  } finally {
    await app.close();
    await azure.close();
  }
};

const listEach = async ({ tenant, azure }: Desk, atATime: number): Promise<Row> => {
  const script = startSmallProcess<ListingOrder, ListingAnswer>('./listing-process.ts');
  try {
    azure.takeCalls();
    const subscriptions = Array.from({ length: tenant.subscriptions }, (_, index) => tenant.subscriptionId(index));
    const { measured, found } = await script.ask({
      azureUrl: azure.url,
      apiVersion: exemptionApiVersion,
      subscriptions,
      atATime,
    });
    if (found !== tenant.exemptions) throw new Error(`The script found ${found} exemptions.`);
    const requests = azure.takeCalls().get('list of a subscription') ?? 0;
    const row = { what: `listing, ${atATime} at a time`, size: tenant.exemptions, requests, measured };
    print(row);
    return row;
  } finally {
    await script.close();
  }
};

/** The cost of the same by a script, if Azure takes its time for each answer; and whether a sweep uses its share of the quota. */
const compare = async (desk: Desk): Promise<boolean> => {
  desk.azure.beLikeAzure(latencyMs);
  console.log(`Where each answer of Azure takes ${latencyMs} ms, and Resource Graph's quota is 15 questions in 5 s:`);
  const sweep = await desk.sweep('sweep, everything read', 3 * hourMs);
  const overQuota = sweep.measured.ms / ((sweep.requests / shareOfQuota.questions) * shareOfQuota.ms);
  console.log(`         that is ${overQuota.toFixed(2)} times what its share of the quota takes (≤ ${mostOverQuota})`);
  for (const atATime of [1, 8]) {
    const listing = await listEach(desk, atATime);
    const [requests, time] = [listing.requests / sweep.requests, listing.measured.ms / sweep.measured.ms];
    console.log(
      `         so listing ${atATime} at a time takes ${requests.toFixed(1)} times the requests and ${time.toFixed(1)} times the time of the sweep, and compares nothing`,
    );
  }
  return overQuota <= mostOverQuota;
};

type Size = {
  readonly size: number;
  readonly rows: readonly Row[];
  readonly rowsRead: number;
  readonly isQuick: boolean;
};

const tablesNamed = 3;

/** Where most of the reading is: what grows for each exemption reads something again and again. */
const printTables = (size: number, byTable: ReadonlyMap<string, number>): void => {
  const most = [...byTable].slice(0, tablesNamed).map(([name, read]) => `${name} ${(read / size).toFixed(0)}`);
  console.log(`${thousands(size).padStart(7)}  rows read for each exemption: ${most.join(', ')}`);
};

const compared = 'sweep, nothing changed';

const measureSize = async (size: number, isLargest: boolean): Promise<Size> => {
  const tenant = createLargeTenant(size / perSubscription, size, new Date());
  const database = await temporaryPostgres();
  try {
    const rows = await withDesk(tenant, database.databaseUrl, async (desk) => {
      const rows = [
        await desk.sweep('first sweep'),
        await desk.sweep(compared),
        await desk.sweep('sweep, everything read once an hour', hourMs),
      ];
      tenant.rename(everyChanged);
      rows.push(await desk.sweep('sweep, 1 % changed'));
      tenant.rename(1);
      return [...rows, await desk.sweep('sweep, everything changed')];
    });
    const byTable = await rowsReadByTable(database.databaseUrl);
    printTables(size, byTable);
    const read = [...byTable.values()].reduce((sum, each) => sum + each, 0);
    const isQuick = isLargest ? await withDesk(tenant, database.databaseUrl, compare) : true;
    return { size, rows, rowsRead: read, isQuick };
  } finally {
    await database.remove();
  }
};

/** Prints how a cost grows, and whether it grows only in proportion to the size. */
const judgeGrowth = (what: string, points: readonly Point[]): boolean => {
  const kept = isLinear(points);
  const each = points.map((point) => perThousand(point).toFixed(1)).join(', ');
  console.log(
    `${what}: ${each} for 1,000, from the smallest to the largest ${growth(points).toFixed(2)} times as much${kept ? '' : ': NOT LINEAR'}`,
  );
  return kept;
};

/** Not the time on the clock, which also shows what else the machine does. */
const judge = (sizes: readonly Size[]): boolean => {
  const kinds = [
    ...Map.groupBy(
      sizes.flatMap(({ rows }) => rows),
      ({ what }) => what,
    ),
  ];
  const kept = [
    ...kinds.flatMap(([what, rows]) => [
      judgeGrowth(
        `${what}, requests`,
        rows.map(({ size, requests }) => ({ size, cost: requests })),
      ),
      judgeGrowth(
        `${what}, ms of CPU`,
        rows.map(({ size, measured }) => ({ size, cost: measured.cpuMs })),
      ),
    ]),
    judgeGrowth(
      'all three, rows read in the database',
      sizes.map(({ size, rowsRead: cost }) => ({ size, cost })),
    ),
  ];
  const asked = Math.max(
    ...sizes.flatMap(({ rows }) => rows).flatMap(({ what, requests }) => (what === compared ? requests : [])),
  );
  const asksFew = asked <= mostQuestions;
  console.log(`At most ${asked} questions while nothing changes, of ${mostQuestions}${asksFew ? '' : ': NOT KEPT'}`);
  const peak = Math.max(...sizes.flatMap(({ rows }) => rows).map(({ measured }) => measured.peakHeap));
  const isSmall = peak <= heapLimitInMb;
  console.log(`At most ${peak.toFixed(0)} MB of heap, of ${heapLimitInMb}${isSmall ? '' : ': NOT KEPT'}`);
  return isSmall && asksFew && sizes.every(({ isQuick }) => isQuick) && kept.every(Boolean);
};

/** Sweeps tenants of growing size with the app on PostgreSQL, and lists the largest as a script would. */
export const benchSweep = async (): Promise<boolean> => {
  const whyNot = await whyNoPostgres();
  if (whyNot !== undefined) throw new Error(whyNot);
  const measuredSizes: Size[] = [];
  const { values } = parseArgs({ options: { sizes: { type: 'string' } }, allowPositionals: true });
  const sizes = values.sizes?.split(',').map(Number) ?? usualSizes;
  for (const size of sizes) measuredSizes.push(await measureSize(size, size === sizes.at(-1)));
  return judge(measuredSizes);
};
