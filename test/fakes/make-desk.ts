import { everyLedgerRow } from '../../scripts/soak/kept/every-ledger-row.ts';
import { createHash } from 'node:crypto';
import type { Conversation } from '../../src/core/chat/conversation.ts';
import type { Observed } from '../../src/core/observed.ts';
import type { Database } from '../../src/core/desk/store.ts';
import { createForesight } from '../../src/core/foresight.ts';
import { noteAnswers } from '../../src/workflow/ask-ahead.ts';
import { withoutFile } from '../../src/core/governance/governance-rules.ts';
import type { LedgerEvent } from '../../src/core/ledger/ledger.ts';
import type { PublishedHead } from '../../src/core/ledger/published-heads.ts';
import { keptHeads } from './kept-heads.ts';
import { jobHandlers } from '../../src/start/start-jobs.ts';
import { createCorrelation } from '../../src/observe/create-correlation.ts';
import type { OpenStore } from '../../src/store/open-store.ts';
import type { SweepingDesk } from '../../src/workflow/desk.ts';
import { wakeTargets } from '../../src/workflow/connect/wake-targets.ts';
import { observeDatabase } from '../../src/workflow/operate/observe-database.ts';
import { rememberUnreachable } from '../../src/workflow/operate/remember-unreachable.ts';
import { heedReadOnly, readOnlyNow } from '../../src/workflow/heed-read-only.ts';
import { alice, bob, carol, root, shopProd } from '../core/contoso.ts';
import { now as start } from '../core/policies.ts';
import { guarded } from './contact.ts';
import { FakeAccess } from './fake-access.ts';
import { fakeAzure } from './fake-azure.ts';
import { FakeJobs } from './fake-jobs.ts';
import { FakeTeams } from './fake-teams.ts';
import { FakeTenant } from './fake-tenant.ts';
import { Faults } from './faults.ts';
import { remembering } from './remembering.ts';
import { TestClock } from './test-clock.ts';
import { emptyStore } from './worker-store.ts';

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

/** What a test may choose; all else is as small as it can be. */
type Choices = Partial<
  Pick<
    SweepingDesk,
    | 'connections'
    | 'governance'
    | 'partialRights'
    | 'delegateGroups'
    | 'readOnly'
    | 'sweepMinutes'
    | 'alertsAtOnce'
    | 'timeZone'
  >
>;

/** A desk with everything around it in the hands of a test. */
export type TestDesk = {
  /** With the faults that the test has planned. */
  readonly desk: SweepingDesk;
  readonly clock: TestClock;
  readonly tenant: FakeTenant;
  readonly access: FakeAccess;
  readonly teams: FakeTeams;
  readonly jobs: FakeJobs;
  readonly faults: Faults;
  /** What was counted, said to the operator, and published. */
  readonly observed: readonly Observed[];
  readonly told: readonly string[];
  readonly heads: readonly PublishedHead[];
  /** Works on all jobs that wait. */
  readonly runJobs: () => Promise<void>;
  /** Everything in the ledger, oldest first. */
  readonly ledger: () => Promise<LedgerEvent[]>;
  /** From now on work that may only take some seconds takes longer. */
  readonly beLate: () => void;
  readonly meet: (...places: readonly Conversation[]) => Promise<void>;
};

const databaseOf = ({ store, transaction }: OpenStore, jobs: FakeJobs): Database => ({
  ...store,
  jobs,
  transaction: (work) => jobs.during(() => transaction((kept) => work({ ...kept, jobs }))),
});

const countingIds = (prefix: string) => {
  let count = 0;
  return (): string => `${prefix}${String((count += 1)).padStart(4, '0')}`;
};

/**
 * A desk on an empty database, with a fake Azure and a fake Teams, wired as the app wires the real ones. Alice may read one subscription, Bob and Carol
 * are security admins of everything, everybody else has no role.
 */
export const makeDesk = async (choices: Choices = {}): Promise<TestDesk> => {
  const clock = new TestClock(start);
  const tenant = new FakeTenant();
  const access = new FakeAccess(tenant);
  const [teams, jobs, faults] = [new FakeTeams(), new FakeJobs(), new Faults()];
  const [observed, told, heads]: [Observed[], string[], PublishedHead[]] = [[], [], []];
  access.give(alice, 'reader', shopProd);
  access.give(bob, 'securityAdmin', root);
  access.give(carol, 'securityAdmin', root);

  const opened = await emptyStore();
  const { readOnly = false } = choices;
  const time = { isOver: false };
  const observe = (each: Observed): void => void observed.push(each);
  const azure = fakeAzure(tenant, access, clock.now);
  const bare: SweepingDesk = {
    ...remembering(azure, () => tenant.listsRemember),
    askAfresh: () => azure,
    database: databaseOf(opened, jobs),
    notifier: teams,
    presence: { mentionId: teams.mentionId },
    inTime: (work) => (time.isOver ? work.then(() => undefined) : work),
    partialRights: 'all-or-nothing',
    delegateGroups: [],
    connections: [],
    correlation: createCorrelation(),
    observe,
    publishedHeads: keptHeads(heads),
    foresight: createForesight(clock.now),
    tellOperator: (sentence) => void told.push(sentence),
    sweepMinutes: 15,
    governance: withoutFile,
    alertsAtOnce: 5,
    timeZone: 'UTC',
    now: clock.now,
    hash,
    newId: countingIds('id-'),
    newReference: countingIds('EX-'),
    ...choices,
    readOnly,
  };
  // Faults come from outside, so they lie under what the product itself puts around its ports.
  const faulty = noteAnswers(guarded(bare, faults.around));
  const database = observeDatabase(wakeTargets(faulty.database, bare.connections), observe);
  await database.outbox.keepTargets(bare.connections, clock.now());
  const desk: SweepingDesk = {
    ...faulty,
    database,
    exemptions: heedReadOnly(faulty.exemptions, () => readOnlyNow({ database, readOnly })),
    notifier: rememberUnreachable(faulty.notifier, database.conversations, clock.now),
  };
  return {
    desk,
    clock,
    tenant,
    access,
    teams,
    jobs,
    faults,
    observed,
    told,
    heads,
    runJobs: () => jobs.runAll(jobHandlers(desk, { answerIn: async () => undefined })),
    ledger: async () => everyLedgerRow(opened.store.ledger),
    beLate: () => void (time.isOver = true),
    meet: async (...places) => {
      for (const place of places) await opened.store.conversations.remember(place);
    },
  };
};
