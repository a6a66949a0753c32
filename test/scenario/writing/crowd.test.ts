import { temporaryPostgres, whyNoPostgres } from '../../../simulator/temporary-postgres.ts';
import { runCrowd } from '../../../scripts/soak/crowd/crowd.ts';

const whyNot = await whyNoPostgres();

(whyNot === undefined ? describe : describe.skip)(
  whyNot ?? 'twenty approvals at the same time, and an app that is killed twice meanwhile',
  () => {
    it('end decided, or their people were told why not', async () => {
      const { databaseUrl, remove } = await temporaryPostgres();
      const { acknowledged, faults } = await runCrowd({ databaseUrl, seed: 5, kills: 2 }).finally(remove);
      expect(faults).toEqual([]);
      expect(acknowledged).toBeGreaterThan(10);
    }, 600_000);
  },
);
