import { parseArgs } from 'node:util';
import { whyNoSmallDisk } from '../simulator/small-disk.ts';
import { temporaryPostgres, whyNoPostgres } from '../simulator/temporary-postgres.ts';
import { runAlertSoak } from './soak/alerts.ts';
import { runFuzz } from './soak/fuzz.ts';
import { runCrashes, type CrashReport } from './soak/crash.ts';
import { runCrowd } from './soak/crowd/crowd.ts';
import { runFullDisk } from './soak/full-disk.ts';
import { runOutages } from './soak/outages.ts';
import { runRaces } from './soak/races.ts';

const usage = `npm run soak -- crash [--points 200] [--seed 1]
  Kills the app at random points between the click on Approve and the alert, and looks at what is left.
npm run soak -- crash --together [--points 8] [--seed 1]
  Kills the app while three people approve twenty requests at the same time; every press that was answered 200 must be decided, or its person told.
npm run soak -- alerts [--alerts 5000] [--seed 1]
  Kills two replicas at random while they post alerts into 25 channels, and counts what arrived.
npm run soak -- fuzz [--requests 100000] [--seed 1]
  Sends real activities with something wrong to the bot; it must answer each, change nothing and keep its memory. Needs no PostgreSQL.
npm run soak -- outages [--seconds 30]
  Takes the database, Azure and Teams away in turn while people are at work, and fills the disk of an embedded engine.
npm run soak -- races [--rounds 200] [--kills 50] [--seed 1]
  Lets people send, renew, change, adopt, approve, revoke and clean up the same exemptions at once on three processes, of which one is killed in some rounds.
All but fuzz need PostgreSQL as user postgres at 127.0.0.1:5432; its databases there are its own and are dropped.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    points: { type: 'string' },
    together: { type: 'boolean', default: false },
    alerts: { type: 'string', default: '5000' },
    requests: { type: 'string', default: '100000' },
    rounds: { type: 'string', default: '200' },
    kills: { type: 'string', default: '50' },
    seconds: { type: 'string', default: '30' },
    seed: { type: 'string', default: '1' },
  },
});

/** The tenant has resources for this many requests. */
const pointsOfAWorld = 25;

const batch = async (points: number, seed: number): Promise<CrashReport> => {
  const { databaseUrl, remove } = await temporaryPostgres();
  try {
    return await runCrashes({ databaseUrl, points, seed, tell: (line) => console.log(`  ${line}`) });
  } finally {
    await remove();
  }
};

const crash = async (points: number, firstSeed: number): Promise<boolean> => {
  let faults = 0;
  for (let done = 0, seed = firstSeed; done < points; seed += 1) {
    const report = await batch(Math.min(pointsOfAWorld, points - done), seed);
    done += report.kills;
    faults += report.faults.length;
    console.log(`Seed ${seed}: ${report.kills} kills, ${JSON.stringify(report.ends)}`);
    for (const fault of report.faults) console.log(`  FAULT ${fault}`);
  }
  console.log(faults === 0 ? 'Nothing was lost, doubled or written without a decision.' : `${faults} faults.`);
  return faults === 0;
};

/** Every second crowd meets two deaths, the second while the first is recovered from. */
const crowd = async (points: number, firstSeed: number): Promise<boolean> => {
  let faults = 0;
  for (let done = 0, seed = firstSeed; done < points; seed += 1) {
    const kills = Math.min(1 + (seed % 2), points - done);
    const { databaseUrl, remove } = await temporaryPostgres();
    const report = await runCrowd({ databaseUrl, seed, kills }).finally(remove);
    done += kills;
    faults += report.faults.length;
    console.log(
      `Seed ${seed}: ${kills} kills, ${report.acknowledged} presses answered 200, ${JSON.stringify(report.ends)}`,
    );
    for (const fault of report.faults) console.log(`  FAULT ${fault}`);
  }
  console.log(faults === 0 ? 'Every press that was answered 200 was decided or explained.' : `${faults} faults.`);
  return faults === 0;
};

const alerts = async (wanted: number, seed: number): Promise<boolean> => {
  const { databaseUrl, remove } = await temporaryPostgres();
  try {
    let [told, last] = [0, ''];
    const tell = (line: string): void => {
      if (line === last || Date.now() < told + 5000) return;
      [told, last] = [Date.now(), line];
      console.log(`  ${line}`);
    };
    const report = await runAlertSoak({
      databaseUrl,
      alerts: wanted,
      mostKills: Infinity,
      longestLifeMs: 20_000,
      seed,
      tell,
    });
    console.log(
      `${report.alerts} alerts, ${report.kills} kills, ${report.faults.length} faults; ${report.unknowns} attempts of unknown outcome, of which ${report.repeats} made an alert stand twice.`,
    );
    for (const fault of report.faults) console.log(`  FAULT ${fault}`);
    return report.faults.length === 0;
  } finally {
    await remove();
  }
};

const races = async (rounds: number, kills: number, seed: number): Promise<boolean> => {
  const { databaseUrl, remove } = await temporaryPostgres();
  try {
    const tell = (line: string): void => console.log(`  ${line}`);
    const report = await runRaces({ databaseUrl, rounds, kills, seed, tell });
    console.log(`${rounds} rounds ${JSON.stringify(report.rounds)}, ${report.presses} presses, ${report.kills} kills;`);
    console.log(`requests at the end ${JSON.stringify(report.ends)}; ${report.faults.length} faults.`);
    for (const fault of report.faults) console.log(`  BROKEN ${fault}`);
    return report.faults.length === 0;
  } finally {
    await remove();
  }
};

/** The heap may be this much larger at the end than after a fifth of the requests. */
const growthInBytes = 30 * 1024 * 1024;
const megabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(0)} MB`;

