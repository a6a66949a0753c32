import { judgeWritten, type WrittenExemption } from '../../../src/core/inventory/written-exemption.ts';
import { now } from '../policies.ts';

const id = '/subscriptions/s/providers/Microsoft.Authorization/policyExemptions/One';

const written = (minutes: number, listed: string | undefined): WrittenExemption => ({
  exemptionId: id,
  writtenAt: new Date(now.getTime() - minutes * 60_000),
  mark: 'mark',
  listed,
});

const verdictOn = (minutes: number, listed: string | undefined, shown: string | undefined): string => {
  const found = new Map(shown === undefined ? [] : [[id.toLowerCase(), shown]]);
  const { ask, leave } = judgeWritten([written(minutes, listed)], found, now);
  return [...ask.map(() => 'ask'), ...leave.map(() => 'leave')].join(' and ') || 'wait';
};

describe('what a step wrote, compared with what Resource Graph shows', () => {
  it.each([
    ['just now, not shown yet', 1, 'a', undefined, 'wait'],
    ['just now, shown otherwise', 1, 'a', 'b', 'wait'],
    ['lately, shown so', 5, 'a', 'a', 'wait'],
    ['lately, not shown yet', 5, 'a', undefined, 'ask'],
    ['lately, shown otherwise', 59, 'a', 'b', 'ask'],
    ['lately removed, not shown', 5, undefined, undefined, 'wait'],
    ['lately removed, still shown', 5, undefined, 'a', 'ask'],
    ['long ago, shown so', 61, 'a', 'a', 'leave'],
    ['long ago, shown otherwise', 61, 'a', 'b', 'leave'],
    ['long ago, not shown', 61, 'a', undefined, 'ask'],
    ['removed long ago, not shown', 61, undefined, undefined, 'leave'],
    ['removed long ago, still shown', 61, undefined, 'a', 'ask'],
    ['in the near future of a clock that was set back', -5, 'a', 'b', 'ask'],
    ['in the far future of a clock that was set back', -900, 'a', 'a', 'leave'],
  ])('%s', (_, minutes, listed, shown, verdict) => {
    expect(verdictOn(minutes, listed, shown)).toBe(verdict);
  });
});
