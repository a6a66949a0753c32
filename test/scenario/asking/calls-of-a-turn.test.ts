import { startWorld, type World } from '../../world.ts';

/** What the first turns of a person ask of Azure once the tenant was read for everybody: never more where the tenant is larger. */
describe.each([
  ['contoso', undefined],
  ['fabrikam', 30],
] as const)('the calls to Azure in a turn at %s', (tenant, subscriptions) => {
  let world: World;

  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent', tenant, ...(subscriptions === undefined ? {} : { subscriptions }) });
    await world.app().tick();
    // What the sweep has just read does not count as known to a list.
    await world.clock.advance('PT3M');
  }, 180_000);
  afterAll(() => world.close());

  const callsOf = async (person: string, text: string): Promise<string[]> => {
    const before = world.azure.requests().length;
    const { replies } = await world.teams.say(person, 'personal', text);
    expect(replies.map(({ visibleText }) => visibleText).join()).not.toContain('could not be read');
    return world.azure
      .requests()
      .slice(before)
      .map(({ path }) => path.split('?')[0]!.split('/').at(-1)!);
  };

  it('are the groups of the person and then one question for the first list, and none for the next', async () => {
    expect(await callsOf('bob', 'recommendations')).toEqual(['getMemberGroups', 'resources']);
    expect(await callsOf('bob', 'recommendations')).toEqual([]);
    expect(await callsOf('bob', 'score')).toEqual([]);
    expect(await callsOf('bob', 'requests')).toEqual([]);
  });

  it.each(['exemptions', 'report'])('are at most four for %s', async (text) => {
    await world.clock.advance('PT6M');
    expect((await callsOf('bob', text)).length).toBeLessThanOrEqual(4);
  });
});
