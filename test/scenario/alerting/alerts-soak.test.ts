import { temporaryPostgres, whyNoPostgres } from '../../../simulator/temporary-postgres.ts';
import { runAlertSoak, type AlertSoakReport } from '../../../scripts/soak/alerts.ts';

const whyNot = await whyNoPostgres();

(whyNot === undefined ? describe : describe.skip)(
  whyNot ?? 'two replicas that are killed and started again while they post 500 alerts',
  () => {
    let report: AlertSoakReport;

    beforeAll(async () => {
      const { databaseUrl, remove } = await temporaryPostgres();
      report = await runAlertSoak({ databaseUrl, alerts: 500, mostKills: 6, longestLifeMs: 6000, seed: 1 }).finally(
        remove,
      );
    }, 400_000);

    it('lose none, and repeat none but after an attempt that they count as unknown', () => {
      expect(report.faults).toEqual([]);
      expect(report.repeats).toBeLessThanOrEqual(report.unknowns);
    });

    it('were killed in the middle of it, so that the look was worth it', () => {
      expect(report.kills).toBeGreaterThan(3);
      expect(report.alerts).toBe(500);
    });
  },
);
