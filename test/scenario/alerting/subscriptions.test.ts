import { startWorld, timeFrom, type World } from '../../world.ts';
import { people } from '../../../simulator/tenant/contoso/people.ts';
import { sendRequest } from '../steps.ts';
import { everySubscription } from '../../../scripts/soak/kept/kept-state.ts';

/** A Friday at noon in Berlin. */
const noon = Date.parse('2026-11-20T11:00:00Z');

/** A channel hears what it asked for, when it wants to hear it. */
describe('what a channel has asked to hear', () => {
  let world: World;
  let made = 0;

  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent', time: timeFrom(noon) });
  });
  afterAll(() => world.close());

  const ask = async (person: string, channel: string, text: string): Promise<string> => {
    const { replies } = await world.teams.say(person, channel, `@Exemption Desk ${text}`);
    return replies.map(({ visibleText }) => visibleText).join('\n');
  };
  const cards = (chat: string) =>
    world.teams.messages(chat).filter(({ from, cards: shown }) => from === 'bot' && shown.length > 0);
  const titles = (chat: string, since: number): string[] =>
    cards(chat)
      .slice(since)
      .map(({ visibleText }) => visibleText.split('\n').slice(0, 2).join(' '));
  /** Somebody exempts in the portal; each is one of its own. */
  const exempt = async (recommendation?: string) => {
    made += 1;
    await world.control['POST /simulator/portal-exemption']?.({ expiresInDays: 60 + made, recommendation });
  };
  const until = (berlin: string) => {
    const seconds = Math.ceil((Date.parse(`${berlin}:00+01:00`) - world.clock.now().getTime()) / 1000);
    return world.clock.advance(`PT${seconds}S`);
  };
  /** The next sweep, and all that follows from it. */
  const look = () => world.clock.advance('PT6M');

  describe('is arranged in words', () => {
    it.each([
      ['bob', 'subscribe', 'Name the scope, like this: subscribe contoso.'],
      ['bob', 'subscribe contoso digest', 'digest daily or digest weekly'],
      ['bob', 'subscribe contoso expirng', 'Did you mean “expiring”?'],
      [
        'bob',
        'subscribe Contso created',
        'No management group, subscription or resource group that you can read is called “Contso”. Did you mean “Contoso”?',
      ],
      [
        'alice',
        'subscribe corp-dta',
        'No management group, subscription or resource group that you can read is called “corp-dta”. Write its name, a resource group',
      ],
      [
        'alice',
        'subscribe contoso expired',
        'You may not subscribe to Contoso here, because you may not read it in Azure',
      ],
      ['carol', 'subscribe contoso requests', 'because none of your Azure roles allows exemptions there'],
    ])('%s says %s', async (person, text, sentence) => {
      const inChannel = await ask(person, '#team-shop', text);
      // What names a scope is told to the person alone.
      const personal = world.teams.messages(person).at(-1)?.text ?? '';
      expect([inChannel, personal].join('\n')).toContain(sentence);
      expect(inChannel).not.toContain('Contoso');
      expect(await everySubscription(world.app().desk.database.subscriptions)).toEqual([]);
    });

    it('in any order, and can be looked up with who arranged it', async () => {
      expect(
        await ask(
          'erin',
          '#team-shop',
          'subscribe severity:high corp-data digest weekly zone europe/paris expired created',
        ),
      ).toContain(
        'corp-data: expired, created; high and critical severity; weekly digest at 08:00; Europe/Paris. Everyone in this channel',
      );
      expect(await ask('carol', '#team-shop', 'subscriptions')).toMatch(
        /^Alerts for corp-data \(expired, created; high and critical severity; weekly digest at 08:00; Europe\/Paris\), set up by Erin Eder on 20 Nov 2026$/,
      );
    });

    it('a second time for the same scope in the place of the first', async () => {
      await ask('erin', '#team-shop', 'subscribe corp-data quiet 20:00-07:00');
      expect(await ask('carol', '#team-shop', 'subscriptions')).toContain(
        'corp-data (quiet from 20:00 to 07:00), set up',
      );
    });

    it('and brings the requests to decide as well, where somebody may decide them', async () => {
      expect(await ask('bob', '#approvals', 'subscribe requests contoso')).toContain(
        'now receives requests for Contoso',
      );
      expect(await ask('bob', '#approvals', 'subscriptions')).toMatch(
        /^Requests to approve for Contoso, set up by Bob/,
      );
    });
  });

  describe('about an exemption that somebody asked for', () => {
    const alice = people.find(({ key }) => key === 'alice')!;
    const warnings = (chat: string) =>
      cards(chat).filter(({ visibleText }) => visibleText.includes('Exemption about to expire'));

    beforeAll(async () => {
      await ask('erin', '#team-shop', 'unsubscribe');
      await ask('bob', '#team-shop', 'subscribe contoso expiring');
      await look();
      await sendRequest(world, 'alice');
      const card = cards('#approvals').at(-1)!;
      await world.teams.press(
        'bob',
        card.id,
        world.teams.buttons('bob', card.id).find((title) => title.startsWith('Approve EX'))!,
        {
          comment: '',
        },
      );
      await world.app().idle();
      await world.clock.advance('P23D');
      await world.clock.advance('PT10M');
    });

    it('mentions them in the channel, in our words', () => {
      const [warning] = warnings('#team-shop');
      const { body, msteams } = warning?.cards[0] as { body: { text?: string }[]; msteams?: { entities: unknown[] } };

      expect(warnings('#team-shop')).toHaveLength(1);
      expect(body.at(-1)?.text).toBe('For <at>the requester</at>');
      expect(msteams?.entities).toEqual([
        {
          type: 'mention',
          text: '<at>the requester</at>',
          mentioned: { id: alice.objectId, name: 'the requester' },
        },
      ]);
    });

    it('comes into their own chat too, once', async () => {
      await world.clock.advance('PT10M');

      expect(warnings('alice')).toHaveLength(1);
      expect(JSON.stringify(warnings('alice')[0]?.cards)).not.toContain('<at>');
    });

    it('comes without a mention, where Teams takes none', async () => {
      world.teams.failNext({
        status: 400,
        code: 'BadArgument',
        when: ({ body }) => JSON.stringify(body ?? '').includes('<at>'),
      });
      await world.clock.advance('P6D');
      const [, last, ...more] = warnings('#team-shop');

      expect(more).toEqual([]);
      expect(JSON.stringify(last?.cards)).not.toContain('<at>');
    });
  });

  describe('comes', () => {
    beforeAll(async () => {
      await ask('bob', '#security-alerts', 'subscribe contoso created severity:high');
      await ask('bob', '#General', 'subscribe contoso created quiet 20:00-07:00');
      await look();
    });

    it('by kind and severity, and not otherwise', async () => {
      const before = ['#security-alerts', '#team-shop', '#General'].map((chat) => cards(chat).length);
      await exempt('Secure transfer to storage accounts should be enabled');
      await exempt('Management ports should be closed on your virtual machines');
      await look();
      const severities = cards('#security-alerts')
        .slice(before[0])
        .map(({ visibleText }) => /(High|Medium|Low) severity/.exec(visibleText)?.[1]);

      expect(severities).toEqual(['High']);
      expect(titles('#team-shop', before[1]!)).toEqual([]);
      expect(titles('#General', before[2]!)).toHaveLength(2);
    });

    it('after the quiet hours, once', async () => {
      await until('2026-12-20T21:00');
      const before = cards('#General').length;
      await exempt();
      await look();
      await until('2026-12-21T06:55');
      expect(titles('#General', before)).toEqual([]);

      await until('2026-12-21T07:01');
      expect(titles('#General', before)).toEqual([expect.stringMatching(/^Exemption alert .*created outside/)]);
      await world.clock.advance('PT10M');
      expect(titles('#General', before)).toHaveLength(1);
    });

    it('as one card, where much happens at once', async () => {
      const before = cards('#General').length;
      for (let each = 0; each < 6; each += 1) await exempt();
      await look();

      expect(titles('#General', before)).toEqual(['Exemption Desk 6 alerts about exemptions']);
      expect(cards('#General').at(-1)?.visibleText).toMatch(/Created\n6\n/);
    });

    it('as one card in the morning, whose rows open their details', async () => {
      await ask('bob', '#General', 'subscribe contoso created digest daily');
      await until('2026-12-21T12:00');
      const before = cards('#General').length;
      await exempt();
      await exempt();
      await look();
      await until('2026-12-22T07:55');
      expect(titles('#General', before)).toEqual([]);
      await until('2026-12-22T08:01');
      expect(titles('#General', before)).toEqual(['Exemption Desk 2 alerts about exemptions']);

      const digest = cards('#General').at(-1)!;
      const [open] = /\{"verb":"show-exemption","id":"[^"]+"\}/.exec(JSON.stringify(digest.cards)) ?? [];
      await world.teams.submit('bob', digest.id, JSON.parse(open ?? '{}'));
      expect(cards('#General').at(-1)?.visibleText).toContain('Created outside Exemption Desk');
    });

    it('not at all once it unsubscribes, nor what waited for it', async () => {
      await exempt();
      await look();
      await ask('dan', '#General', 'unsubscribe');
      const before = cards('#General').length;
      await world.clock.advance('P2D');

      expect(titles('#General', before)).toEqual([]);
      expect((await world.app().desk.database.alerts.health(world.clock.now())).held).toBe(0);
    });
  });
});
