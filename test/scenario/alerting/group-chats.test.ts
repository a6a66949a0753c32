import { startWorld, type World } from '../../world.ts';
import { everySubscription } from '../../../scripts/soak/kept/kept-state.ts';
import { latest, sendRequest } from '../steps.ts';

const ask = (text: string): string => `@Exemption Desk ${text}`;

/** A chat of some people and the chat of a meeting are places like a channel, without threads and without a team. */
describe.each(['Shop migration', 'Exemption review'])('in the group chat “%s”', (chat) => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent' });
    await world.app().tick();
  });
  afterAll(() => world.close());
  const said = async (person: string, text: string): Promise<string> =>
    (await world.teams.say(person, chat, ask(text))).replies.map(({ visibleText }) => visibleText).join('\n');
  const subscriptions = () => everySubscription(world.app().desk.database.subscriptions);

  it('greets once when somebody adds it, for everybody', async () => {
    await world.teams.install(chat);
    const [greeting, ...more] = world.teams.messages(chat);
    expect(greeting?.visibleText).toContain('Exemption Desk is installed.');
    expect(more).toEqual([]);
  });

  it('reads only what mentions it', async () => {
    const { status, replies } = await world.teams.say('bob', chat, 'subscribe contoso');
    expect({ status, replies }).toEqual({ status: undefined, replies: [] });
  });

  it('shows what nothing is arranged for to the asker alone', async () => {
    expect(await said('bob', 'exemptions')).toMatch(/^Bob Berger: What you asked for is not subscribed here.*personal/);
  });

  it('is refused to whoever may not read it in Azure', async () => {
    await said('alice', 'subscribe contoso');
    expect(world.teams.messages('alice').at(-1)?.text).toContain('You may not subscribe to Contoso here');
    expect(await subscriptions()).toEqual([]);
  });

  it('receives alerts and requests, and says that it is a chat', async () => {
    const alerts = await said('bob', 'subscribe contoso');
    expect(alerts).toContain('This chat now receives alerts about exemptions in Contoso');
    expect(alerts).toContain('Everyone in this chat can see them.');
    expect(await said('bob', 'approvals here for contoso')).toContain('This chat now receives requests for Contoso');
    expect(await said('carol', 'subscriptions')).toContain('Requests to approve for Contoso, set up by Bob Berger');
    await world.app().tick();
  });

  it('shows there no more than is subscribed', async () => {
    await said('bob', 'unsubscribe');
    await said('bob', 'unsubscribe approvals');
    await said('bob', 'subscribe corp-data');
    const shown = await said('bob', 'exemptions');
    expect(shown).toContain('Only what is subscribed here is shown.');
    expect(shown).not.toContain('shop-prod');
    await said('bob', 'approvals here for contoso');
  });

  it('lets approvers decide there, and the card there follows', async () => {
    const reference = await sendRequest(world, 'alice');
    await world.app().idle();
    const card = latest(world, chat);
    expect(card.visibleText).toContain(reference);
    await world.teams.press('bob', card.id, `Approve ${reference}`);
    await world.app().idle();
    expect(world.teams.messages(chat).find(({ id }) => id === card.id)?.visibleText).toContain('Bob Berger');
  });

  it('posts nothing after the app was removed, and ends what was arranged', async () => {
    await world.teams.uninstall(chat);
    expect(await subscriptions()).toEqual([]);
    const { conversationId } = world.teams.conversations().find(({ name }) => name === chat)!;
    expect(await world.app().desk.database.conversations.find(conversationId)).toBeUndefined();
  });
});