const fuzz = async (requests: number, seed: number): Promise<boolean> => {
  const { statuses, faults, heap } = await runFuzz({ requests, seed, tell: (line) => console.log(`  ${line}`) });
  console.log(`${requests} requests, ${JSON.stringify(statuses)}, ${faults.length} faults;`);
  console.log(`heap ${megabytes(heap.early)} after a fifth of them, ${megabytes(heap.late)} at the end.`);
  for (const fault of faults.slice(0, 50)) console.log(`  FAULT ${fault}`);
  return faults.length === 0 && heap.late - heap.early < growthInBytes;
};

/** Nobody waits longer for an answer, whatever is away: a list that Azure does not send is given up after 20 s. */
const longestWaitMs = 25_000;

const outages = async (seconds: number): Promise<boolean> => {
  const { databaseUrl, remove } = await temporaryPostgres();
  const whyNoDisk = await whyNoSmallDisk();
  try {
    const tell = (line: string): void => console.log(`  ${line}`);
    const away = await runOutages({ databaseUrl, seconds, requests: 3, hurries: false, tell });
    if (whyNoDisk !== undefined) console.log(whyNoDisk);
    const full = whyNoDisk === undefined ? await runFullDisk(seconds) : undefined;
    const waits = { ...away.waits, ...full?.waits };
    console.table(waits);
    const faults = [
      ...away.faults,
      ...(full?.faults ?? []),
      ...Object.entries(waits)
        .filter(([, { max }]) => max > longestWaitMs)
        .map(([name, { max }]) => `Without ${name} somebody waited ${max} ms.`),
    ];
    const acknowledged = away.acknowledged + (full?.acknowledged ?? 0);
    console.log(`${acknowledged} approvals were acknowledged; ${faults.length} faults.`);
    for (const fault of faults) console.log(`  FAULT ${fault}`);
    return faults.length === 0 && whyNoDisk === undefined;
  } finally {
    await remove();
  }
};

const [kind] = positionals;
const numbers = {
  points: Number(values.points ?? (values.together ? 8 : 200)),
  alerts: Number(values.alerts),
  requests: Number(values.requests),
  rounds: Number(values.rounds),
  kills: Number(values.kills),
  seconds: Number(values.seconds),
};
const seed = Number(values.seed);
const soaks: Readonly<Record<string, { readonly run: () => Promise<boolean>; readonly needsPostgres: boolean }>> = {
  crash: { run: () => (values.together ? crowd : crash)(numbers.points, seed), needsPostgres: true },
  alerts: { run: () => alerts(numbers.alerts, seed), needsPostgres: true },
  outages: { run: () => outages(numbers.seconds), needsPostgres: true },
  races: { run: () => races(numbers.rounds, numbers.kills, seed), needsPostgres: true },
  fuzz: { run: () => fuzz(numbers.requests, seed), needsPostgres: false },
};
const soak = soaks[kind ?? ''];
const whyNot = soak === undefined ? usage : soak.needsPostgres ? await whyNoPostgres() : undefined;
if (soak === undefined || whyNot !== undefined || ![...Object.values(numbers), seed].every(Number.isInteger)) {
  console.error(whyNot ?? usage);
  process.exitCode = 2;
} else if (!(await soak.run())) process.exitCode = 1;
