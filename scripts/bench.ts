import { benchAlerts } from './bench/alerts.ts';
import { benchFlood } from './bench/flood.ts';
import { benchIdle } from './bench/idle.ts';
import { benchLists } from './bench/lists.ts';
import { benchStart } from './bench/start.ts';
import { benchSweep } from './bench/sweep.ts';
import { benchTurns } from './bench/turns.ts';

/** Each measures one thing, prints it, and returns false if a promise was not kept. */
const benches: Readonly<Record<string, { readonly says: string; readonly run: () => Promise<boolean> }>> = {
  start: { says: 'how large the production installation is, how soon it is ready and what it holds', run: benchStart },
  alerts: { says: 'how fast alerts go out, with a Teams that enforces its limits', run: benchAlerts },
  flood: {
    says: 'how long an approval takes while somebody else presses hundreds of buttons',
    run: benchFlood,
  },
  idle: {
    says: 'how many transactions and how much processor time a second costs while nobody asks for anything (--minutes=5)',
    run: benchIdle,
  },
  lists: {
    says: 'how long every list of requests and exemptions takes where there are 100,000 of each (--embedded: on the embedded engine)',
    run: benchLists,
  },
  sweep: {
    says: 'what a sweep of 100,000 exemptions takes, and whether that grows with their number only',
    run: benchSweep,
  },
  turns: {
    says: 'how many calls to Azure each turn makes and waits for at 7, 30 and 300 subscriptions (--sizes=7,1000), and for how long the process does only one thing',
    run: benchTurns,
  },
};

const bench = benches[process.argv[2] ?? ''];
if (bench === undefined) {
  console.error('npm run bench -- NAME');
  for (const [name, { says }] of Object.entries(benches)) console.error(`  ${name}  ${says}`);
  process.exitCode = 2;
} else if (!(await bench.run())) process.exitCode = 1;
