import type { Verb } from '../../../src/cards/actions.ts';
import { startWorld, type World } from '../../world.ts';
import { tenantId } from '../../../simulator/tenant/contoso/people.ts';
import { knock } from '../knock.ts';
import { latest } from '../steps.ts';
import { preparePresses, type Presses } from './genuine-presses.ts';

/** Words that only somebody who may see the request may read: who asks, for what, where, and why. */
const secrets = /Alice Anders|stshopprod|stshoplogs|rg-shop-prod|shop-prod|Legacy uploader|old uploader/;

/** Whatever is pressed or typed in a place whose readers may not see it, they read none of what it is about. */
describe('what everybody reads where somebody is refused or answered', () => {
  let world: World;
  let presses: Presses;

  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent' });
    presses = await preparePresses(world);
    // The other team's channel is subscribed, but not to the shop.
    await world.teams.say('erin', '#team-shop', '@Exemption Desk subscribe corp-data');
    await world.teams.say('bob', '#security-alerts', '@Exemption Desk help');
    await world.teams.say('erin', '#team-shop', '@Exemption Desk help');
    await world.teams.say('erin', 'personal', 'help');
    await world.app().idle();
  }, 180_000);
  afterAll(() => world.close());

  const verbs = (): Verb[] => Object.keys(presses.genuine) as Verb[];
  const idOf = (chat: string) => world.teams.conversations().find(({ name }) => name === chat)!.conversationId;
  const inChannel = (chat: string) => ({
    conversation: { id: idOf(chat), conversationType: 'channel', isGroup: true, tenantId },
  });
  /** All that stands in a chat after a press there, except for what stood there before. */
  const shownAfter = async (chat: string, act: () => Promise<unknown>): Promise<string> => {
    const state = () => new Map(world.teams.messages(chat).map(({ id, version }) => [id, version]));
    const before = state();
    await act();
    await world.app().idle();
    return world.teams
      .messages(chat)
      .filter(({ id, version, from }) => from === 'bot' && before.get(id) !== version)
      .map(({ visibleText, summary }) => `${visibleText}\n${summary ?? ''}`)
      .join('\n');
  };

  /** After some wrong references every answer is the same, and would tell nothing of what it hides. */
  const anew = async (): Promise<void> => {
    await world.clock.advance('PT61M');
    await world.app().idle();
  };
  const blocked = () =>
    ['alice', 'bob', 'carol', 'dan', 'erin']
      .flatMap((person) => world.teams.messages(person))
      .filter(({ visibleText }) => visibleText.includes('references or more that do not exist'));
  // A row whose press was answered like that has tested nothing.
  afterEach(() => expect(blocked()).toEqual([]));

  const pressers = { '#security-alerts': ['alice', 'bob', 'dan'], '#team-shop': ['carol', 'erin', 'dan'] };

  it('is nothing of the request, whichever button is pressed by whomever in another channel', async () => {
    const told: string[] = [];
    for (const [chat, those] of Object.entries(pressers))
      for (const person of those) {
        await anew();
        for (const verb of verbs()) {
          // Deciding for real would end the request that the other rows need; the next test does it.
          if (person === 'bob' && /approve|reject|^say$/.test(verb)) continue;
          if (person === 'alice' && verb === 'withdraw-request') continue;
          const { data } = presses.genuine[verb];
          const shown = await shownAfter(chat, () =>
            knock(world, person, { value: data, replyToId: latest(world, chat).id, ...inChannel(chat) }, chat),
          );
          // Whoever asks is named in the pointer to their own chat.
          const secret = secrets.exec(shown.replaceAll(/^Alice Anders: /gm, ''))?.[0];
          if (secret !== undefined) told.push(`${verb} by ${person} in ${chat}: ${secret}`);
        }
      }
    expect(told).toEqual([]);
  }, 600_000);

  it('is nothing of it either for the client, as the answer to a press of somebody without a role', async () => {
    const told: string[] = [];
    await anew();
    for (const verb of verbs()) {
      const { data } = presses.genuine[verb];
      const answer = await world.teams.execute('dan', latest(world, '#team-shop').id, { verb, data });
      expect(JSON.stringify(answer)).not.toContain('references or more that do not exist');
      const secret = secrets.exec(JSON.stringify(answer))?.[0];
      if (secret !== undefined) told.push(`${verb}: ${secret}`);
    }
    expect(told).toEqual([]);
  }, 180_000);

  it.each([
    ['carol', 'reject PENDING "Too long."'],
    ['dan', 'reject PENDING "Too long."'],
    ['carol', 'approve PENDING'],
    ['bob', 'approve PENDING until 2029-12-31'],
    ['bob', 'withdraw PENDING'],
    ['bob', 'change PENDING'],
    ['carol', 'revoke EX-1NF0CE "Mended."'],
    ['bob', 'unsubscribe Contos'],
    ['erin', 'subscribe corp-dat'],
    ['carol', 'approvals here for contoso'],
    ['carol', 'approvals here for shop-prod'],
  ])('is nothing of what %s types (%s)', async (person, line) => {
    const typed = line.replace('PENDING', presses.pending);
    await anew();
    const before = world.teams.messages(person).length;
    const shown = await shownAfter('#team-shop', () =>
      world.teams.say(person, '#team-shop', `@Exemption Desk ${typed}`),
    );
    expect(shown).not.toMatch(secrets);
    expect(shown).not.toMatch(/Contoso|corp-data/);
    expect(shown).toContain('personal chat');
    expect(world.teams.messages(person)).toHaveLength(before + 1);
  });

  it('names the built-in roles to whoever lacks the right, where they may know of it', async () => {
    await world.teams.say('carol', '#team-shop', `@Exemption Desk reject ${presses.pending} "Too long."`);
    expect(world.teams.messages('carol').at(-1)?.text).toMatch(
      /These built-in roles at .+ would allow it: Resource Policy Contributor, Security Admin, Owner\./,
    );
  });

  it('is a usage hint where a line was not understood', async () => {
    const shown = await shownAfter('#team-shop', () =>
      world.teams.say('erin', '#team-shop', '@Exemption Desk subscribe'),
    );
    expect(shown).toContain('Erin Eder: Name the scope, like this');
  });

  it('tells somebody at the card of the request why they may not decide, and nobody else', async () => {
    const { data } = presses.genuine['approve-request'];
    await anew();
    const before = world.teams.messages('dan').length;
    const shown = await shownAfter('#approvals', () => world.teams.submit('dan', presses.approvalCard, data));
    expect(shown).not.toMatch(secrets);
    expect(world.teams.messages('dan').slice(before).at(-1)?.text).toContain(
      'none of your Azure roles allows exemptions',
    );
  });

  it('is not the card of what was approved from there', async () => {
    const { data } = presses.genuine['approve-request'];
    const shown = await shownAfter('#security-alerts', () =>
      knock(
        world,
        'bob',
        { value: data, replyToId: latest(world, '#security-alerts').id, ...inChannel('#security-alerts') },
        '#security-alerts',
      ),
    );
    expect(shown).not.toMatch(secrets);
    expect(shown).toContain('Bob Berger: The answer is in your personal chat');
    expect(latest(world, 'bob').visibleText).toMatch(/stshopprod|rg-shop-prod/);
    expect((await world.app().desk.database.requests.find(presses.pending))?.approvals).toHaveLength(1);
  });
});
