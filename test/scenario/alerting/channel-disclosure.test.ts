import { deliverAlerts } from '../../../src/workflow/alert/deliver-alerts.ts';
import { startWorld, type World } from '../../world.ts';
import { delivery } from '../../store/samples.ts';
import { knock } from '../knock.ts';
import { formInputs, latest, sendRequest, storageRecommendation } from '../steps.ts';
import { everySubscription } from '../../../scripts/soak/kept/kept-state.ts';

/** One line that names the asker and points to their personal chat. */
const pointerFor = (name: string): RegExp =>
  new RegExp(`^${name}: What you asked for is not subscribed here.*personal chat.*$`);

/** A channel is read by everybody in it: what it may show is what somebody entitled to it has subscribed it to. */
describe('what a channel is told', () => {
  let world: World;

  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent' });
  });
  afterAll(() => world.close());

  const said = (chat: string) => world.teams.messages(chat).filter(({ from }) => from === 'bot');
  /** What the bot says in the channel and, at the same time, in the personal chat of whoever asked. */
  const ask = async (person: string, channel: string, text: string) => {
    const before = { channel: said(channel).length, personal: said(person).length };
    await world.teams.say(person, channel, `@Exemption Desk ${text}`);
    const since = (chat: string, count: number) =>
      said(chat)
        .slice(count)
        .map(({ visibleText }) => visibleText)
        .join('\n');
    return { channel: since(channel, before.channel), personal: since(person, before.personal) };
  };
  const subscriptions = () => everySubscription(world.app().desk.database.subscriptions);

  describe('before anybody subscribed it', () => {
    it.each(['recommendations storage', `recommendation ${storageRecommendation}`, 'exemptions', 'requests to decide'])(
      'is nothing but a pointer to the personal chat (%s)',
      async (text) => {
        const { channel, personal } = await ask('bob', '#team-shop', text);

        expect(channel).toMatch(pointerFor('Bob Berger'));
        expect(personal).not.toBe('');
      },
    );

    it('asks somebody without a personal chat to begin one', async () => {
      const { channel } = await ask('dan', '#team-shop', 'recommendations');

      expect(channel).toContain('Dan Dorn: This answer is only for you. Open a personal chat');
    });

    it('refuses a subscription by somebody without rights there', async () => {
      for (const [person, scope] of [
        ['dan', 'contoso'],
        ['alice', 'contoso'],
        ['alice', 'everything'],
        ['erin', 'contoso'],
        ['bob', 'everything'],
        ['frank', 'contoso'],
      ] as const) {
        const { channel, personal } = await ask(person, '#team-shop', `subscribe ${scope}`);
        expect(channel).toContain('personal chat');
        expect(channel).not.toContain('You may not');
        if (person !== 'dan') expect(personal).toContain('You may not subscribe');
      }
      expect(await subscriptions()).toEqual([]);
    });

    it.each(['alice', 'carol', 'frank', 'dan'])('refuses approvals to %s, who may not exempt there', async (person) => {
      const { channel, personal } = await ask(person, '#team-shop', 'approvals here for contoso');

      expect(channel).toContain('personal chat');
      if (person !== 'dan') expect(personal).toContain('because none of your Azure roles allows exemptions there');
      expect(await subscriptions()).toEqual([]);
    });
  });

  describe('once it is subscribed', () => {
    let reference: string;

    beforeAll(async () => {
      await world.teams.say('bob', '#approvals', '@Exemption Desk approvals here for contoso');
      await world.teams.say('erin', '#team-shop', '@Exemption Desk subscribe corp-data');
      await world.app().tick();
      reference = await sendRequest(world, 'alice', { ...formInputs, name: 'Only for rg-shop-prod' });
    });

    it('says who arranged it', async () => {
      const { channel } = await ask('carol', '#team-shop', 'subscriptions');

      expect(channel).toMatch(/^Alerts for corp-data, set up by Erin Eder on \d+ \w+ \d{4}$/);
    });

    it('shows of the answer only what it is subscribed to', async () => {
      const { channel, personal } = await ask('bob', '#team-shop', 'recommendations');

      expect(channel).toContain('In corp-data');
      expect(channel).toContain('Only what is subscribed here is shown.');
      expect(channel).not.toMatch(/shop-prod|In Contoso/);
      expect(personal).toBe('');
    });

    it('shows of that only what the person who asks may read', async () => {
      const { channel, personal } = await ask('alice', '#team-shop', 'recommendations');

      expect(channel).toMatch(pointerFor('Alice Anders'));
      expect(personal).toContain('rg-shop-prod');
    });

    it('does not show an exemption, a recommendation or a request of another scope', async () => {
      const elsewhere = await ask('bob', '#team-shop', `request ${reference}`);
      expect(elsewhere.channel).toMatch(pointerFor('Bob Berger'));
      expect(elsewhere.personal).toContain('Only for rg-shop-prod');

      expect((await ask('bob', '#team-shop', 'requests all')).channel).not.toContain(reference);
      expect((await ask('bob', '#team-shop', 'exemptions')).channel).not.toContain('shop-prod');
    });

    it('shows a request where its scope is disclosed', async () => {
      const { channel } = await ask('bob', '#approvals', `request ${reference}`);

      expect(channel).toContain('Only for rg-shop-prod');
    });

    it('hides the request from somebody who may not read it, wherever they ask', async () => {
      for (const where of ['#approvals', '#team-shop'])
        expect((await ask('erin', where, `request ${reference}`)).channel).not.toContain('Only for rg-shop-prod');
    });

    it('answers a click on the card of somebody else in the personal chat alone', async () => {
      await ask('bob', '#team-shop', 'recommendations');
      const list = latest(world, '#team-shop');
      const before = said('#team-shop').length;
      await world.teams.submit('alice', list.id, {
        verb: 'list-recommendations',
        text: '',
        severity: 'all',
        subscription: '',
        type: '',
        exempt: false,
        page: 1,
      });

      expect(said('#team-shop')[before]?.text).toBe(
        'Alice Anders: The answer is in your personal chat with Exemption Desk.',
      );
      expect(latest(world, '#team-shop')).toEqual(list);
    });

    it('opens the form of a request in the personal chat', async () => {
      await ask('bob', '#approvals', `recommendations storage`);
      const list = latest(world, '#approvals');
      const [key] = /(?<="assessmentKey":")[^"]+/.exec(JSON.stringify(list.cards))!;
      const channelBefore = said('#approvals').length;
      await world.teams.submit('bob', list.id, { verb: 'open-form', assessmentKey: key });

      expect(
        said('#approvals')
          .slice(channelBefore)
          .map(({ text }) => text),
      ).toEqual([expect.stringMatching(/^Bob Berger: The request form is open in your personal chat/)]);
      expect(latest(world, 'bob').visibleText).toContain('Exemption request · step 1 of 2');
    });
  });

  describe('when it has had enough', () => {
    const exempted = async () => {
      const before = said('#security-alerts').length;
      await world.control['POST /simulator/portal-exemption']?.({});
      await world.clock.advance('PT10M');
      return said('#security-alerts').slice(before);
    };

    beforeAll(async () => {
      await world.teams.say('bob', '#security-alerts', '@Exemption Desk subscribe contoso');
      await world.app().tick();
    });

    it('was told in one summary what there is, and not what was due before it asked', () => {
      const titles = said('#security-alerts')
        .filter(({ cards }) => cards.length > 0)
        .map(({ visibleText }) => visibleText.split('\n')[1]);

      expect(titles).toEqual(['What you can do here', 'Exemption Desk now watches this scope']);
    });

    it('gets alerts until it unsubscribes', async () => {
      expect(await exempted()).toHaveLength(1);
      expect((await ask('dan', '#security-alerts', 'unsubscribe')).channel).toContain(
        'no longer receives these alerts',
      );
      expect(await exempted()).toEqual([]);
    });

    it('shows nothing any more', async () => {
      expect((await ask('bob', '#security-alerts', 'exemptions')).channel).toMatch(pointerFor('Bob Berger'));
    });

    it('does not get an alert that was on its way', async () => {
      const { database } = world.app().desk;
      const { conversationId } = world.teams.conversations().find(({ name }) => name === '#security-alerts')!;
      const before = said('#security-alerts').length;
      await database.alerts.addDeliveries([delivery('on-its-way', { channelId: conversationId })], new Date());
      await deliverAlerts(world.app().desk);

      expect(said('#security-alerts')).toHaveLength(before);
      expect(await database.alerts.conversationsDue(world.clock.now())).toEqual([]);
    });

    it('can stop the requests to approve as well', async () => {
      expect((await ask('bob', '#approvals', 'unsubscribe')).channel).toContain('no such subscription');
      expect((await ask('bob', '#approvals', 'unsubscribe approvals')).channel).toContain(
        'no longer receives these requests',
      );
      expect((await subscriptions()).map(({ kind }) => kind)).toEqual(['alerts']);
    });
  });

  describe('when the app is upgraded in the team', () => {
    const welcomes = () =>
      world.teams.messages('#General').filter(({ visibleText }) => visibleText.includes('is installed.')).length;

    it('keeps every subscription, posts nothing in between, and greets nobody again', async () => {
      await world.teams.say('bob', '#security-alerts', '@Exemption Desk subscribe contoso');
      await world.app().tick();
      const [before, greeted] = [await subscriptions(), welcomes()];
      const calls = world.teams.connectorCalls().length;

      await world.teams.upgrade('team', 'remove-upgrade');
      await world.control['POST /simulator/portal-exemption']?.({ expiresInDays: 77 });
      await world.clock.advance('PT10M');
      expect(await subscriptions()).toEqual(before);
      expect(world.teams.connectorCalls().slice(calls)).toEqual([]);

      await world.teams.upgrade('team', 'add-upgrade');
      await world.app().idle();
      expect(await subscriptions()).toEqual(before);
      expect(latest(world, '#security-alerts').visibleText).toContain('Exemption created outside');
      await world.teams.upgrade('team', 'upgrade', '2.0.0');
      expect(await subscriptions()).toEqual(before);
      expect(welcomes()).toBe(greeted);
    });
  });

  describe('when the bot is removed from the team', () => {
    beforeAll(async () => {
      await world.teams.say('bob', '#approvals', '@Exemption Desk approvals here for contoso');
      await world.teams.say('bob', '#security-alerts', '@Exemption Desk subscribe contoso');
      await world.app().tick();
      await world.teams.uninstall('team');
    });

    it('ends the subscriptions of all its channels, on record', async () => {
      expect(await subscriptions()).toEqual([]);
      expect(await world.app().desk.database.ledger.verify()).toBeUndefined();
    });

    it('tries to post nothing there any more', async () => {
      const before = world.teams.connectorCalls().length;
      await world.control['POST /simulator/portal-exemption']?.({});
      await world.clock.advance('PT10M');

      expect(world.teams.connectorCalls().slice(before)).toEqual([]);
    });

    it('reveals nothing by itself when it comes back', async () => {
      await world.teams.install('team');
      await world.control['POST /simulator/portal-exemption']?.({});
      await world.clock.advance('PT10M');

      expect(await subscriptions()).toEqual([]);
      expect(latest(world, '#security-alerts').visibleText).toContain('Exemption Desk is installed.');
    });

    it('forgets a personal chat that is over, and answers when it begins again', async () => {
      await world.teams.uninstall('carol');
      expect((await ask('carol', '#approvals', 'recommendations')).channel).toContain('Open a personal chat');

      await knock(world, 'carol', { text: 'help' });
      expect((await ask('carol', '#approvals', 'recommendations')).channel).toContain('Open a personal chat');

      await world.teams.say('carol', 'personal', 'help');
      expect((await ask('carol', '#approvals', 'recommendations')).channel).toMatch(pointerFor('Carol Costa'));
    });
  });
});
