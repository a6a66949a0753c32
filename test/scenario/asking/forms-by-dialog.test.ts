import { startWorld, type World } from '../../world.ts';
import { companies, inCompany, patience } from '../companies.ts';
import { dialogText } from '../dialog-text.ts';
import { formInputs, latest, sendRequest } from '../steps.ts';

/** The forms that are filled in already, opened in dialogs: change, ask again and renew, in the own chat and from cards of a channel. */
describe.each(companies)('forms of earlier requests by dialog at $tenant', ({ tenant }) => {
  let world: World;
  let people: ReturnType<typeof inCompany>;
  let reference: string;
  const alice = 'alice';
  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent', tenant });
    people = inCompany(world.tenant);
    const { approver, top } = people;
    await world.teams.say(approver.key, '#approvals', `@Exemption Desk approvals here for ${top.name}`);
    await world.app().tick();
    reference = await sendRequest(world, alice);
    const { terms } = (await world.app().desk.database.requests.find(reference))!;
    // Where more ends than fit into cards of their own, they are told in one.
    const group = terms.scopes[0]!.split('/').slice(0, 5).join('/');
    await world.teams.say(approver.key, '#security-alerts', `@Exemption Desk subscribe ${group}`);
  }, patience);
  afterAll(() => world.close());

  const own = () => latest(world, alice);
  const open = async (card: string, title: string): Promise<string> => {
    const turn = await world.teams.press(alice, card, title);
    return dialogText('dialog' in turn ? turn.dialog : undefined);
  };
  const press = async (title: string, inputs: Record<string, string> = {}): Promise<string> => {
    const text = dialogText(await world.teams.dialogs.press(alice, title, inputs));
    await world.app().idle();
    return text;
  };
  const filledIn = () => JSON.stringify(world.teams.dialogs.of(alice)?.card);
  const status = async () => (await world.app().desk.database.requests.find(reference))?.status;
  const warning = () =>
    world.teams
      .messages('#security-alerts')
      .findLast(({ visibleText }) => visibleText.includes(reference) && visibleText.includes('about to expire'))!;
  const newest = (text: string): string => /EX-[0-9A-Z]{4,8}/.exec(text)![0];

  it('changes a waiting request', async () => {
    const said = world.teams.messages(alice).length;
    expect(await open(own().id, 'Change')).toContain(`Change request ${reference}`);
    expect(filledIn()).toContain(formInputs.justification);
    expect(await press('Preview', { justification: 'The uploader is replaced in January, not in spring.' })).toContain(
      `Check your changes to ${reference}`,
    );
    expect(await press('Send')).toContain(`${reference} was changed`);
    expect(world.teams.messages(alice)).toHaveLength(said);
    expect(latest(world, '#approvals').visibleText).toContain('replaced in January');
  });

  it('has the same form as a message, also from a card in a dialog', async () => {
    expect(await open(own().id, 'Change')).toContain(`Change request ${reference}`);
    await press('Preview', { justification: 'The uploader is replaced in February, not in spring.' });
    await press('Send');
    await press('Details');
    expect(await world.teams.dialogs.press(alice, 'Change as a message')).toEqual({ kind: 'closed' });
    expect(own().visibleText).toContain(`Change request ${reference}`);
    await world.teams.press(alice, own().id, 'Discard');
  });

  it('asks again for what was withdrawn', async () => {
    await world.teams.say(alice, 'personal', `withdraw ${reference}`);
    await world.app().idle();
    await world.teams.say(alice, 'personal', `request ${reference}`);
    expect(await open(own().id, 'Ask again')).toContain('Request an exemption');
    expect(filledIn()).toContain('replaced in February');
    await press('Preview');
    reference = newest((await press('Send')).split('request card').at(-1)!);
    expect(await status()).toBe('pending');

    await world.teams.say(alice, 'personal', `withdraw ${reference}`);
    await world.app().idle();
    await world.teams.say(alice, 'personal', `request ${reference}`);
    await world.teams.press(alice, own().id, 'Ask again as a message');
    expect(own().visibleText).toContain('step 1 of 2');
    await world.teams.press(alice, own().id, 'Preview');
    await world.teams.press(alice, own().id, 'Send');
    await world.app().idle();
    reference = newest(own().visibleText);
    expect(await status()).toBe('pending');
  });

  it('renews from the warning in a channel, which sees nothing of the form', async () => {
    await world.teams.say(people.approver.key, 'personal', `approve ${reference}`);
    await world.app().idle();
    await world.clock.advance('P23D');
    const before = world.teams.messages('#security-alerts');

    expect(await open(warning().id, 'Renew')).toContain(`Renew exemption ${reference}`);
    expect(filledIn()).toContain('replaced in February');
    expect(await press('Preview')).toContain('step 2 of 2');
    expect(await press('Discard')).toContain('closed');
    expect(world.teams.messages('#security-alerts')).toEqual(before);

    await world.teams.press(alice, warning().id, 'Renew as a message');
    expect(own().visibleText).toContain(`Renew exemption ${reference}`);
    expect(world.teams.messages('#security-alerts').slice(before.length)).toMatchObject([
      { text: 'Alice Anders: The request form is open in your personal chat with Exemption Desk.', cards: [] },
    ]);
  });

  it('changes what is in force, from the card of its request', async () => {
    await world.teams.say(alice, 'personal', `request ${reference}`);
    expect(await open(own().id, 'Change')).toContain(`Change exemption ${reference}`);
    expect(await press('Preview', { name: 'Uploader behind a proxy' })).toContain('step 2 of 2');
    await press('Discard');
  });

  it('says in the dialog why it opens for nobody else', async () => {
    const turn = await world.teams.press(people.stranger.key, warning().id, 'Renew');
    expect(dialogText('dialog' in turn ? turn.dialog : undefined)).toContain('There is no request');
  });
});
