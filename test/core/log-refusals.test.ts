import { createLogRefusals } from '../../src/core/log-refusals.ts';

describe('the log of strangers at the door', () => {
  it('has one line a minute with their number, however many knock', () => {
    const lines: object[] = [];
    const waiting: (() => void)[] = [];
    const refused = createLogRefusals(
      { warn: (fields) => void lines.push(fields) },
      (ms, work) => {
        expect(ms).toBe(60_000);
        waiting.push(work);
      },
      'Refused',
    );
    for (let call = 0; call < 1000; call += 1) refused(call % 2 === 0 ? 'no token' : 'expired');
    expect(lines).toEqual([{ count: 1, reasons: { 'no token': 1 } }]);
    waiting.shift()!();
    expect(lines[1]).toEqual({ count: 999, reasons: { expired: 500, 'no token': 499 } });
    waiting.shift()!();
    expect(lines).toHaveLength(2);
    expect(waiting).toEqual([]);
    for (let reason = 0; reason < 50; reason += 1) refused(`reason ${reason}`);
    waiting.shift()!();
    expect(lines).toHaveLength(4);
    expect(Object.keys((lines[3] as { reasons: object }).reasons)).toHaveLength(11);
  });
});
