import { parseArgs } from 'node:util';
import { temporaryPostgres, whyNoPostgres } from '../simulator/temporary-postgres.ts';
import { runCrashes, type CrashReport } from './soak/crash.ts';

const usage = `npm run soak -- crash [--points 200] [--seed 1]
  Kills the app at random points between the click on Approve and the alert, and looks at what is left.
  Needs PostgreSQL as user postgres at 127.0.0.1:5432; its databases there are its own and are dropped.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { points: { type: 'string', default: '200' }, seed: { type: 'string', default: '1' } },
});

/** The tenant has resources for so many requests. */
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

const [kind] = positionals;
const points = Number(values.points);
const seed = Number(values.seed);
const whyNot = kind === 'crash' ? await whyNoPostgres() : usage;
if (whyNot !== undefined || !Number.isInteger(points) || !Number.isInteger(seed)) {
  console.error(whyNot ?? usage);
  process.exitCode = 2;
} else if (!(await crash(points, seed))) process.exitCode = 1;
