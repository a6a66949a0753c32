import { startWorld, type World } from '../../world.ts';
import type { TestMessage } from '../../../simulator/teams/message.ts';

/** What anybody may read: that an answer is elsewhere, and why, without a word of it. */
const neutral =
  /^\w+ \w+: (The answer is in your personal chat with Exemption Desk\.|What you asked for is not subscribed here, so the answer is in your personal chat with Exemption Desk\.|This answer is only for you\. Open a personal chat .*|The form is open in your personal chat .*)$/s;
const places = ['#team-shop', '#exemption-audit', '#with-supplier', 'Shop migration', 'Exemption review'];
/** Nothing is subscribed anywhere here, so whatever is answered about the tenant is for whoever asked. */
const lines = [
  'exemptions',
  'recommendations high',
  'requests',
  'requests all',
  'score',
  'report',
  'home',
  'status',
  'request EX-AAAAAA',
  'why EX-AAAAAA',
  'revoke EX-AAAAAA because of it',
  'cleanup',
  'exempt storage from secure transfer',
  'subscribe no-such-scope',
];

type Teams = 'takes them' | 'has none' | 'is unwell' | 'is not asked';

describe.each<Teams>(['takes them', 'has none', 'is unwell', 'is not asked'])(
  'an answer for one person, where Teams %s (targeted messages)',
  (teams) => {
    let world: World;
    let wanted = false;
    beforeAll(async () => {
      world = await startWorld({
        logLevel: 'silent',
        targetedMessages: teams !== 'is not asked',
        hasTargeted: () => teams !== 'has none',
      });
      await world.app().tick();
      for (const where of places.slice(1)) await world.teams.install(where);
    }, 180_000);
    afterAll(() => world.close());
    const isTargetedCall = ({ method, body }: { method: string; body: unknown }): boolean =>
      method === 'POST' && JSON.stringify(body ?? {}).includes('"isTargeted":true');
    const ask = async (where: string, text: string): Promise<TestMessage[]> => {
      const before = world.teams.messages(where).length;
      if (teams === 'is unwell') world.teams.failNext({ status: 500, code: 'ServiceError', when: isTargetedCall });
      await world.teams.say('bob', where, `@Exemption Desk ${text}`);
      await world.app().idle();
      return world.teams
        .messages(where)
        .slice(before)
        .filter(({ from }) => from === 'bot');
    };

    it.each(places)('is never public, and comes (%s)', async (where) => {
      for (const text of lines) {
        const own = world.teams.messages('bob').length;
        const said = await ask(where, text);
        for (const { visibleText } of said.filter(({ onlyFor }) => onlyFor === undefined))
          expect(visibleText).toMatch(neutral);
        const alone = said.filter(({ onlyFor }) => onlyFor === 'bob').length;
        wanted ||= alone > 0;
        expect(alone + world.teams.messages('bob').length - own).toBeGreaterThan(0);
      }
      expect(wanted).toBe(teams === 'takes them');
    });

    it.each(places.filter((name) => name !== '#with-supplier'))('is never public after a press (%s)', async (where) => {
      const [card] = (await ask(where, 'help')).filter(({ cards }) => cards.length > 0);
      for (const title of ['Recommendations', 'Exemptions', 'Requests']) {
        const [own, here] = [world.teams.messages('bob').length, world.teams.messages(where).length];
        if (teams === 'is unwell') world.teams.failNext({ status: 500, code: 'ServiceError', when: isTargetedCall });
        await world.teams.press('bob', card!.id, title);
        await world.app().idle();
        const added = world.teams.messages(where).slice(here);
        for (const { visibleText } of added.filter(({ onlyFor }) => onlyFor === undefined))
          expect(visibleText).toMatch(neutral);
        expect(added.length + world.teams.messages('bob').length - own).toBeGreaterThan(0);
      }
      expect(world.teams.messages(where).find(({ id }) => id === card!.id)?.visibleText).toBe(card!.visibleText);
    });
  },
);

describe('an answer that only its person sees where it was asked for', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent', targetedMessages: true });
    await world.app().tick();
  }, 180_000);
  afterAll(() => world.close());
  const latestFor = (person: string, where: string) =>
    world.teams.messages(where).findLast(({ onlyFor }) => onlyFor === person)!;

  it('needs no personal chat and no line for the others', async () => {
    const { replies } = await world.teams.say('dan', '#team-shop', '@Exemption Desk exemptions');
    expect(replies).toEqual([]);
    expect(latestFor('dan', '#team-shop').visibleText).toContain('None of your Azure roles');
  });

  it('cannot be pressed by anybody else', async () => {
    await world.teams.say('bob', '#team-shop', '@Exemption Desk exemptions');
    const { id } = latestFor('bob', '#team-shop');
    await expect(world.teams.execute('carol', id, { verb: 'show-status' })).rejects.toThrow('cannot see');
  });

  it('is answered to its person alone when they press in it', async () => {
    const card = latestFor('bob', '#team-shop');
    const [button = ''] = world.teams.buttons('bob', card.id).filter((title) => title.startsWith('Firewall'));
    const before = world.teams.messages('#team-shop').length;
    await world.teams.press('bob', card.id, button);
    await world.app().idle();
    const added = world.teams.messages('#team-shop').slice(before);
    expect(added.map(({ onlyFor }) => onlyFor)).toEqual(added.map(() => 'bob'));
  });

  it.each(['home', 'cleanup', 'exempt stshopprod from secure transfer'])(
    'goes into the own chat where its card must live on (%s)',
    async (line) => {
      const own = world.teams.messages('bob').length;
      await world.teams.say('bob', '#team-shop', `@Exemption Desk ${line}`);
      await world.app().idle();
      expect(world.teams.messages('bob').length).toBeGreaterThan(own);
    },
  );

  it('is gone after a day', async () => {
    const { id } = latestFor('bob', '#team-shop');
    await world.clock.advance('P1D');
    await expect(world.teams.execute('bob', id, { verb: 'show-status' })).rejects.toThrow('cannot see');
  });
});
