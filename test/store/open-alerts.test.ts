import { randomUUID } from 'node:crypto';
import { rowsRead } from '../../scripts/bench/rows-read.ts';
import { temporaryPostgres } from '../../simulator/temporary-postgres.ts';
import { openStore, type OpenStore } from '../../src/store/open-store.ts';
import type { AlertDelivery } from '../../src/core/alert/alert-delivery.ts';
import { noPostgres } from './postgres-database.ts';

const waiting = 40_000;
const portion = 1000;
const now = new Date('2026-12-01T12:00:00Z');
const until = new Date(now.getTime() + 60_000);

const delivery = (at: number): AlertDelivery => ({
  ...{ id: `added ${at}`, channelId: 'c', kind: undefined, unitKey: `another unit ${at}`, scopes: [], mentions: [] },
  ...{ digest: false, dueAt: now, correlation: undefined },
  alert: { step: 'created', title: 'A', words: '', facts: [], rows: [] } as unknown as AlertDelivery['alert'],
});

/** What everything that changes at once leaves: one channel for which a great many alerts wait. No part of the work may read them all again. */
(noPostgres === undefined ? describe : describe.skip)(noPostgres ?? `${waiting} alerts that wait in a channel`, () => {
  let databaseUrl: string;
  let remove: () => Promise<void>;
  const read = async (work: (store: OpenStore['store']) => Promise<unknown>): Promise<number> => {
    const before = await rowsRead(databaseUrl);
    const opened = await openStore({ databaseUrl, hash: (text) => text, newId: randomUUID });
    await work(opened.store).finally(() => opened.close());
    return (await rowsRead(databaseUrl)) - before;
  };
  beforeAll(async () => {
    ({ databaseUrl, remove } = await temporaryPostgres());
    const opened = await openStore({ databaseUrl, hash: (text) => text, newId: randomUUID });
    for (let from = 1; from <= waiting; from += 10_000)
      await opened.sqlForJobs.executeSql(`
        insert into alert_deliveries (id, channel_id, alert, unit_key, due_at, digest)
        select 'id' || n, 'c', jsonb_build_object('words', repeat('as long as they are ', 50)), 'unit ' || n, '${now.toISOString()}', false from generate_series(${from}, ${from + 9999}) as n`);
    await opened.close();
  }, 120_000);
  afterAll(() => remove());

  it('are not read again for those that are added', async () => {
    const added = Array.from({ length: portion }, (_, at) => delivery(at));
    expect(await read(({ alerts }) => alerts.addDeliveries(added, now))).toBeLessThan(3 * portion);
  });

  it('are looked up by what they are about, when something becomes of it', async () => {
    const keys = Array.from({ length: 20 }, (_, at) => `unit ${100 * at + 1}`);
    const note = ({ postedAlerts }: OpenStore['store']) =>
      postedAlerts.note(
        keys.map((key) => ({
          keys: [key],
          outcome: { event: `gone ${key}`, step: 'deleted' as const, line: 'Deleted' },
        })),
        now,
      );
    let known: readonly string[] = [];
    const look = async ({ postedAlerts }: OpenStore['store']) => {
      known = await postedAlerts.unitsAmong([...keys, 'unit of nobody']);
    };
    expect(await read(look)).toBeLessThan(portion);
    expect(known.toSorted()).toEqual(keys.toSorted());
    expect(await read(note)).toBeLessThan(portion);
  });

  it('are read as far as one card tells them', async () => {
    let taken: readonly string[] = [];
    const take = async ({ alerts }: OpenStore['store']) => {
      taken = ((await alerts.take('c', { at: now, until }, 5))?.deliveries ?? []).map(({ id }) => id);
    };
    expect(await read(take)).toBeLessThan(4 * portion);
    expect(taken).toHaveLength(portion);
    expect(await read(({ alerts }) => alerts.close(taken.slice(0, 500), 'sent', now))).toBeLessThan(2 * portion);
    const later = { at: new Date(until.getTime() + 1), until: new Date(until.getTime() + 60_000) };
    expect(await read(({ alerts }) => alerts.take('c', later, 5))).toBeLessThan(6 * portion);
  });
});
