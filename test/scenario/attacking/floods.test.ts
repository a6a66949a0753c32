import { startWorld, type World } from '../../world.ts';

type Line = { readonly msg?: string; readonly count?: number };

describe('the limits of one sender, in the whole product', () => {
  let world: World;
  const lines: Line[] = [];
  beforeAll(async () => {
    const write = (line: string): void => void lines.push(JSON.parse(line) as Line);
    world = await startWorld({ logLevel: 'warn', logTo: { write } });
    await world.teams.say('dan', 'personal', 'help');
  });
  afterAll(() => world.close());

  it('end the trying of references, typed and pressed', async () => {
    const said = async (text: string): Promise<string | undefined> =>
      (await world.teams.say('dan', 'personal', text)).replies.at(-1)?.visibleText;
    for (let guess = 0; guess < 20; guess += 1)
      expect(await said(`request EX-9${String(guess).padStart(3, '0')}`)).toContain('There is no request');
    expect(await said('request EX-9999')).toContain('You named 20 references or more');
    const card = world.teams.messages('dan').findLast(({ from, cards }) => from === 'bot' && cards.length > 0)!.id;
    const answer = await world.teams.execute('dan', card, { verb: 'show-request', data: { reference: 'EX-9999' } });
    expect(answer).toMatchObject({
      kind: 'message',
      text: expect.stringContaining('You named 20 references or more') as string,
    });
  });

  it('put all strangers of a minute into one line of the log', async () => {
    const recipient = { id: '28:bot' };
    const activity = { type: 'message', channelId: 'msteams', serviceUrl: world.teams.serviceUrl, recipient };
    const knock = async (): Promise<number> => {
      const body = JSON.stringify({ ...activity, id: '1', conversation: { id: 'a:1' }, from: { id: '29:1' } });
      const headers = { 'content-type': 'application/json', authorization: 'Bearer nothing' };
      return (await fetch(`${world.app().url}/api/messages`, { method: 'POST', headers, body })).status;
    };
    for (let call = 0; call < 30; call += 1) expect(await knock()).toBe(401);
    expect(lines.filter(({ msg }) => msg === 'Refused activities at the door')).toMatchObject([{ count: 1 }]);
  });

  it('let three presses of one person run at once, and everybody else go on', async () => {
    const card = (person: string) => world.teams.messages(person).findLast(({ cards }) => cards.length > 0)!.id;
    await world.teams.say('bob', 'personal', 'help');
    const inbox = world.app().desk.database.referenceTries;
    let running = 0;
    let most = 0;
    const release = Promise.withResolvers<undefined>();
    const real = inbox.blockedUntil;
    Object.assign(inbox, {
      blockedUntil: async (...given: Parameters<typeof real>) => {
        running += 1;
        most = Math.max(most, running);
        await release.promise;
        running -= 1;
        return real(...given);
      },
    });
    const show = { verb: 'show-request', data: { reference: 'EX-9998' } };
    const presses = Array.from({ length: 8 }, () => world.teams.execute('bob', card('bob'), show));
    // Eight presses wait for two and a half seconds each, and somebody else is answered meanwhile.
    expect((await world.teams.execute('dan', card('dan'), { verb: 'say', data: { command: 'help' } })).kind).not.toBe(
      'error',
    );
    await Promise.all(presses);
    expect(most).toBe(3);
    release.resolve(undefined);
    Object.assign(inbox, { blockedUntil: real });
  });
});
