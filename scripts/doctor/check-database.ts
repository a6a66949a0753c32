import type { OpenStore } from '../../src/store/open-store.ts';
import { keptDays } from '../../src/core/ledger/retention.ts';
import { troublesIn } from '../../src/core/desk/status.ts';
import { readingIn } from '../../src/core/inventory/sweep.ts';
import { neverCompares, sweepReadingWords } from '../../src/core/inventory/sweep-reading-words.ts';
import { takePulse } from '../../src/workflow/operate/take-pulse.ts';
import { counted } from '../../src/core/first-few.ts';
import type { PublishedHeads } from '../../src/core/ledger/published-heads.ts';
import { mayDoToLedger } from '../../src/store/ledger/guard-ledger.ts';
import { lookAtPublishedHeads } from '../../src/workflow/ledger/publish-ledger-head.ts';
import type { JobQueue } from '../../src/core/desk/job-queue.ts';
import { look, well, wrong, type Finding } from './finding.ts';

export type OpenDatabase = {
  readonly opened: OpenStore;
  readonly jobs: JobQueue;
  readonly now: () => Date;
  readonly sweepMinutes: number;
  readonly publishedHeads: PublishedHeads;
};

/** Checks the database, and that its ledger is intact. */
export const checkLedgerIn = async ({ opened: { store, backend } }: OpenDatabase): Promise<readonly Finding[]> => {
  const [head, fault] = [await store.ledger.head(), await store.ledger.verify()];
  return [
    well(
      'Database',
      backend === 'postgres'
        ? 'PostgreSQL answers; its tables are up to date'
        : 'the embedded engine; its tables are up to date',
    ),
    fault === undefined
      ? well('Ledger', head === undefined ? 'empty' : `intact, ${head.sequence} rows`)
      : wrong('Ledger', 'it was altered', 'Run: npm run ledger -- verify; it names the row (docs/ledger.md).'),
  ];
};

/** Reports whether the role of the app may do more with rows of the ledger than read and add them. */
export const checkGuard = async ({ opened: { backend, sqlForJobs } }: OpenDatabase): Promise<readonly Finding[]> => {
  if (backend === 'pglite') return [];
  const about = 'Rows of the ledger';
  const more = await mayDoToLedger((text, values) => sqlForJobs.executeSql(text, values));
  return [
    more.length === 0
      ? well(about, 'the role in DATABASE_URL can only read and add them')
      : look(
          about,
          `the role in DATABASE_URL may also ${more.join(', ')} them`,
          'Let another role own the tables: npm run migrate -- --grant ROLE (docs/ledger.md).',
        ),
  ];
};

/** Reports where heads of the ledger are published, how old the last one is, and whether the ledger still has all of them. */
export const checkPublished = async ({ opened, publishedHeads }: OpenDatabase): Promise<readonly Finding[]> => {
  const about = 'Published heads';
  if (publishedHeads.kind === 'output')
    return [
      look(
        about,
        'printed on standard output only, which holds as long as the place where it is collected',
        'Set EVIDENCE_CONTAINER_URL to a container that nobody can change (docs/ledger.md).',
      ),
    ];
  const { last } = await lookAtPublishedHeads({ database: { ledger: opened.store.ledger }, publishedHeads });
  const fault = await opened.store.ledger.verify(await publishedHeads.all());
  if (fault !== undefined)
    return [wrong(about, 'the ledger does not have all of them', 'Run: npm run ledger -- verify (docs/ledger.md).')];
  return [
    last === undefined
      ? look(about, 'none yet', 'The running bot publishes the first one within a minute.')
      : well(about, `the ledger has all of them, the last from ${last.at.toISOString().slice(0, 16)} UTC`),
  ];
};

/** Reports the health of the running bot, as stored in the database. */
export const checkPulse = async ({
  opened,
  jobs,
  now,
  sweepMinutes,
  publishedHeads,
}: OpenDatabase): Promise<readonly Finding[]> => {
  const pulse = await takePulse({
    database: { ...opened.store, jobs, transaction: () => Promise.reject(new Error('Not here.')) },
    now,
    publishedHeads,
    readOnly: false,
    sweepMinutes,
  });
  const { places, unreached } = await opened.store.alerts.undelivered();
  const troubles = troublesIn({
    ...pulse,
    // Azure has checks of its own.
    azure: [],
    subscriptions: undefined,
    undelivered: { places, worst: [] },
    unreached,
  });
  const waiting =
    unreached.people === 0
      ? []
      : [
          look(
            'Not reachable',
            `${counted(unreached.people, 'person', 'people')} without a personal chat; ${counted(unreached.messages, 'message waits', 'messages wait')} for them`,
            'Ask them to begin a chat with the bot, or install it for everybody in the Teams admin centre.',
          ),
        ];
  const running =
    troubles.length === 0
      ? [well('The running bot', 'works')]
      : troubles.map((trouble) => look('The running bot', trouble, 'Say `status` to it in Teams for more.'));
  return [...running, ...waiting];
};

/** Reports how the last sweep read exemptions, and whether this tenant lets sweeps compare when they were changed. */
export const checkReading = async ({ opened: { store } }: OpenDatabase): Promise<readonly Finding[]> => {
  const about = 'Exemptions';
  const reading = readingIn(await store.sweeps.progress());
  if (reading === undefined) return [look(about, 'not read yet', 'The running bot reads them within a minute.')];
  const words = sweepReadingWords(reading, 'UTC');
  return [
    neverCompares(reading)
      ? look(about, words, 'It works, and every sweep reads all of them (docs/sweep.md, “When nothing changed”).')
      : well(about, words),
  ];
};

/** Checks whether activities arrive from Teams: no other check proves that. */
export const checkHeard = async ({ opened }: OpenDatabase): Promise<readonly Finding[]> => {
  const about = 'Heard from Teams';
  const last = await opened.lastHeard();
  if (last !== undefined) return [well(about, `last at ${last.toISOString().slice(0, 16).replace('T', ' ')} UTC`)];
  const places = (await opened.store.conversations.count()).all;
  const remedy = 'Say `help` to the bot in Teams. If no answer comes, see Bot registration above.';
  return [
    places === 0
      ? look(about, 'never', remedy)
      : look(
          about,
          `nothing for ${keptDays['answered-activities']} days, but before that from ${counted(places, 'chat or channel', 'chats and channels')}`,
          remedy,
        ),
  ];
};

const personalChats = (reachable: number, lost: number): Finding => {
  const about = 'Personal chats';
  const remedy = 'Install the app for people by a setup policy (docs/install.md, step 6).';
  if (reachable + lost === 0) return look(about, 'none', remedy);
  const seen = `${counted(reachable, 'person', 'people')} can be written to`;
  return lost === 0
    ? well(about, seen)
    : look(about, `${seen}, ${lost} no longer`, `They left or removed the app. ${remedy}`);
};

/** Reports which people can be reached. */
export const checkReach = async ({ opened: { store } }: OpenDatabase): Promise<readonly Finding[]> => {
  const [chats, channels] = [await store.conversations.count(), await store.subscriptions.count()];
  return [
    personalChats(chats.personal - chats.lost, chats.lost),
    channels.approvals === 0
      ? look(
          'Approvals',
          'no channel receives them',
          'Say in a channel of approvers: @Exemption Desk approvals here for <scope>',
        )
      : well('Approvals', `received by ${counted(channels.approvals, 'channel')}`),
    ...(channels.unreachable === 0
      ? []
      : [
          look(
            'Channels',
            `${counted(channels.unreachable, 'channel')} can no longer be reached`,
            'Add the app to these teams again, or say there: unsubscribe',
          ),
        ]),
  ];
};
