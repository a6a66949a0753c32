import { runFullDisk } from '../../../scripts/soak/full-disk.ts';
import { runOutages, type OutageReport } from '../../../scripts/soak/outages.ts';
import { whyNoSmallDisk } from '../../../simulator/small-disk.ts';
import { temporaryPostgres, whyNoPostgres } from '../../../simulator/temporary-postgres.ts';

const soaks = [
  {
    story: 'two replicas from which the database, Azure and Teams are taken away in turn',
    whyNot: await whyNoPostgres(),
    run: async () => {
      const { databaseUrl, remove } = await temporaryPostgres();
      return runOutages({ databaseUrl, seconds: 2, requests: 1, hurries: true }).finally(remove);
    },
  },
  {
    story: 'an embedded engine whose disk is full for a while',
    whyNot: await whyNoSmallDisk(),
    run: () => runFullDisk(2),
  },
];

for (const { story, whyNot, run } of soaks) {
  (whyNot === undefined ? describe : describe.skip)(whyNot ?? story, () => {
    let report: OutageReport;

    beforeAll(async () => {
      report = await run();
    }, 400_000);

    it('answers plainly, loses nothing that it acknowledged, and finishes all work afterwards', () => {
      expect(report.faults).toEqual([]);
    });

    it('was asked all the while, so that the look was worth it', () => {
      for (const { turns } of Object.values(report.waits)) expect(turns).toBeGreaterThan(2);
    });
  });
}
