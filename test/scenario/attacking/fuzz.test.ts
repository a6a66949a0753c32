import { runFuzz, type FuzzReport } from '../../../scripts/soak/fuzz.ts';

describe('2,000 real activities with something wrong', () => {
  let report: FuzzReport;

  beforeAll(async () => {
    report = await runFuzz({ requests: 2000, seed: 1 });
  }, 300_000);

  it('are all answered, none with a fault of ours, and change nothing', () => {
    expect(report.faults).toEqual([]);
  });

  it('reach the door as well as what is behind it, so that the look was worth it', () => {
    expect(Object.keys(report.statuses)).toEqual(['200', '400', '401', '403', '404', '405', '413', '415', '431']);
    expect(report.statuses['200']).toBeGreaterThan(300);
    expect(report.statuses['400']).toBeGreaterThan(300);
  });
});
