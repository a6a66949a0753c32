import { startWorld, timeFrom, type World } from '../../world.ts';

const day = 86_400_000;
/** The title of an alert that says so. */
const told = (what: string) => expect.stringContaining(what) as string;
const created = told('created outside');
/** Ten in the morning in Berlin, so that every look of a day comes before the ends of that day. */
const running = timeFrom(Date.parse('2026-03-02T09:00:00Z'));

/** The ends of exemptions that somebody made outside, and what the channel hears of them over weeks. */
describe('the way to the end of an exemption', () => {
  let world: World;
  let slept = 0;

  beforeAll(async () => {
    world = await startWorld({
      logLevel: 'silent',
      time: () => running() + slept,
    });
    await world.teams.say('bob', '#security-alerts', '@Exemption Desk subscribe contoso');
    await world.app().tick();
  }, 180_000);
  afterAll(() => world.close());

  type Made = { readonly recommendation: string; readonly exemptions: readonly string[] };
  const exempt = async (recommendation: string, expiresInDays: number): Promise<Made> => {
    const made = await world.control['POST /simulator/portal-exemption']!({ recommendation, expiresInDays });
    await world.app().tick();
    return made as Made;
  };
  /** Titles of what the channel heard of a recommendation, in order. */
  const heard = (recommendation: string): string[] =>
    world.teams
      .messages('#security-alerts')
      .map(({ visibleText }) => visibleText)
      .filter((text) => text.includes(recommendation) && !text.includes('now watches'))
      .map((text) => /^Exemption (?!alert)[^\n]*/m.exec(text)?.[0] ?? text);
  const pass = async (...days: readonly number[]): Promise<void> => {
    for (const each of days) await world.clock.advance(`P${each}D`);
  };

  it('is told at 30, 14, 7, 1 and 0 days and past the end, each once and in order', async () => {
    const { recommendation } = await exempt('Secure transfer to storage accounts should be enabled', 33.25);
    await pass(2, 1, 1, 15, 1, 6, 1, 5, 1, 1);

    expect(heard(recommendation)).toEqual([
      created,
      told('about to expire'),
      told('about to expire'),
      told('about to expire'),
      told('about to expire'),
      told('about to expire'),
      told('expired'),
    ]);
  }, 120_000);

  it('begins for an exemption of 7 days not before its last but one', async () => {
    const { recommendation } = await exempt('Management ports should be closed on your virtual machines', 7.25);
    await world.clock.advance('PT1H');
    expect(heard(recommendation)).toEqual([created]);
    await pass(1, 5, 1, 1);

    expect(heard(recommendation).slice(1)).toEqual([told('about to expire'), told('about to expire'), told('expired')]);
  }, 180_000);

  it('is caught up with in one step after ten days of downtime, and says nothing again when the clock is set back', async () => {
    const { recommendation } = await exempt('SQL servers should have vulnerability assessment configured', 20.25);
    await pass(5);
    expect(heard(recommendation)).toEqual([created]);
    await world.restartApp(async () => {
      slept += 10 * day;
    });
    await world.app().tick();
    expect(heard(recommendation).slice(1)).toEqual([told('about to expire')]);

    const alerts = () =>
      world.teams.messages('#security-alerts').filter(({ visibleText }) => visibleText.includes('Exemption alert'));
    const all = alerts().length;
    await world.clock.advance('-P12D');
    await world.clock.advance('P5D');
    await world.clock.advance('P7D');
    expect(alerts()).toHaveLength(all);
  }, 180_000);

  it('begins anew where somebody moved the end', async () => {
    const { recommendation, exemptions } = await exempt('Auditing on SQL server should be enabled', 20.25);
    const before = heard(recommendation).length;
    const since = () => heard(recommendation).slice(before);
    await pass(7);
    expect(since().at(-1)).toContain('about to expire');
    for (const exemption of exemptions)
      await world.control['POST /simulator/portal-change']!({ exemption, expiresInDays: 90.25 });
    await world.clock.advance('PT10M');
    await pass(20);
    expect(since().filter((title) => title.includes('expired'))).toEqual([]);
    await pass(40, 1);
    expect(since().filter((title) => title.includes('about to expire'))).toHaveLength(2);
  }, 180_000);
});
