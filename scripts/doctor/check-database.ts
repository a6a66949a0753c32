import type { OpenStore } from '../../src/store/open-store.ts';
import { troublesIn } from '../../src/core/status.ts';
import { takePulse } from '../../src/workflow/take-pulse.ts';
import { counted } from '../../src/cards/wording.ts';
import type { JobQueue } from '../../src/core/job-queue.ts';
import { look, well, wrong, type Finding } from './finding.ts';

export type OpenDatabase = {
  readonly opened: OpenStore;
  readonly jobs: JobQueue;
  readonly now: () => Date;
  readonly sweepMinutes: number;
};

/** The database, and that the ledger in it is whole. */
export const checkLedgerIn = async ({ opened: { store, backend } }: OpenDatabase): Promise<readonly Finding[]> => {
  const [head, fault] = [await store.ledger.head(), await store.ledger.verify()];
  return [
    well(
      'Database',
      backend === 'postgres'
        ? 'PostgreSQL answers, its tables are up to date'
        : 'the embedded engine, its tables are up to date',
    ),
    fault === undefined
      ? well('Ledger', head === undefined ? 'empty' : `whole, ${head.sequence} rows`)
      : wrong('Ledger', 'it was altered', 'Say: npm run ledger -- verify; it names the row (docs/ledger.md).'),
  ];
};

/** How the running bot does, as it has left it in the database. */
export const checkPulse = async ({ opened, jobs, now, sweepMinutes }: OpenDatabase): Promise<readonly Finding[]> => {
  const pulse = await takePulse({
    database: { ...opened.store, jobs, transaction: () => Promise.reject(new Error('Not here.')) },
    now,
    readOnly: false,
    sweepMinutes,
  });
  const undelivered = await opened.store.alerts.undelivered();
  const troubles = troublesIn({
    ...pulse,
    undelivered: undelivered.map(({ reason }) => ({ where: '', reason, count: 1 })),
  });
  return troubles.length === 0
    ? [well('The running bot', 'works')]
    : troubles.map((trouble) => look('The running bot', trouble, 'Say `status` to it in Teams for more.'));
};

const channelsOf = (subscriptions: readonly { readonly channelId: string }[]): number =>
  new Set(subscriptions.map(({ channelId }) => channelId)).size;

/** Whom the bot can reach. */
export const checkReach = async ({ opened: { store } }: OpenDatabase): Promise<readonly Finding[]> => {
  const [conversations, subscriptions] = [await store.conversations.all(), await store.subscriptions.all()];
  const people = conversations.filter(({ kind }) => kind === 'personal').length;
  const reached = new Set(conversations.filter(({ unreachable }) => unreachable === undefined).map(({ id }) => id));
  const approvals = subscriptions.filter(({ kind }) => kind === 'approvals');
  const deaf = subscriptions.filter(({ channelId }) => !reached.has(channelId));
  return [
    people === 0
      ? look('Personal chats', 'none', 'Install the app for people by a setup policy (docs/install.md, step 6).')
      : well('Personal chats', `${counted(people, 'person', 'people')} can be written to`),
    approvals.length === 0
      ? look(
          'Approvals',
          'no channel takes them',
          'Say in a channel of approvers: @Exemption Desk approvals here for <scope>',
        )
      : well('Approvals', `taken by ${counted(channelsOf(approvals), 'channel')}`),
    ...(deaf.length === 0
      ? []
      : [
          look(
            'Channels',
            `${counted(channelsOf(deaf), 'channel')} not to be reached any more`,
            'Add the app to these teams again, or say there: unsubscribe',
          ),
        ]),
  ];
};
