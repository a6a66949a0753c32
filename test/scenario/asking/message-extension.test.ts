import type { ExtensionAnswer, ExtensionResult } from '../../../simulator/teams/people/extension-answer.ts';
import { startWorld, type World } from '../../world.ts';
import { dialogText } from '../dialog-text.ts';
import { formInputs, latest, offeredInDialog, sendRequest } from '../steps.ts';

const transfer = 'Secure transfer to storage accounts should be enabled';
const firewall = 'Firewall should be enabled on Key Vault';
/** A chat of Alice, Bob, Carol and Erin in which the bot is not installed. */
const chat = 'Shop migration';

describe('the search of the message extension', () => {
  let world: World;
  let reference = '';

  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent' });
    await world.app().tick();
    reference = await sendRequest(world, 'alice');
    await world.teams.say('bob', 'personal', 'help');
    await world.teams.say('carol', 'personal', 'help');
    await world.teams.say('erin', 'personal', 'help');
  }, 60_000);
  afterAll(() => world.close());

  const results = (answer: ExtensionAnswer): readonly ExtensionResult[] => {
    if (answer.kind !== 'results') throw new Error(JSON.stringify(answer));
    return answer.results;
  };
  const search = async (person: string, what: string, text?: string, skip = 0) =>
    results(await world.teams.extension.query(person, chat, what, text, skip));
  const titles = async (...asked: Parameters<typeof search>) => (await search(...asked)).map(({ title }) => title);
  const pressDetails = async (person: string, id: string) => {
    const pressed = await world.teams.press(person, id, 'Details', {});
    return dialogText('dialog' in pressed ? pressed.dialog : undefined);
  };

  it('begins with what is most useful, and finds by parts of names', async () => {
    expect(await titles('carol', 'recommendations')).toHaveLength(25);
    expect(await titles('carol', 'recommendations', 'secure transfer')).toEqual([transfer]);
    expect(await titles('carol', 'exemptions', 'kv-hr')).toContain(firewall);
    expect(await titles('alice', 'requests')).toEqual([`${reference} ${transfer}`]);
    expect(await titles('alice', 'requests', reference.toLowerCase())).toHaveLength(1);
    expect(await titles('alice', 'requests', 'SECURE TRANSFER')).toHaveLength(1);
  });

  it('goes on where the client left off, with nothing twice', async () => {
    const [first, next] = [
      await titles('carol', 'recommendations', ''),
      await titles('carol', 'recommendations', '', 25),
    ];
    expect(next.length).toBeGreaterThan(0);
    expect(first.filter((title) => next.includes(title))).toEqual([]);
    expect(await titles('carol', 'recommendations', '', 5000)).toEqual([]);
  });

  it('finds for each only what they may see', async () => {
    expect(await world.teams.extension.query('alice', chat, 'exemptions', 'kv-hr')).toMatchObject({ kind: 'message' });
    expect(await world.teams.extension.query('erin', chat, 'requests', reference)).toMatchObject({ kind: 'message' });
    expect(await world.teams.extension.query('alice', chat, 'recommendations', 'x'.repeat(121))).toEqual({
      kind: 'message',
      text: 'What is searched for may have 120 characters.',
    });
  });

  it('posts a title and a button, and nothing that needs a right', async () => {
    const found = [
      ...(await search('carol', 'exemptions', 'kv-hr')),
      ...(await search('alice', 'requests')),
      ...(await search('carol', 'recommendations', 'secure transfer')),
    ];
    for (const { content, text } of found) {
      const posted = JSON.stringify(content);
      for (const secret of ['/subscriptions/', 'kv-hr', 'rg-corp', 'stshopprod', 'Alice', 'corp-prod'])
        expect(posted).not.toContain(secret);
      expect(text).not.toBe('');
    }
    const shown = found.map((each) => world.teams.extension.post('carol', chat, each).visibleText);
    expect(shown).toContain(`Exemption Desk\nExemption\nfrom “${firewall}”\nDetails`);
    expect(shown).toContain(`Exemption Desk\nRequest ${reference}\nDetails`);
    expect(shown).toContain(`Exemption Desk\nRecommendation\n${transfer}\nDetails`);
  });

  it('opens the details for whoever presses, by their own rights, without the bot in the chat', async () => {
    const post = async (person: string, what: string, text: string) =>
      world.teams.extension.post(person, chat, (await search(person, what, text))[0]!).id;

    const exemption = await post('carol', 'exemptions', 'kv-hr');
    expect(await pressDetails('carol', exemption)).toContain('kv-hr');
    expect(await pressDetails('alice', exemption)).toContain('There is no exemption that you may see here');

    const request = await post('alice', 'requests', reference);
    expect(await pressDetails('bob', request)).toContain('stshopprod');
    expect(await pressDetails('erin', request)).toContain(`There is no request ${reference} that you may see`);

    const recommendation = await post('carol', 'recommendations', 'secure transfer');
    expect(await pressDetails('alice', recommendation)).toContain('stshoplogs');
    expect(world.teams.messages(chat).filter(({ from }) => from === 'bot')).toEqual([]);
  });

  it('opens the form for what a message links to, and sends the request from there', async () => {
    const account = world.tenant.resources.find(({ name }) => name === 'stshoplogs')!.id;
    const { assessmentKey } = world.tenant.recommendations.find(({ displayName }) => displayName === transfer)!;
    const link = `https://portal.azure.com/#view/Microsoft_Azure_Security/GenericRecommendationDetailsBlade/assessmentKey/${assessmentKey}/resourceId/${encodeURIComponent(account)}`;
    for (const text of [`could you look at ${link}?`, `could you look at [this](${link})?`]) {
      await world.teams.say('bob', chat, text);
      const message = world.teams.messages(chat).findLast((each) => each.from === 'bob')!;
      const form = await world.teams.extension.open('alice', chat, 'request-exemption', message.id);
      expect(dialogText(form)).toContain('Request an exemption');
      expect(JSON.stringify(form)).toContain('stshoplogs');
    }
    const preview = await world.teams.dialogs.press('alice', 'Preview', {
      ...formInputs,
      resources: offeredInDialog(world, 'alice', 'stshoplogs'),
    });
    expect(dialogText(preview)).toContain('Check your request');
    await world.teams.dialogs.press('alice', 'Send');
    await world.app().idle();
    expect(latest(world, 'alice').visibleText).toContain('stshoplogs');
  });

  it('lists recommendations to choose from where nothing is linked', async () => {
    const list = await world.teams.extension.open('alice', chat, 'request-exemption');
    expect(dialogText(list)).toContain('Secure transfer');
    const { id } = world.teams.extension.post('alice', chat, (await search('alice', 'requests'))[0]!);
    expect(dialogText(await world.teams.extension.open('alice', chat, 'request-exemption', id))).toContain(
      'Open recommendations',
    );
  });
});
