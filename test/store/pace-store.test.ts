import type { PaceLimits } from '../../src/core/chat/pace.ts';
import { openStore, type OpenStore } from '../../src/store/open-store.ts';
import { storeOptions } from './fresh-database.ts';
import { engines } from './engines.ts';
import { noPostgres, postgresStore } from './postgres-database.ts';

const limits: PaceLimits = {
  conversation: [{ everyMs: 60_000, burst: 2 }],
  all: { everyMs: 1, burst: 1000 },
};

for (const { engine, open, whyNot } of engines) {
  (whyNot === undefined ? describe : describe.skip)(whyNot ?? `the pace on ${engine}`, () => {
    let opened: OpenStore;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.close());

    it('hands out turns, and says how long the next one takes', async () => {
      const pace = opened.pace(limits);
      const turns = [];
      for (let turn = 0; turn < 3; turn += 1) turns.push(await pace.takeTurn('19:c', 1000));

      expect(turns.map(({ taken }) => taken)).toEqual([true, true, false]);
      expect(turns.map(({ waitMs }) => Math.round(waitMs / 10_000))).toEqual([0, 0, 6]);
      expect((await pace.takeTurn('19:other', 0)).taken).toBe(true);
    });

    it('hands out a turn that is not now to somebody with patience', async () => {
      const { waitMs, taken } = await opened.pace(limits).takeTurn('19:c', 61_000);

      expect(taken).toBe(true);
      expect(waitMs).toBeGreaterThan(55_000);
    });

    it('holds a conversation where Teams asked to wait', async () => {
      const pace = opened.pace(limits);
      await pace.hold('19:held', 5000);
      const { waitMs, taken } = await pace.takeTurn('19:held', 1000);

      expect(taken).toBe(false);
      expect(waitMs).toBeGreaterThan(4000);
      expect(waitMs).toBeLessThanOrEqual(5000);
    });
  });
}

(noPostgres === undefined ? describe : describe.skip)(noPostgres ?? 'the pace of two replicas', () => {
  it('is one: together they get the turns of one', async () => {
    const { databaseUrl, ...first } = await postgresStore();
    const second = await openStore({ databaseUrl, ...storeOptions });
    const paces = [first.pace(limits), second.pace(limits)];
    const turns = await Promise.all(
      Array.from({ length: 40 }, (_, index) => paces[index % 2]!.takeTurn(`19:${index % 4}`, 0)),
    );

    expect(turns.filter(({ taken }) => taken)).toHaveLength(8);
    await second.close();
    await first.close();
  });
});
