import { startWorld, type World } from '../../world.ts';
import { sendRequest } from '../steps.ts';

/** A product team has Reader on its resource group, and a channel. */
describe('the channel of a product team', () => {
  let world: World;

  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent' });
    await world.app().tick();
  });
  afterAll(() => world.close());

  /** What the channel reads, and what the person reads alone. */
  const ask = async (person: string, channel: string, text: string): Promise<string> => {
    const before = world.teams.messages(person).length;
    const { replies } = await world.teams.say(person, channel, `@Exemption Desk ${text}`);
    const alone = world.teams.messages(person).slice(before);
    return [...replies, ...alone].map(({ visibleText }) => visibleText).join('\n');
  };

  it('is subscribed to its resource group by its name, by whoever reads that', async () => {
    expect(await ask('alice', '#team-shop', 'subscribe rg-shop-prod')).toContain(
      'This channel now receives alerts about exemptions in shop-prod / rg-shop-prod',
    );
    expect(await ask('alice', '#team-shop', 'subscriptions')).toMatch(
      /^Alerts for shop-prod \/ rg-shop-prod, set up by Alice/,
    );
  });

  it('is not by somebody who cannot read it, who does not hear that it exists', async () => {
    await world.teams.say('dan', 'dan', 'help');
    const refusal = await ask('dan', '#General', 'subscribe rg-shop-prod');
    expect(refusal).toContain('called “rg-shop-prod”');
    expect(refusal).toBe((await ask('dan', '#General', 'subscribe rg-nowhere')).replaceAll('nowhere', 'shop-prod'));
    expect(await ask('dan', '#General', 'subscriptions')).not.toContain('rg-shop-prod');
  });

  it('gets the requests for it where somebody may decide them', async () => {
    expect(await ask('bob', '#approvals', 'approvals here for rg-shop-prod')).toContain(
      'now receives requests for shop-prod / rg-shop-prod',
    );
    expect(await ask('alice', '#team-shop', 'approvals here for rg-shop-prod')).toContain('You may not subscribe');
  });

  it('gets several scopes by one line, all or none', async () => {
    expect(await ask('bob', '#security-alerts', 'subscribe rg-shop-prod, corp-data expiring')).toContain(
      'exemptions in shop-prod / rg-shop-prod and corp-data: expiring',
    );
    expect(await ask('alice', '#General', 'subscribe rg-shop-prod, corp-data')).toContain(
      'You may not subscribe to corp-data here',
    );
    expect(await ask('alice', '#General', 'subscriptions')).not.toContain('rg-shop-prod');
  });

  it('loses it by the same name', async () => {
    expect(await ask('alice', '#team-shop', 'unsubscribe rg-shop-prod')).toContain('no longer receives these alerts');
  });

  describe('when somebody ends what another person had set up', () => {
    const chat = (person: string) => world.teams.messages(person).at(-1)?.visibleText ?? '';
    const line = 'subscribe rg-shop-prod expiring severity:high digest daily quiet 20:00-07:00 zone Europe/Berlin';
    const restored = async (person: string): Promise<void> => {
      const card = world.teams.messages('#team-shop').findLast(({ cards }) => cards.length > 0)!;
      await world.teams.press(person, card.id, 'Subscribe again', {});
    };

    beforeAll(async () => {
      await ask('alice', '#team-shop', line);
    });

    it('reads what that was and who had set it up', async () => {
      const answer = await ask('carol', '#team-shop', 'unsubscribe');
      expect(answer).toContain('no longer receives these alerts: alerts for shop-prod / rg-shop-prod (expiring;');
      expect(answer).toContain('Alice Anders had set this up and is told.');
      expect(await ask('carol', '#team-shop', 'subscriptions')).not.toContain('rg-shop-prod');
    });

    it('that person hears of it alone, with the way back', () => {
      expect(chat('alice')).toMatch(/^Carol [^ ]+ ended what you had set up in #team-shop: alerts for shop-prod/);
      expect(chat('alice')).toContain('send there, after mentioning Exemption Desk:');
    });

    it('nobody without the rights brings it back', async () => {
      await restored('dan');
      expect(await ask('carol', '#team-shop', 'subscriptions')).not.toContain('rg-shop-prod');
    });

    it('nor that person, once they may no longer read it', async () => {
      const { roleAssignments } = world.tenant;
      const before = roleAssignments.slice();
      roleAssignments.splice(
        roleAssignments.findIndex(({ scope }) => scope.toLowerCase().endsWith('/rg-shop-prod')),
        1,
      );
      await restored('alice');
      expect(await ask('carol', '#team-shop', 'subscriptions')).not.toContain('rg-shop-prod');
      roleAssignments.splice(0, roleAssignments.length, ...before);
    });

    it('with the rights one press has it again as it was', async () => {
      await restored('alice');
      expect(await ask('carol', '#team-shop', 'subscriptions')).toMatch(
        /^Alerts for shop-prod \/ rg-shop-prod \(expiring; high and critical severity; daily digest at 08:00; quiet from 20:00 to 07:00; Europe\/Berlin\), set up by Alice/,
      );
      await ask('alice', '#team-shop', 'unsubscribe');
    });
  });

  describe('follows one recommendation', () => {
    const title = 'Secure transfer to storage accounts should be enabled';
    const cards = (channel: string) =>
      world.teams.messages(channel).filter(({ from, cards: shown }) => from === 'bot' && shown.length > 0);
    /** Somebody exempts in the portal, and the next sweep finds it. */
    const exempt = async (recommendation: string) => {
      await world.control['POST /simulator/portal-exemption']?.({ expiresInDays: 60, recommendation });
      await world.clock.advance('PT6M');
    };

    it('by its title, where the person who says so may read', async () => {
      expect(await ask('bob', '#General', `subscribe ${title} created`)).toContain(
        `exemptions in Contoso: only “${title}”; created.`,
      );
      expect(await ask('alice', '#team-shop', `subscribe recommendation:"${title}"`)).toContain(
        `exemptions in shop-prod / rg-shop-prod: only “${title}”.`,
      );
      await world.clock.advance('PT6M');
    });

    it('and gets the requests about it to decide', async () => {
      expect(await ask('bob', '#General', `approvals here for recommendation:"${title}" in contoso`)).toContain(
        `now receives requests for Contoso: only “${title}”.`,
      );
      const before = cards('#General').length;
      await sendRequest(world, 'alice');
      await world.app().idle();
      expect(cards('#General').slice(before)).toHaveLength(1);
    });

    it('and hears of that, and of nothing else', async () => {
      const before = cards('#General').length;
      await exempt('Management ports should be closed on your virtual machines');
      expect(cards('#General').slice(before)).toEqual([]);
      await exempt(title);
      const [alert, ...more] = cards('#General').slice(before);
      expect(alert?.visibleText).toContain(title);
      expect(more).toEqual([]);
    });

    it('and no list in the channel shows more because of it', async () => {
      expect(await ask('bob', '#General', 'exemptions')).toContain('not subscribed here');
    });

    it('never by a part of a title, which could mean another', async () => {
      const answer = await ask('bob', '#General', 'subscribe recommendation:"storage accounts"');
      expect(answer).toContain('Write one of these instead: recommendation:"');
      expect(await ask('bob', '#General', 'subscriptions')).not.toContain('should disable');
    });

    it('nor by somebody who may read nothing, or no longer', async () => {
      expect(await ask('dan', '#General', `subscribe recommendation:"${title}"`)).not.toContain('now receives');
      const { roleAssignments } = world.tenant;
      const before = roleAssignments.slice();
      const reader = roleAssignments.findIndex(({ scope }) => scope.toLowerCase().endsWith('/rg-shop-prod'));
      roleAssignments.splice(reader, 1);
      expect(await ask('alice', '#security-alerts', `subscribe recommendation:"${title}"`)).not.toContain(
        'now receives',
      );
      expect(await ask('alice', '#security-alerts', 'subscribe rg-shop-prod')).not.toContain('now receives');
      roleAssignments.splice(0, roleAssignments.length, ...before);
    });

    it('until it is unsubscribed by the same words', async () => {
      expect(await ask('dan', '#General', `unsubscribe recommendation:"${title}"`)).toContain('no longer receives');
      expect(await ask('bob', '#General', 'subscriptions')).toMatch(
        /^Requests to approve for Contoso \(only “[^”]*”\)/,
      );
    });
  });
});
