import { addDays } from '../../../src/core/calendar.ts';
import { latestReportWeek } from '../../../src/core/week.ts';
import { startWorld, type World } from '../../world.ts';

const channel = '#security-alerts';
const quietChannel = '#team-shop';

/** On Monday at 8:00 a channel that gets alerts is told of its week. */
describe('the report of the week', () => {
  let world: World;

  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent' });
    await world.teams.say('bob', channel, '@Exemption Desk subscribe contoso');
    await world.teams.say('bob', '#approvals', '@Exemption Desk approvals here for contoso');
    await world.app().idle();
  });
  afterAll(() => world.close());

  const reports = (where = channel) =>
    world.teams.messages(where).filter(({ visibleText }) => visibleText.includes('The week in exemptions'));
  const week = () => latestReportWeek(world.clock.now(), 'Europe/Berlin');
  const moveTo = async (at: Date) => {
    await world.clock.advance(`PT${Math.ceil((at.getTime() - world.clock.now().getTime()) / 1000)}S`);
    await world.app().idle();
  };
  const nextMonday = (): Date => new Date(week().dueAt.getTime() + 7 * 86_400_000);

  it('does not come for a week in which the channel was not subscribed yet', async () => {
    await world.app().tick();

    expect(reports()).toEqual([]);
  });

  it('comes on Monday at 8:00 and not before, with the numbers of the seven days before as text', async () => {
    const monday = nextMonday();
    await moveTo(new Date(monday.getTime() - 60_000));
    expect(reports()).toEqual([]);

    await moveTo(monday);
    expect(reports()).toHaveLength(1);
    const [report] = reports();
    expect(report?.visibleText).toMatch(/In force\n[1-9]/);
    expect(report?.visibleText).toContain('Contoso');
    expect(report?.visibleText).toContain(`${Number(addDays(week().monday, -7).slice(8))} `);
    expect(JSON.stringify(report?.cards)).toContain('Chart.HorizontalBar');
  });

  it('comes once, also after a restart and in the middle of the week', async () => {
    await world.app().tick();
    await world.restartApp();
    await world.app().tick();
    await world.clock.advance('P2D');
    await world.app().idle();

    expect(reports()).toHaveLength(1);
  });

  it('goes only to channels that get alerts', () => {
    expect(reports('#approvals')).toEqual([]);
    expect(reports(quietChannel)).toEqual([]);
  });

  it('comes once after weeks of downtime, about the last of them', async () => {
    await world.clock.advance('P21D');
    await world.app().idle();

    expect(reports()).toHaveLength(2);
    expect(reports().at(-1)?.visibleText).toContain(`${Number(addDays(week().monday, -1).slice(8))} `);
  });

  it('does not come to a channel that nothing concerns, nor to one that has unsubscribed', async () => {
    await world.teams.say('bob', quietChannel, '@Exemption Desk subscribe sandbox-2');
    await world.teams.say('bob', channel, '@Exemption Desk unsubscribe');
    await world.app().idle();
    await moveTo(nextMonday());

    expect(reports()).toHaveLength(2);
    expect(reports(quietChannel)).toEqual([]);
  });
});
