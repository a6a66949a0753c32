import { readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { isDay } from '../src/core/calendar.ts';
import { GovernanceError } from '../src/core/governance-error.ts';
import type { GovernanceRules } from '../src/core/governance/governance-rules.ts';
import {
  conditionWords,
  consequenceWords,
  defaultWords,
  reasonWords,
  retiredWords,
} from '../src/core/governance/governance-words.ts';
import { shadowedBy } from '../src/core/governance/governance-shadow.ts';
import { differenceLines, nothingReplayed, summaryLines, withReplayed } from '../src/core/replay/replay-words.ts';
import { readGovernance } from '../src/governance/governance-file.ts';
import { governanceJsonSchema } from '../src/governance/governance-schema.ts';
import { simulateGovernance, type SimulatedPeriod } from '../src/workflow/ledger/simulate-governance.ts';

const usage = `Usage:
  npm run governance -- check FILE    says what each rule does, or what is wrong with the file
  npm run governance -- simulate FILE [--from DAY] [--to DAY]
                                      says what the file would have changed for past requests; changes nothing
                                      (database by DATABASE_URL or DATA_DIR, days by TIME_ZONE, as 2026-11-21)
  npm run governance -- schema FILE   writes the JSON Schema for editors
Exit code: 0 done, whatever would differ; 1 the file has mistakes, or the database is missing or in use; 2 anything else.`;

/** The rules of a file; undefined after its mistakes were printed. */
const rulesIn = async (path: string): Promise<GovernanceRules | undefined> => {
  const read = readGovernance(await readFile(path, 'utf8'));
  if ('rules' in read) return read.rules;
  for (const { line, column, sentence } of read.problems)
    console.error(`${basename(path)}:${line}:${column} ${sentence}`);
  return undefined;
};

const check = async (path: string): Promise<boolean> => {
  const rules = await rulesIn(path);
  if (rules === undefined) return false;
  console.log('Tried from the top; the first rule that matches decides.\n');
  for (const [at, rule] of rules.rules.entries()) {
    console.log(`${at + 1}. ${rule.name} (line ${rule.line})`);
    console.log(`   when: ${conditionWords(rule.when)}`);
    console.log(`   then: ${consequenceWords(rule.then)}`);
    for (const sentence of retiredWords(rule.when)) console.log(`   RETIRED: ${sentence}`);
    const above = shadowedBy(rule, rules.rules);
    if (above !== undefined)
      console.log(`   NEVER REACHED: “${above.name}” (line ${above.line}) matches all of this first`);
  }
  for (const reason of rules.reasons)
    console.log(`Reason ${reason.id} (line ${reason.line})\n   ${reasonWords(reason)}`);
  console.log(`${rules.rules.length === 0 ? 'No rules. ' : ''}Defaults\n   ${defaultWords(rules)}`);
  return true;
};

const simulate = async (path: string, period: SimulatedPeriod): Promise<boolean> => {
  const rules = await rulesIn(path);
  if (rules === undefined) return false;
  // Loaded only here: without a database a check takes a third of the time.
  const { storeSettings, withStore } = await import('./with-store.ts');
  const { database, timeZone } = storeSettings();
  return withStore(database, async ({ store }) => {
    const replayed = await simulateGovernance({ timeZone, database: store }, rules, period);
    // Twice, because the numbers come first and the requests may be more than fit in memory.
    let tally = nothingReplayed;
    for await (const portion of replayed()) tally = withReplayed(tally, rules, portion);
    for (const line of summaryLines(rules, tally, timeZone)) console.log(line);
    for await (const portion of replayed()) for (const line of differenceLines(portion, timeZone)) console.log(line);
    return true;
  });
};

const writeSchema = async (path: string): Promise<boolean> => {
  await writeFile(path, `${JSON.stringify(governanceJsonSchema(), undefined, 2)}\n`);
  return true;
};

const chosen = (): (() => Promise<boolean>) | undefined => {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { from: { type: 'string' }, to: { type: 'string' } },
  });
  const [command, path, ...more] = positionals;
  const days = [values.from, values.to].filter((day) => day !== undefined);
  if (path === undefined || more.length > 0 || !days.every(isDay)) return undefined;
  if (command === 'simulate') return () => simulate(path, { fromDay: values.from, toDay: values.to });
  if (days.length > 0) return undefined;
  if (command === 'check') return () => check(path);
  return command === 'schema' ? () => writeSchema(path) : undefined;
};

try {
  const work = chosen();
  if (work === undefined) console.error(usage);
  process.exitCode = work === undefined ? 2 : (await work()) ? 0 : 1;
} catch (error) {
  if (!(error instanceof Error && 'code' in error)) throw error;
  const mistyped = String(error.code).startsWith('ERR_PARSE_ARGS');
  console.error(mistyped ? `${error.message}\n${usage}` : error.message);
  process.exitCode = error instanceof GovernanceError ? 1 : 2;
}
