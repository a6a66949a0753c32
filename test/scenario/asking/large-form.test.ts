import { startWorld, type World } from '../../world.ts';
import { formInputs, latest, storageRecommendation as title } from '../steps.ts';

const wholePart = 100;

/** A form costs what its page costs, however many resources the recommendation has. */
describe('the form of a recommendation of many resources', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent', tenant: 'fabrikam' });
    await world.teams.say('sara', '#approvals', '@Exemption Desk approvals here for Fabrikam');
    await world.app().tick();
  }, 180_000);
  afterAll(() => world.close());

  const later = () => world.clock.advance('PT6M');
  /** The most rows of one answer, and of all answers, while somebody waits. */
  const rowsOf = async (turn: () => Promise<unknown>) => {
    const before = world.azure.requests().length;
    await turn();
    const rows = world.azure
      .requests()
      .slice(before)
      .filter(({ path }) => path.includes('ResourceGraph'))
      .map((each) => each.rows);
    return { most: Math.max(0, ...rows), all: rows.reduce((sum, each) => sum + each, 0) };
  };
  const press = (title: string, inputs: Record<string, string> = {}) =>
    world.teams.press('sara', latest(world, 'sara').id, title, inputs);
  const ranges = () => /(\d+)–(\d+) of ([\d,]+)/.exec(latest(world, 'sara').visibleText)?.slice(1).map(Number) ?? [];
  const tokens = () =>
    (JSON.stringify(world.teams.cardFor('sara', latest(world, 'sara').id)).split('"id":"resources"')[1] ?? '')
      .split('"id":"category"')[0]!
      .match(/(?<="value":")[0-9a-f]{24}/g) ?? [];

  it('opens with one part of them, names all of them by their number, and offers the scopes around them', async () => {
    await world.teams.say('sara', 'personal', `recommendation ${title}`);
    const [, , listed = 0] = ranges();
    await later();
    const { most, all } = await rowsOf(() => press('Open as a message'));
    expect(listed).toBeGreaterThan(2 * wholePart);
    expect(ranges()).toEqual([1, 20, listed]);
    expect(most).toBe(wholePart);
    expect(all).toBeLessThanOrEqual(wholePart + 10);
    expect(latest(world, 'sara').visibleText).toMatch(/more scopes do not fit here/);
  });

  it('turns its pages at the same price, keeps what was ticked, and previews it', async () => {
    const [first = ''] = tokens();
    await later();
    const { most, all } = await rowsOf(() => press('Next', { ...formInputs, resources: first }));
    expect(ranges().slice(0, 2)).toEqual([21, 40]);
    expect(latest(world, 'sara').visibleText).toContain('Also selected, on other pages');
    expect(most).toBe(wholePart);
    expect(all).toBeLessThanOrEqual(wholePart + 10);
    for (let page = 3; page <= 6; page += 1) await press('Next', formInputs);
    expect(ranges().slice(0, 2)).toEqual([101, 120]);
    expect(latest(world, 'sara').visibleText).toContain('Also selected, on other pages');
    const [far = ''] = tokens();
    await later();
    await press('Preview', { ...formInputs, resources: far });
    expect(latest(world, 'sara').visibleText).toContain('Check your request');
    await press('Change');
    expect(ranges().slice(0, 2)).toEqual([1, 20]);
    expect(latest(world, 'sara').visibleText).toContain('Also selected, on other pages');
  });
});
