import { startWorld, type World } from '../../world.ts';
import { everySubscription } from '../../../scripts/soak/kept/kept-state.ts';
import { sendRequest } from '../steps.ts';

const onlyOurs = 'Exemption Desk only answers people of the organisation that runs it.';
const alone = (name: string): string => `${name}: The answer is in your personal chat with Exemption Desk.`;
const everything = [
  'exemptions',
  'recommendations',
  'recommendation Secure transfer',
  'requests all',
  'request EX-AAAAAA',
  'score',
  'report',
  'help',
  'help all',
  'home',
  'status',
  'subscriptions',
  'unsubscribe',
  'cleanup',
  'why EX-AAAAAA',
  'nonsense that nobody understands',
];

/** In a shared channel sits Oscar, whom our directory does not know and who can read every post. */
describe('somebody of another organisation who reads along', () => {
  let world: World;
  const shared = '#with-supplier';
  const subscriptions = () => everySubscription(world.app().desk.database.subscriptions);
  const texts = (chat: string): string[] =>
    world.teams
      .messages(chat)
      .filter(({ from }) => from === 'bot')
      .map(({ visibleText }) => visibleText);
  const said = async (person: string, chat: string, text: string): Promise<string[]> => {
    const before = texts(chat).length;
    await world.teams.say(person, chat, `@Exemption Desk ${text}`);
    await world.app().idle();
    return texts(chat).slice(before);
  };

  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent' });
    await world.app().tick();
    await world.teams.install(shared);
  });
  afterAll(() => world.close());

  it('gets no answer, and changes nothing, without a question to Azure', async () => {
    const before = world.azure.requests().length;
    for (const text of [...everything, 'subscribe contoso', 'approvals here for contoso'])
      expect(await said('oscar', shared, text)).toEqual([onlyOurs]);
    expect(world.azure.requests()).toHaveLength(before);
    expect(await subscriptions()).toEqual([]);
  });

  it.each(everything)('sees nothing of what a member is answered (%s)', async (text) => {
    const before = world.teams.messages('bob').length;
    expect(await said('bob', shared, text)).toEqual([alone('Bob Berger')]);
    expect(world.teams.messages('bob').length).toBeGreaterThan(before);
  });

  it.each(['subscribe contoso', 'approvals here for contoso'])('is nobody for whom is arranged “%s”', async (text) => {
    expect(await said('bob', shared, text)).toEqual([alone('Bob Berger')]);
    expect(world.teams.messages('bob').at(-1)?.visibleText).toContain(
      'People of other organisations can read what is posted there',
    );
    expect(await subscriptions()).toEqual([]);
  });

  it('is taken to be there where Teams does not say who is', async () => {
    await world.clock.advance('PT6M');
    world.teams.failNext({ status: 500, code: 'ServiceError', when: ({ path }) => path.includes('/pagedmembers') });
    expect(await said('bob', '#exemption-audit', 'exemptions')).toEqual([]);
    await world.teams.install('Shop migration');
    world.teams.failNext({ status: 500, code: 'ServiceError', when: ({ path }) => path.includes('/pagedmembers') });
    expect(await said('bob', 'Shop migration', 'exemptions')).toEqual([alone('Bob Berger')]);
  });

  it('sees no more posts where they come later, until they are gone', async () => {
    const chat = 'Exemption review';
    await world.teams.install(chat);
    await said('bob', chat, 'approvals here for contoso');
    world.teams.become('carol', 'shared-channel');
    await world.clock.advance('PT6M');
    const before = texts(chat).length;
    const reference = await sendRequest(world, 'alice');
    await world.app().idle();
    expect(texts(chat)).toHaveLength(before);
    world.teams.become('carol', 'member');
    await world.clock.advance('PT6M');
    await said('bob', chat, 'subscriptions');
    await world.app().tick();
    await world.app().idle();
    expect(texts(chat).join('\n')).toContain(reference);
  });
});

/** A private channel has people of its own; the app is added to it by itself, and taken out without a word of an installation. */
describe('a private channel', () => {
  let world: World;
  const audit = '#exemption-audit';
  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent' });
    await world.app().tick();
  });
  afterAll(() => world.close());
  const place = () => {
    const { conversationId } = world.teams.conversations().find(({ name }) => name === audit)!;
    return world.app().desk.database.conversations.find(conversationId);
  };

  it('is known with its type once the app was added there', async () => {
    expect((await world.teams.say('bob', audit, '@Exemption Desk help')).status).toBeUndefined();
    await world.teams.install(audit);
    expect(await place()).toMatchObject({ channelType: 'private', name: '#exemption-audit' });
  });

  it('is asked by itself who is in it, never through its team', async () => {
    await world.clock.advance('PT6M');
    const { replies } = await world.teams.say('bob', audit, '@Exemption Desk approvals here for contoso');
    expect(replies.at(-1)?.text).toContain('This channel now receives requests for Contoso');
    const { desk } = world.app();
    const channel = (await place())!;
    const alice = (await desk.database.conversations.personal('00000000-0000-4000-8000-000000000101'))!.objectId!;
    expect(await desk.presence.mentionId(alice, channel)).toBeUndefined();
  });

  it('is forgotten with all that was arranged when the app is taken out', async () => {
    expect(await everySubscription(world.app().desk.database.subscriptions)).toHaveLength(1);
    await world.teams.uninstall(audit);
    expect(await everySubscription(world.app().desk.database.subscriptions)).toEqual([]);
    expect(await place()).toBeUndefined();
  });
});
