import { temporaryPostgres, whyNoPostgres } from '../../../simulator/temporary-postgres.ts';
import { runCrashes, type CrashReport } from '../../../scripts/soak/crash.ts';

const whyNot = await whyNoPostgres();

(whyNot === undefined ? describe : describe.skip)(
  whyNot ?? 'an app that is killed twenty times between the click on Approve and the alert',
  () => {
    let report: CrashReport;

    beforeAll(async () => {
      const { databaseUrl, remove } = await temporaryPostgres();
      report = await runCrashes({ databaseUrl, points: 20, seed: 1 }).finally(remove);
    }, 600_000);

    it('loses no approved request, doubles no exemption, writes nothing undecided, and tells the channel', () => {
      expect(report.faults).toEqual([]);
    });

    it('was killed early and late, so that the look was worth it', () => {
      expect(report.kills).toBe(20);
      expect(report.ends.applied).toBeGreaterThan(5);
      expect(report.ends.pending).toBeGreaterThan(0);
    });
  },
);
