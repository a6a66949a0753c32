import { randomUUID } from 'node:crypto';
import { exemptionQuestions } from '../../scripts/bench/exemption-questions.ts';
import { requestQuestions, type Question } from '../../scripts/bench/list-questions.ts';
import { fillExemptions } from '../../scripts/bench/many-exemptions.ts';
import { fillRequests } from '../../scripts/bench/many-requests.ts';
import { rowsRead } from '../../scripts/bench/rows-read.ts';
import { temporaryPostgres } from '../../simulator/temporary-postgres.ts';
import { openStore, type OpenStore } from '../../src/store/open-store.ts';
import { noPostgres } from './postgres-database.ts';

const size = 20_000;
/** What a question may read however large the tables are; without the index that it needs, it reads all of one. */
const most = 5000;
const now = new Date();

const fillOthers = async ({ sqlForJobs }: OpenStore): Promise<void> => {
  const all = `generate_series(1, ${size}) as n`;
  await sqlForJobs.executeSql(`
    insert into seen_exemptions (id, first_seen_at, exemption, needless, missing_since)
      select 'id' || n, now(), '{}', n % 1000 = 0, case when n % 1000 = 1 then now() end from ${all};
    insert into alert_deliveries (id, channel_id, alert, outcome, closed_at, unknowns, unit_key)
      select 'id' || n, 'c', '{"reference": "EX-A"}', case when n % 1000 = 0 then 'undeliverable' else 'sent' end,
        now() - interval '20 days', case when n % 1000 = 1 then 1 else 0 end, 'unit ' || n from ${all};
    insert into ledger (sequence, at, actor_kind, actor_id, event, facts, name_hash, text_hash, previous_hash, hash)
      select n, now() - n * interval '1 hour', 'job', 'j', 'e', '{}', '', '', '', '' from ${all};
    analyze`);
};

type Ask = (opened: OpenStore) => Promise<unknown>;

const others: readonly (readonly [string, Ask])[] = [
  ['which exemptions are needless', ({ store }) => store.seen.needless()],
  ['which missing exemptions to ask about', ({ store }) => store.seen.missingToAsk(10, now)],
  ['what is undeliverable', ({ store }) => store.alerts.undelivered()],
  ['how the posting is', ({ store }) => store.alerts.health(now)],
  ['what to send again in a chat', ({ store }) => store.alerts.retryIn('c', now, 30)],
  ['what is kept of a request', ({ store }) => store.alerts.rewriteKept('EX-A', (alert) => alert)],
  ['the ledger of a day', ({ store }) => store.ledger.read({ from: new Date(now.getTime() - 86_400_000) })],
];

/** A report reads the requests of its period, and somebody with many narrow scopes makes the database look at more. */
const bounded = (name: string): boolean => !/report of 30 days|500 resource groups/.test(name);

/** For a state that few exemptions have, for a text and for several subscriptions the database goes through the small rows of all of them. */
const boundedOfExemptions = (name: string): boolean =>
  /^exemptions (all|made outside).*, everything$|^exemptions (?!in one).*, one subscription$/.test(name);

const questionsTo = (opened: OpenStore): Question[] => [
  ...requestQuestions(opened, now),
  ...exemptionQuestions(opened, now),
];

const names = questionsTo({ store: {} } as OpenStore)
  .map(({ name }) => name)
  .filter((name) => (name.startsWith('exemptions') ? boundedOfExemptions(name) : bounded(name)));

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
      await fillOthers(store);
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
