import { startWorld, type World } from '../../world.ts';

/** As the REST reference of Teams' own SDK has it. */
describe('a targeted message', () => {
  let world: World;
  let available = true;
  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent', hasTargeted: () => available });
  });
  afterAll(() => world.close());
  beforeEach(() => {
    available = true;
  });
  const idOf = (chat: string) => world.teams.conversations().find(({ name }) => name === chat)!.conversationId;
  const call = async (
    method: string,
    chat: string,
    body: object | undefined,
    query = '?isTargetedActivity=true',
    id = '',
  ) => {
    const path = `v3/conversations/${encodeURIComponent(idOf(chat))}/activities${id === '' ? '' : `/${id}`}${query}`;
    const response = await fetch(`${world.teams.serviceUrl}${path}`, {
      method,
      headers: { 'content-type': 'application/json', authorization: 'Bearer bot' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const json = (text === '' ? {} : JSON.parse(text)) as { id?: string; error?: { code: string } };
    return { status: response.status, code: json.error?.code, id: json.id };
  };
  const forHim = (person: string, text = 'For you alone') => ({
    type: 'message',
    text,
    recipient: { id: world.teams.userId(person), isTargeted: true },
  });

  it('is seen by its recipient alone', async () => {
    const { status, id } = await call('POST', '#team-shop', forHim('bob'));
    expect(status).toBe(201);
    expect(world.teams.messages('#team-shop').find((message) => message.id === id)?.onlyFor).toBe('bob');
  });

  it.each([
    ['without a recipient', () => ({ type: 'message', text: 'x' })],
    [
      'with a recipient that is not marked',
      () => ({ type: 'message', text: 'x', recipient: { id: world.teams.userId('bob') } }),
    ],
    ['where there are none', () => ((available = false), forHim('bob'))],
  ])('is refused %s', async (_what, body) => {
    expect(await call('POST', '#team-shop', body())).toMatchObject({ status: 400, code: 'BadArgument' });
  });

  it('is refused for somebody who is not there, and for an id of the directory', async () => {
    await world.teams.install('Exemption review');
    const gone = { status: 404, code: 'BotNotInConversationRoster' };
    expect(await call('POST', 'Exemption review', forHim('erin'))).toMatchObject(gone);
    const byObjectId = {
      type: 'message',
      text: 'x',
      recipient: { id: '00000000-0000-4000-8000-000000000102', isTargeted: true },
    };
    expect(await call('POST', 'Exemption review', byObjectId)).toMatchObject(gone);
  });

  it('is refused in a personal chat, and as a post for everybody', async () => {
    expect(await call('POST', 'bob', forHim('bob'))).toMatchObject({ status: 400 });
    expect(await call('POST', '#team-shop', forHim('bob'), '')).toMatchObject({ status: 400 });
  });

  it('is changed without a recipient only, as a targeted message only, and for a day', async () => {
    const { id = '' } = await call('POST', '#team-shop', forHim('bob'));
    const change = (body: object, query?: string) => call('PUT', '#team-shop', body, query, id);
    expect(await change(forHim('bob', 'New'))).toMatchObject({ status: 400, code: 'BadArgument' });
    expect(await change({ type: 'message', text: 'New' }, '')).toMatchObject({ status: 404 });
    expect(await change({ type: 'message', text: 'New' })).toMatchObject({ status: 200 });
    await world.clock.advance('P1D');
    expect(await change({ type: 'message', text: 'Later' })).toMatchObject({ status: 404 });
  });
});
