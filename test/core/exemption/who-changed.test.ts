import { whoChanged } from '../../../src/core/exemption/who-changed.ts';

const bot = '00000000-0000-4000-8000-000000000100';
const created = new Date('2026-11-01T08:00:00Z');
const changed = new Date('2026-11-30T01:24:00Z');
const on = 'on 30 Nov 2026, 02:24 (Europe/Berlin)';

describe('who changed an exemption last', () => {
  it.each<[string, Parameters<typeof whoChanged>[0], boolean, string | undefined]>([
    [
      'a person',
      { createdBy: 'a@x', createdAt: created, changedBy: 'pat@contoso.com', changedAt: changed },
      true,
      `by pat@contoso.com ${on}`,
    ],
    [
      'Exemption Desk',
      { createdBy: bot, createdAt: created, changedBy: bot, changedAt: changed },
      true,
      `by Exemption Desk ${on}`,
    ],
    [
      'another application',
      { createdBy: 'a@x', createdAt: created, changedBy: bot, changedAt: changed },
      true,
      `by the application ${bot} ${on}`,
    ],
    [
      'the tool that made it',
      { createdBy: bot, createdAt: created, changedBy: bot, changedAt: changed },
      false,
      `by the application ${bot} ${on}`,
    ],
    ['nobody', { createdBy: 'a@x', createdAt: created, changedBy: 'a@x', changedAt: created }, false, undefined],
    [
      'somebody whom Azure does not name',
      { createdBy: undefined, createdAt: undefined, changedBy: '', changedAt: changed },
      false,
      on,
    ],
    [
      'somebody at a time that it does not say',
      { createdBy: 'a@x', createdAt: created, changedBy: 'b@x', changedAt: undefined },
      false,
      'by b@x',
    ],
    ['what Azure does not say', { createdBy: 'a@x', createdAt: created }, false, undefined],
  ])('is %s', (_, exemption, isOurs, expected) => {
    expect(whoChanged(exemption, isOurs, 'Europe/Berlin')).toBe(expected);
  });
});
