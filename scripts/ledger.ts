import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from 'pg-boss';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { isDay } from '../src/core/calendar.ts';
import { GovernanceError } from '../src/core/governance-error.ts';
import { openJobs } from '../src/jobs/open-jobs.ts';
import type { OpenStore } from '../src/store/open-store.ts';
import { checkLedger } from '../src/workflow/ledger/check-ledger.ts';
import { exportEvidence, type EvidenceSubject } from '../src/workflow/ledger/export-evidence.ts';
import { forgetPerson } from '../src/workflow/ledger/forget-person.ts';
import { appendHeads } from '../src/azure/ledger/append-heads.ts';
import { operatorCredential, storeSettings, withStore } from './with-store.ts';

const usage = `Usage (database by DATABASE_URL or DATA_DIR, published heads by EVIDENCE_CONTAINER_URL, days by TIME_ZONE):
  npm run ledger -- verify [--head HASH]
  npm run ledger -- export --request EX-… [--out DIR]
  npm run ledger -- export --from DAY --to DAY [--out DIR]      days as 2026-11-21
  npm run ledger -- forget OBJECT_ID
Exit code: 0 all well, 1 the ledger is not intact or nothing was done, 2 not understood.`;

type Work = (store: OpenStore) => Promise<boolean>;

const { database, evidenceContainer, timeZone } = storeSettings();
const now = () => new Date();

const verify =
  (head: string | undefined): Work =>
  async ({ store }) => {
    const published =
      evidenceContainer === undefined
        ? []
        : await appendHeads(evidenceContainer, { credential: operatorCredential(), now }).all();
    const known = head === undefined ? published : [...published, { hash: head }];
    const { whole, sentence } = await checkLedger(store.ledger, known);
    console.log(sentence);
    return whole;
  };

const takeEvidence =
  (subject: EvidenceSubject, folder: string): Work =>
  async ({ store }) => {
    const files = await exportEvidence({ now, timeZone, database: store }, subject);
    await mkdir(folder, { recursive: true });
    const [markdown, csv] = [join(folder, `${files.name}.md`), join(folder, `${files.name}.csv`)];
    // Whole or not at all: half a file would look like evidence.
    const unfinished = (path: string): string => `${path}.unfinished`;
    await writeFile(unfinished(markdown), files.markdown());
    await writeFile(unfinished(csv), files.csv());
    for (const path of [markdown, csv]) await rename(unfinished(path), path);
    console.log(`${files.rows} ${files.rows === 1 ? 'row' : 'rows'} of the ledger: ${markdown} and ${csv}`);
    console.log(files.check.sentence);
    return files.check.whole;
  };

const forget =
  (objectId: string): Work =>
  async ({ transaction, sqlForJobs, backend }) => {
    const log = { error: (_: object, message: string) => console.error(message) };
    const { queue, stop } = await openJobs({ sql: sqlForJobs, backend, clock: systemClock, pause, log });
    try {
      const done = await forgetPerson(
        { now, database: { transaction: (work) => transaction((store) => work({ ...store, jobs: queue })) } },
        objectId,
      );
      console.log(`Erased the name and text of ${objectId}: ${done.ledgerRows} rows of the ledger,`);
      console.log(
        `${done.requests.length} requests (${done.requests.join(', ') || 'none'}), ${done.drafts} drafts, ${done.subscriptions} subscriptions, ${done.chats} personal chats.`,
      );
      if (done.inAzure.length > 0)
        console.log(
          ['In Azure the description of these exemptions may still name them:', ...done.inAzure].join('\n  '),
        );
    } finally {
      await stop();
    }
    return true;
  };

const chosen = (): Work | undefined => {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      head: { type: 'string' },
      request: { type: 'string' },
      from: { type: 'string' },
      to: { type: 'string' },
      out: { type: 'string' },
    },
  });
  const [command, objectId, ...more] = positionals;
  const { head, request, from, to, out = '.' } = values;
  if (command === 'verify' && objectId === undefined) return verify(head);
  if (command === 'forget' && objectId !== undefined && more.length === 0) return forget(objectId);
  if (command !== 'export' || objectId !== undefined) return undefined;
  if (request !== undefined) return takeEvidence({ reference: request }, out);
  const isPeriod = from !== undefined && to !== undefined && isDay(from) && isDay(to);
  return isPeriod ? takeEvidence({ fromDay: from, toDay: to }, out) : undefined;
};

try {
  const work = chosen();
  if (work === undefined) console.error(usage);
  process.exitCode = work === undefined ? 2 : (await withStore(database, work)) ? 0 : 1;
} catch (error) {
  const mistyped = error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
  if (!mistyped && !(error instanceof GovernanceError)) throw error;
  console.error(mistyped ? `${error.message}\n${usage}` : (error as Error).message);
  process.exitCode = mistyped ? 2 : 1;
}
