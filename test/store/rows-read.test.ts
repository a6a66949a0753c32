import { randomUUID } from 'node:crypto';
import { exemptionQuestions } from '../../scripts/bench/exemption-questions.ts';
import { requestQuestions, type Question } from '../../scripts/bench/list-questions.ts';
import { fillExemptions } from '../../scripts/bench/many-exemptions.ts';
import { fillRequests } from '../../scripts/bench/many-requests.ts';
import { rowsRead } from '../../scripts/bench/rows-read.ts';
import { everyLedgerRow } from '../../scripts/soak/kept/every-ledger-row.ts';
import { temporaryPostgres } from '../../simulator/temporary-postgres.ts';
import { openStore, type OpenStore } from '../../src/store/open-store.ts';
import { fillOthers } from './fill-others.ts';
import { noPostgres } from './postgres-database.ts';

const size = 20_000;
/** What a question may read however large the tables are, with the thousand rows that a list counts for each kind; without the index that it needs, it reads all of one. */
const most = 7000;
const now = new Date();

type Ask = (opened: OpenStore) => Promise<unknown>;

const others: readonly (readonly [string, Ask])[] = [
  ['which missing exemptions to ask about', ({ store }) => store.seen.missingToAsk(10, now)],
  ['what is undeliverable', ({ store }) => store.alerts.undelivered()],
  ['where most is undeliverable', ({ store }) => store.alerts.undeliveredMost(10)],
  ['how the posting is', ({ store }) => store.alerts.health(now)],
  ['what to send again in a chat', ({ store }) => store.alerts.retryIn('c', now, 30)],
  ['what is kept of a request', ({ store }) => store.alerts.rewriteKept('EX-A', (alert) => alert)],
  ['the ledger of a day', ({ store }) => everyLedgerRow(store.ledger, { from: new Date(now.getTime() - 86_400_000) })],
];

/** A report reads the requests of its period, and somebody with many narrow scopes makes the database look at more. */
const bounded = (name: string): boolean => !/report of 30 days|500 resource groups/.test(name);

/** For a state that few exemptions have, for a text and for several subscriptions the database goes through the small rows of all of them. */
const boundedOfExemptions = (name: string): boolean =>
  /^exemptions (all|made outside).*, everything$|^(?!exemptions in one).*, one subscription$/.test(name);

const isOfExemptions = (name: string): boolean => /^exemption|its exemptions|^cleanup/.test(name);

const questionsTo = (opened: OpenStore): Question[] => [
  ...requestQuestions(opened, now),
  ...exemptionQuestions(opened, now),
];

const names = questionsTo({ store: {} } as OpenStore)
  .map(({ name }) => name)
  .filter((name) => (isOfExemptions(name) ? boundedOfExemptions(name) : bounded(name)));

const lists = names.map((name): readonly [string, Ask] => [
  name,
  (opened) =>
    questionsTo(opened)
      .find((each) => each.name === name)!
      .ask(20),
]);

(noPostgres === undefined ? describe : describe.skip)(noPostgres ?? `the rows that a question reads of ${size}`, () => {
  let databaseUrl: string;
  let remove: () => Promise<void>;
  const opened = async <Result>(work: (store: OpenStore) => Promise<Result>): Promise<Result> => {
    const store = await openStore({ databaseUrl, hash: (text) => text, newId: randomUUID });
    return work(store).finally(() => store.close());
  };
  beforeAll(async () => {
    ({ databaseUrl, remove } = await temporaryPostgres());
    await opened(async (store) => {
      await fillRequests(store, size, now);
      await fillExemptions(store, size, now);
      await fillOthers(store, size);
      await store.store.sweeps.followed(now);
    });
  }, 120_000);
  afterAll(() => remove());

  it.each([...lists, ...others])('are few for: %s', async (_name, ask) => {
    const before = await rowsRead(databaseUrl);
    await opened(ask);
    expect((await rowsRead(databaseUrl)) - before).toBeLessThan(most);
  });
});
