import { startWorld, type World } from '../../world.ts';

/** “Everything works” rests on an answer of Azure, not on the absence of bad news. */
describe('the status while Azure is away', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent' });
    await world.app().tick();
  });
  afterAll(() => world.close());
  afterEach(() => world.control['POST /simulator/faults/clear']?.({}));

  const said = async (person: string, text: string): Promise<string> => {
    const { replies } = await world.teams.say(person, 'personal', text);
    return replies.map(({ visibleText }) => visibleText).join('\n');
  };
  const away = (match?: string) =>
    world.control['POST /simulator/faults']?.({ kind: '503', milliseconds: 0, ...(match !== undefined && { match }) });

  it('says that everything works where Azure has just answered, and when', async () => {
    const words = await said('carol', 'status');
    expect(words).toContain('Everything works');
    expect(words).toMatch(/Last answer of Azure\n\d+ \w+ 20\d\d/);
  });

  it('says at once that Azure does not answer, and what is not known', async () => {
    await away();
    const words = await said('carol', 'status');
    expect(words).not.toContain('Everything works');
    expect(words).toContain('Azure Resource Graph does not answer: until it does, what is open');
  });

  it('counts a question of a person that went unanswered, whatever else answers', async () => {
    await world.clock.advance('PT6M');
    await away('getMemberGroups');
    expect(await said('carol', 'recommendations')).toContain('Azure did not answer');
    const words = await said('bob', 'status');
    expect(words).toContain('Needs attention');
    expect(words).toContain('Microsoft Graph does not answer: until it does, roles that people hold through groups');
  });

  it('is well again with the next answer', async () => {
    await said('carol', 'recommendations');
    expect(await said('bob', 'status')).toContain('Everything works');
  });
});
