import { readFileSync } from 'node:fs';
import { readConfig, variableNames } from '../../src/config.ts';

const rows = readFileSync('docs/configuration.md', 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) => line.split('|').map((cell) => cell.trim()));

const smallest = {
  MICROSOFT_APP_ID: '22222222-2222-4222-8222-222222222222',
  MICROSOFT_APP_TYPE: 'UserAssignedMSI',
  MICROSOFT_APP_TENANT_ID: '72f988aa-0000-4000-8000-0000000000aa',
  DATABASE_URL: 'postgres://desk@127.0.0.1:5432/desk',
};
const unset = readConfig(smallest);

/** What the table says of a setting. */
const saidOf = (name: string): string => rows.find(([, names = '']) => names.includes(`\`${name}\``))?.[2] ?? '';

describe('the settings in docs/configuration.md', () => {
  it('are those that the configuration reads, no more and no less', () => {
    const named = rows.flatMap(([, names = '']) => [...names.matchAll(/`([A-Z_]+)`/g)].map(([, name]) => name));

    expect(named.toSorted()).toEqual(variableNames.toSorted());
  });

  it.each([
    ['TIME_ZONE', /; (\w+) without it$/, unset.timeZone],
    ['PARTIAL_RIGHTS', /`([a-z-]+)` \(default\)/, unset.partialRights],
    ['DATABASE_AUTH', /^`([a-z]+)` \(default\)/, ('auth' in unset.database && unset.database.auth) || 'password'],
    ['SWEEP_MINUTES', /: (\d+) by default,/, String(unset.sweepMinutes)],
    ['ALERTS_AT_ONCE', /, (\d+) without it;/, String(unset.alertsAtOnce)],
    ['HOST', /^`([^`]+)`, `[^`]+`, `[^`]+`$/, unset.host],
    ['PORT', /^`[^`]+`, `([^`]+)`, `[^`]+`$/, String(unset.port)],
    ['LOG_LEVEL', /^`[^`]+`, `[^`]+`, `([^`]+)`$/, unset.logLevel],
  ])('have the default that they say there: %s', (name, pattern, value) => {
    expect(pattern.exec(saidOf(name))?.[1]).toBe(value);
  });

  it('mean without a value what they say there', () => {
    expect(saidOf('ALLOWED_TENANTS')).toContain('without it only that of the bot');
    expect(unset.allowedTenants).toEqual([smallest.MICROSOFT_APP_TENANT_ID]);
    expect(saidOf('METRICS_TOKEN')).toContain('without it there is no such page');
    expect(unset.metricsToken).toBeUndefined();
    expect(saidOf('GOVERNANCE_FILE')).toContain('without it one approval is enough');
    expect(unset.governanceFile).toBeUndefined();
    expect(saidOf('READ_ONLY')).toMatch(/^`true`, so that nothing is written/);
    expect(unset.readOnly).toBe(false);
    expect(saidOf('AZURE_EVENTS_TOPICS')).toMatch(/^optional:/);
    expect(unset.azureEvents).toBeUndefined();
  });

  it('take what they say they take, and no more', () => {
    const [, least, most] = /, (\d+) to (\d+)$/.exec(saidOf('SWEEP_MINUTES')) ?? [];
    const [, shortest] = /^at least (\d+) characters/.exec(saidOf('METRICS_TOKEN')) ?? [];
    const takes = (name: string, value: string) => () => readConfig({ ...smallest, [name]: value });

    for (const minutes of [Number(least), Number(most)]) expect(takes('SWEEP_MINUTES', String(minutes))).not.toThrow();
    for (const minutes of [Number(least) - 1, Number(most) + 1])
      expect(takes('SWEEP_MINUTES', String(minutes))).toThrow('SWEEP_MINUTES is not valid');
    expect(takes('METRICS_TOKEN', 'x'.repeat(Number(shortest)))).not.toThrow();
    expect(takes('METRICS_TOKEN', 'x'.repeat(Number(shortest) - 1))).toThrow('METRICS_TOKEN is not valid');
    for (const [name, ...values] of [
      ['PARTIAL_RIGHTS', ...saidOf('PARTIAL_RIGHTS').matchAll(/`([a-z-]+)`/g)],
      ['MICROSOFT_APP_TYPE', ...saidOf('MICROSOFT_APP_TYPE').matchAll(/`(\w+)`/g)],
    ] as const) {
      expect(values).toHaveLength(2);
      for (const [, value = ''] of values)
        expect(() =>
          readConfig({ ...smallest, MICROSOFT_APP_PASSWORD: value === 'SingleTenant' ? 'x' : '', [name]: value }),
        ).not.toThrow();
    }
  });
});
