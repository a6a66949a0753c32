import { parseArgs } from 'node:util';
import { startSurroundings, type Surroundings } from '../../simulator/start.ts';
import { temporaryPostgres, whyNoPostgres } from '../../simulator/temporary-postgres.ts';
import { settingIn } from '../soak/outages.ts';
import { startSmallProcess } from './small-process.ts';
import { turnsOf, type Turn } from './turns-of-people.ts';
import type { TurnsAnswer, TurnsOrder } from './turns-process.ts';

const minuteMs = 60_000;
/** How long it must be quiet before a round of calls counts as complete, in turns of 5 ms: the product is another process. */
const quietTurns = 100;
const warmLists = 11;
const longestStretchMs = 50;
const largestRatio = 1.5;

type Stage = Surroundings & {
  readonly ask: (order: TurnsOrder) => Promise<TurnsAnswer>;
  readonly forward: (ms: number) => Promise<void>;
};
type Finding = { readonly text: string; readonly isKept: boolean };

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

/** Milliseconds in which the simulated Azure had a call to answer. */
const busyMs = (calls: readonly { readonly from: number; readonly until: number }[]): number => {
  let [busy, end] = [0, -Infinity];
  for (const { from, until } of calls.toSorted((a, b) => a.from - b.from)) {
    busy += Math.max(0, until - Math.max(from, end));
    end = Math.max(end, until);
  }
  return busy;
};

const stretchOf = async ({ ask }: Stage): Promise<number> => (await ask({ do: 'stretch' })).longestMs ?? 0;

const countCalls = async (stage: Stage, { name, mostInRow, most, act }: Turn): Promise<Finding> => {
  // What lists remember runs out; what is read for everybody is read again, and does not count as known to a list.
  await stage.forward(6 * minuteMs);
  await stage.ask({ do: 'tick' });
  await stage.forward(2 * minuteMs);
  await stage.ask({ do: 'idle' });
  await stretchOf(stage);
  stage.azure.rounds.start(quietTurns);
  await act(stage);
  const rounds = stage.azure.rounds.stop();
  const longest = await stretchOf(stage);
  await stage.ask({ do: 'idle' });
  const calls = rounds.flat().length;
  const isKept = rounds.length <= mostInRow && calls <= most && longest <= longestStretchMs;
  return {
    text: `${name.padEnd(24)} ${String(calls).padStart(3)} calls (≤ ${most}), ${rounds.length} in a row (≤ ${mostInRow}), longest stretch ${longest.toFixed(0)} ms`,
    isKept,
  };
};

type Warm = { readonly ms: number; readonly cpuMs: number };

/**
 * A list of somebody with two resource groups, whose rows are asked for anew: the median time without that of the simulated Azure, and the median processor
 * time of the product, which does not depend on what else the machine does.
 */
const warmList = async (stage: Stage): Promise<Warm> => {
  const { forward, teams, azure, ask } = stage;
  const took: Warm[] = [];
  for (let index = 0; index <= warmLists; index += 1) {
    await forward(minuteMs / 2 + 1000);
    await ask({ do: 'stretch' });
    const before = azure.requests().length;
    const from = performance.now();
    await teams.say('alice', 'personal', 'recommendations');
    const all = performance.now() - from;
    const { cpuMs = 0 } = await ask({ do: 'stretch' });
    // Groups and roles run out after five minutes; those lists are not warm.
    const calls = azure.requests().slice(before);
    if (calls.length === 1) took.push({ ms: all - busyMs(calls), cpuMs });
  }
  return { ms: median(took.map(({ ms }) => ms)), cpuMs: median(took.map(({ cpuMs }) => cpuMs)) };
};

const measureJob = async (stage: Stage, name: string): Promise<Finding> => {
  await stretchOf(stage);
  await stage.ask({ do: 'tick' });
  const longest = await stretchOf(stage);
  return { text: `${name.padEnd(24)} longest stretch ${longest.toFixed(0)} ms`, isKept: longest <= longestStretchMs };
};

const benchAt = async (subscriptions: number): Promise<{ readonly findings: Finding[]; readonly warm: Warm }> => {
  const { databaseUrl, remove } = await temporaryPostgres();
  const product = startSmallProcess<TurnsOrder, TurnsAnswer>('./turns-process.ts');
  let url = '';
  const wish = subscriptions <= 7 ? {} : ({ tenant: 'fabrikam', subscriptions } as const);
  const answered = async (conversation: string): Promise<void> => {
    await product.ask({ answered: conversation });
  };
  const around = await startSurroundings({ ...wish, answered }, () => url);
  const forward = async (ms: number): Promise<void> => {
    await around.clock.advance(`PT${ms / 1000}S`);
    await product.ask({ forwardMs: ms });
  };
  const stage: Stage = { ...around, ask: product.ask, forward };
  try {
    url = (await product.ask({ start: settingIn(around, { url: databaseUrl }), aheadMs: 0 })).url ?? '';
    await around.teams.installAll();
    // The first card of a process loads what draws cards.
    await around.teams.say('alice', 'personal', 'help');
    await around.teams.say('alice', 'personal', 'recommendations');
    const findings = [await measureJob(stage, 'first reading')];
    await forward(3 * minuteMs);
    for (const turn of turnsOf(subscriptions <= 7)) findings.push(await countCalls(stage, turn));
    await forward(6 * minuteMs);
    await product.ask({ do: 'tick' });
    const warm = await warmList(stage);
    await forward(6 * minuteMs);
    findings.push(await measureJob(stage, 'a minute with a sweep'));
    return { findings, warm };
  } finally {
    await product.close();
    await around.teams.close();
    await around.azure.close();
    await remove();
  }
};

/** How many calls to Azure each turn makes and waits for, for how long the process does one thing only, and whether lists grow with the tenant. */
export const benchTurns = async (): Promise<boolean> => {
  const whyNot = await whyNoPostgres();
  if (whyNot !== undefined) throw new Error(whyNot);
  const { values } = parseArgs({ options: { sizes: { type: 'string', default: '7,30,300' } }, strict: false });
  let isKept = true;
  let first: Warm | undefined;
  for (const size of String(values.sizes).split(',').map(Number)) {
    const { findings, warm } = await benchAt(size);
    first ??= warm;
    const ratio = warm.cpuMs / first.cpuMs;
    console.log(`\n${size} subscriptions`);
    for (const { text, isKept: one } of findings) console.log(`  ${text}${one ? '' : '  <- outside'}`);
    console.log(
      `  warm recommendations     ${warm.cpuMs.toFixed(0)} ms of processor time, ${ratio.toFixed(2)} × the smallest (≤ ${largestRatio}); ${warm.ms.toFixed(0)} ms in all`,
    );
    isKept &&= findings.every((each) => each.isKept) && ratio <= largestRatio;
  }
  return isKept;
};
