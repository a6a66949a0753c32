import { randomUUID } from 'node:crypto';
import { temporaryPostgres, whyNoPostgres } from '../../simulator/temporary-postgres.ts';
import { openStore, type OpenStore } from '../../src/store/open-store.ts';
import { hash } from '../soak/outages.ts';
import { exemptionQuestions } from './exemption-questions.ts';
import { requestQuestions, type Question } from './list-questions.ts';
import { fillResources, resourceQuestions } from './resource-questions.ts';
import { fillExemptions } from './many-exemptions.ts';
import { fillRequests } from './many-requests.ts';

const size = 100_000;
const rounds = 20;
const usualMs = 300;

/** The beginning of the names of the questions to ask; empty: all of them. */
const wanted = process.argv.slice(3).find((word) => !word.startsWith('--')) ?? '';

const quantile = (sorted: readonly number[], part: number): number =>
  sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * part) - 1)] ?? Infinity;

/** Prints how long a question takes; false if it takes too long. The first time is not counted: it reads what nobody has read yet. */
const measure = async ({ name, ask, promisedMs = usualMs }: Question): Promise<boolean> => {
  const took: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const from = performance.now();
    await ask(round);
    if (round > 0) took.push(performance.now() - from);
  }
  took.sort((a, b) => a - b);
  const [p50, p95] = [quantile(took, 0.5), quantile(took, 0.95)];
  const isKept = p95 <= promisedMs;
  console.log(
    `${name.padEnd(76)} p50 ${p50.toFixed(0).padStart(5)} ms  p95 ${p95.toFixed(0).padStart(5)} ms${isKept ? '' : '  TOO SLOW'}`,
  );
  return isKept;
};

/** What is asked of a store, and what fills it for that. */
const subjects = (opened: OpenStore, now: Date) => [
  {
    fill: async () => {
      await fillRequests(opened, size, now);
      await opened.store.sweeps.followed(now);
    },
    questions: requestQuestions(opened, now),
  },
  { fill: () => fillExemptions(opened, size, now), questions: exemptionQuestions(opened, now) },
  { fill: () => fillResources(opened, size, now), questions: resourceQuestions(opened) },
];

const measureAll = async (opened: OpenStore, engine: string): Promise<boolean> => {
  const now = new Date();
  console.log(
    `${size.toLocaleString('en')} requests, exemptions and resources on ${engine}, each question ${rounds} times:`,
  );
  const kept: boolean[] = [];
  for (const { fill, questions } of subjects(opened, now)) {
    const asked = questions.filter(({ name }) => name.startsWith(wanted));
    if (asked.length > 0) await fill();
    for (const question of asked) kept.push(await measure(question));
  }
  return kept.length > 0 && kept.every(Boolean);
};

/** Whether every list is quick however many requests there are: on PostgreSQL, or with `--embedded` on the embedded engine. */
export const benchLists = async (): Promise<boolean> => {
  const options = { hash, newId: randomUUID };
  if (process.argv.includes('--embedded')) {
    const opened = await openStore({ dataDir: 'memory://', ...options });
    return measureAll(opened, 'the embedded engine').finally(() => opened.close());
  }
  const whyNot = await whyNoPostgres();
  if (whyNot !== undefined) throw new Error(whyNot);
  const { databaseUrl, remove } = await temporaryPostgres();
  const opened = await openStore({ databaseUrl, ...options });
  return measureAll(opened, 'PostgreSQL').finally(async () => {
    await opened.close();
    await remove();
  });
};
