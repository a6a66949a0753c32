import { errorOf, openAzure, valuesOf, type SimulatedAzure } from './simulated-azure.ts';

const bob = '00000000-0000-4000-8000-000000000102';
const informationTechnology = '00000000-0000-4000-8000-000000000202';

let azure: SimulatedAzure;
beforeEach(async () => {
  azure = await openAzure();
});
afterEach(() => azure.simulator.close());

describe('the people in a group', () => {
  const path = `/v1.0/groups/${informationTechnology}/transitiveMembers/microsoft.graph.user`;
  const ids = async (query: string) =>
    valuesOf<{ id: string }>(await azure.send('bot', 'GET', `${path}?${query}`)).map(({ id }) => id);

  it('are told through other groups too, each once and page by page', async () => {
    const all = await ids('$count=true');
    expect(all).toContain(bob);
    const first = await azure.send('bot', 'GET', `${path}?$count=true&$top=1`);
    expect(first.json['@odata.count']).toBe(all.length);
    expect(first.json['@odata.nextLink']).toContain('$skiptoken=1'.replace('$', '%24'));
    expect(await ids('$count=true&$top=1&$skiptoken=1')).toEqual(all.slice(1, 2));
  });

  it('need what an advanced query needs, and consent', async () => {
    expect(errorOf(await azure.send('bot', 'GET', path)).code).toBe('Request_UnsupportedQuery');
    azure.tenant.settings.groupsReadable = false;
    expect((await azure.send('bot', 'GET', `${path}?$count=true`)).status).toBe(403);
  });

  it('are ids alone without consent to read people, and none where the group hides them', async () => {
    azure.tenant.settings.usersReadable = false;
    const [person] = valuesOf<Record<string, unknown>>(await azure.send('bot', 'GET', `${path}?$count=true`));
    expect(person).toMatchObject({ displayName: null, accountEnabled: null, userType: null });
    azure.tenant.settings.hiddenGroups = [informationTechnology];
    expect(await ids('$count=true')).toEqual([]);
    const group = await azure.send('bot', 'GET', `/v1.0/groups/${informationTechnology}`);
    expect(group.json.visibility).toBe('HiddenMembership');
  });

  it('can be asked for by at most 15 ids', async () => {
    const filter = (count: number) => `id in (${Array.from({ length: count }, () => `'${bob}'`).join(',')})`;
    const users = (count: number) =>
      azure.send('bot', 'GET', `/v1.0/users?$filter=${encodeURIComponent(filter(count))}`);
    expect(valuesOf<{ id: string }>(await users(15)).map(({ id }) => id)).toEqual([bob]);
    expect((await users(16)).status).toBe(400);
  });

  it('can be looked up by the beginnings of their names, in any casing', async () => {
    const called = async (filter: string) =>
      azure.send('bot', 'GET', `/v1.0/users?$filter=${encodeURIComponent(filter)}`);
    const found = await called("startswith(displayName,'BOB') or startswith(mail,'bob@')");
    expect(valuesOf<{ id: string }>(found).map(({ id }) => id)).toEqual([bob]);
    expect(valuesOf(await called("startswith(displayName,'O''Nobody')"))).toEqual([]);
    expect((await called("startswith(department,'x')")).status).toBe(400);
  });
});
