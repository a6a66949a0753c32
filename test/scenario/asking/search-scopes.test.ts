import { startWorld, type World } from '../../world.ts';
import { formInputs, openForm } from '../steps.ts';

type Found = { readonly title: string; readonly value: string };

/** Whoever asks finds scopes and resources of every kind by typing, and asks for several of them at once. */
describe('searching scopes in the form', () => {
  let world: World;
  let form: string;

  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent' });
    await world.app().tick();
    form = await openForm(world, 'alice');
  });
  afterAll(() => world.close());

  const search = async (text: string, person = 'alice', at = form): Promise<Found[]> =>
    (await world.teams.search(person, at, 'searched', text)) ?? [];
  const titles = async (text: string): Promise<string[]> => (await search(text)).map(({ title }) => title);
  const shown = (): string => JSON.stringify(world.teams.cardFor('alice', form));
  const preview = (inputs: Record<string, string>) =>
    world.teams.press('alice', form, 'Preview', { ...formInputs, resources: '', ...inputs });

  it('offers something before a letter was typed, and never more than Teams shows', async () => {
    const found = await titles('');
    expect(found.length).toBeGreaterThan(1);
    expect(found.length).toBeLessThanOrEqual(15);
  });

  it('finds groups, subscriptions and resources by parts of their names, types and subscriptions', async () => {
    expect(await titles('rg-shop')).toEqual(
      expect.arrayContaining([expect.stringMatching(/^Resource group .*rg-shop/)]),
    );
    expect(await titles('storage shop')).toEqual(
      expect.arrayContaining([expect.stringContaining('(storageAccounts)')]),
    );
    expect(await titles('nothing is called so')).toEqual([]);
  });

  it('shows nobody what they may not read, and no id', async () => {
    const found = await search('corp');
    expect(found).toEqual([]);
    expect(JSON.stringify(await search('shop'))).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/);
  });

  it('finds nothing in the form of somebody else', async () => {
    const bobs = await openForm(world, 'bob');
    const dataset = /"dataset":"([^"]+)"/.exec(JSON.stringify(world.teams.cardFor('bob', bobs)))![1]!;
    const [ours] = await search('shop');
    expect(ours).toBeDefined();
    const [line, ...others] = (await world.teams.searchRaw('alice', { queryText: 'shop', dataset })) ?? [];
    expect(others).toEqual([]);
    expect(line).toMatchObject({ title: expect.stringContaining('no longer open') as string, value: 'hint' });
  });

  it('asks for several scopes of several kinds in one request', async () => {
    const [group] = (await search('rg-shop')).filter(({ title }) => title.startsWith('Resource group'));
    const [account] = (await search('stshop')).filter(({ title }) => title.includes('(storageAccounts)'));
    expect([group, account]).not.toContain(undefined);
    await preview({ searched: [group!.value, account!.value].join(',') });
    expect(shown()).toContain('step 2 of 2');
    expect(shown()).toContain('rg-shop');
  });

  it('keeps what was chosen when somebody goes back to the form', async () => {
    await world.teams.press('alice', form, 'Change', {});
    expect(shown()).toMatch(/"choices":\[\{"title":"Resource group/);
  });

  it('reads names, one on each line, and asks back where one is not clear', async () => {
    await preview({ searched: '', named: 'rg-shop-prod@shop-prod\nwhat is this' });
    expect(shown()).toContain('Nothing that you can read is called “what is this”.');
    expect(shown()).toContain('"value":"what is this"');
    expect(shown()).toMatch(/"choices":\[\{"title":"Resource group shop-prod \/ rg-shop-prod"/);
  });

  it('takes scopes of every kind by words, also where the recommendation is not open on a resource of this name', async () => {
    const line = 'exempt rg-shop-prod, shop-prod from Secure transfer to storage accounts should be enabled';
    const { replies } = await world.teams.say('bob', 'personal', line);
    const text = JSON.stringify(replies.map(({ cards, visibleText }) => [visibleText, cards]));
    expect(text).toContain('Request an exemption');
    expect(text).toMatch(/"title":"(Resource group|Subscription) shop-prod/);
  });

  it('refuses the line that stands for nothing, and a token that was made up', async () => {
    await preview({ searched: `hint,${'0'.repeat(24)}`, named: '' });
    expect(shown()).toContain('cannot be chosen');
    expect(shown()).toContain('not offered any more');
  });
});
