import { readFileSync } from 'node:fs';
import { wrongReferences } from '../../src/core/chat/reference-tries.ts';
import { shares } from '../../src/core/fair-share.ts';
import { usualLimits } from '../../src/server/limits.ts';

const count = (value: number): string => value.toLocaleString('en');
const time = (ms: number): string => (ms >= 60_000 ? `${ms / 60_000} minutes` : `${ms / 1000} seconds`);

describe('the table of limits in docs/front-door.md', () => {
  it('has the values of the code', () => {
    const [, section = ''] = readFileSync('docs/front-door.md', 'utf8').split('### How much one sender may do\n');
    const rows = [...section.split('\n## ')[0]!.matchAll(/^\| (?!limit|-)(.+?) *\| (.+?) *\|$/gm)].map(
      ([, limit, value]) => [limit, value],
    );
    expect(rows).toEqual([
      ['connections of the process', count(usualLimits.connections)],
      ['connections of one address', count(usualLimits.connectionsPerAddress)],
      ['connections of an address that Teams was just heard from', count(usualLimits.connectionsPerTrustedAddress)],
      ['how long an address counts as one of those', time(usualLimits.trustedMs)],
      ['further connections of one address that wait for another to end', count(usualLimits.waitingPerAddress)],
      ['how long they wait', time(usualLimits.waitMs)],
      ['activities that a process works on at once', count(shares.atOnce)],
      ['activities of one person among them', count(shares.perPerson)],
      ['wrong references of one person at once', count(wrongReferences.burst)],
      ['then one more', wrongReferences.everyMs === 60_000 ? 'every minute' : time(wrongReferences.everyMs)],
    ]);
  });

  it('leaves room for others beside an address that is trusted', () => {
    expect(usualLimits.connectionsPerTrustedAddress).toBeLessThan(usualLimits.connections);
    expect(shares.perPerson).toBeLessThan(shares.atOnce / 2);
  });
});
