import type { OpenStore } from '../../src/store/open-store.ts';
import { everyAlert } from '../../src/core/alert/subscription.ts';
import { freshStore } from './fresh-database.ts';
import { noPostgres, postgresStore } from './postgres-database.ts';
import { alice, bob, draft, pendingRequest, personalChat } from './samples.ts';
import { everySubscription } from '../../scripts/soak/kept/kept-state.ts';

const engines = [
  { engine: 'the embedded engine', open: freshStore, whyNot: undefined },
  { engine: 'PostgreSQL', open: postgresStore, whyNot: noPostgres },
];

const at = new Date('2026-11-21T12:00:00.000Z');

for (const { engine, open, whyNot } of engines) {
  (whyNot === undefined ? describe : describe.skip)(whyNot ?? `the store on ${engine}`, () => {
    let opened: OpenStore;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.close());

    it('gives a request back as it was kept, by its reference in any casing', async () => {
      const request = pendingRequest('EX-AAAA', { origin: '19:shop' });
      await opened.store.requests.add(request);

      expect(await opened.store.requests.find('ex-aaaa')).toEqual(request);
      expect(await opened.store.requests.find('EX-NONE')).toBeUndefined();
    });

    it.each(['1000-01-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z'])('keeps the expiry %s', async (expiresAt) => {
      const request = pendingRequest(`EX-${expiresAt.slice(0, 4)}`);
      const far = { ...request, terms: { ...request.terms, expiresAt: new Date(expiresAt) } };
      await opened.store.requests.add(far);

      expect(await opened.store.requests.find(far.reference)).toEqual(far);
    });

    it('keeps a decided request with who, when and why', async () => {
      const request = pendingRequest('EX-BBBB');
      const decision = { by: bob, at, comment: 'Fine' };
      const decided = {
        ...request,
        version: 2,
        status: 'failed',
        decision,
        failure: 'No answer',
        appliedAt: at,
      } as const;
      await opened.store.requests.add(request);
      await opened.store.requests.replace(decided);

      expect(await opened.store.requests.find('EX-BBBB')).toEqual(decided);
    });

    it('keeps how far a request has taken effect, without making a new version of it', async () => {
      const request = pendingRequest('EX-PPPP');
      await opened.store.requests.add(request);
      await opened.store.requests.recordProgress('ex-pppp', { exempt: 3, of: 5 });

      expect(await opened.store.requests.find('EX-PPPP')).toEqual({ ...request, progress: { exempt: 3, of: 5 } });
    });

    it('keeps what stood in Azure before the first write, word for word, until the writing has ended', async () => {
      const { writeSteps } = opened.store;
      const [one, two] = ['/subscriptions/s/policyExemptions/Z', '/subscriptions/s/policyExemptions/A'] as const;
      const before = '{"properties":{"b":1,"a":"ünïcode \\u2028","n":1.0}}';
      await writeSteps.begin({ reference: 'EX-WWWW', exemptionId: one, before });
      await writeSteps.begin({ reference: 'EX-WWWW', exemptionId: two, before: undefined });
      await writeSteps.begin({ reference: 'EX-VVVV', exemptionId: one, before: undefined });
      await writeSteps.begin({ reference: 'EX-WWWW', exemptionId: one.toUpperCase(), before: '{"later":true}' });
      await writeSteps.mark({ reference: 'EX-WWWW', exemptionId: one, state: 'written', refusal: undefined });
      await writeSteps.mark({ reference: 'EX-WWWW', exemptionId: two, state: 'refused', refusal: 'No.' });

      expect(await writeSteps.of('ex-wwww')).toEqual([
        { reference: 'EX-WWWW', exemptionId: one, before, state: 'written', refusal: undefined },
        { reference: 'EX-WWWW', exemptionId: two, before: undefined, state: 'refused', refusal: 'No.' },
      ]);
      await writeSteps.clear('EX-WWWW');
      expect(await writeSteps.of('EX-WWWW')).toEqual([]);
      expect(await writeSteps.of('EX-VVVV')).toHaveLength(1);
    });

    it('keeps what the client of a person said last of their time, in any casing of their id', async () => {
      const { readers } = opened.store;
      await readers.keep('A1', { timeZone: 'Asia/Tokyo', locale: 'ja-JP', hour12: false }, at);
      await readers.keep('a1', { timeZone: 'America/New_York', locale: 'en-US', hour12: true }, at);
      expect(await readers.of('A1')).toEqual({ timeZone: 'America/New_York', locale: 'en-US', hour12: true });
      expect(await readers.of('b2')).toBeUndefined();
      expect([await readers.remove('A1'), await readers.remove('A1')]).toEqual([1, 0]);
      expect(await readers.of('a1')).toBeUndefined();
    });

    it('refuses a reference that is taken', async () => {
      await opened.store.requests.add(pendingRequest('EX-CCCC'));

      await expect(opened.store.requests.add(pendingRequest('EX-CCCC'))).rejects.toMatchObject({ code: 'conflict' });
    });

    it('gives one winner when two people decide at once', async () => {
      const request = pendingRequest('EX-DDDD');
      await opened.store.requests.add(request);
      const decide = (status: 'approved' | 'withdrawn') =>
        opened.transaction((store) => store.requests.replace({ ...request, version: 2, status }));

      const won = await Promise.all([decide('approved'), decide('withdrawn')]);

      expect(won.filter(Boolean)).toHaveLength(1);
      expect(await opened.store.requests.find('EX-DDDD')).toMatchObject({ status: won[0] ? 'approved' : 'withdrawn' });
    });

    it('keeps the form word for word and lets a draft be sent once', async () => {
      await opened.store.drafts.save({ ...draft, form: { ...draft.form, name: 'first attempt' } });
      await opened.store.drafts.save(draft);

      expect(await opened.store.drafts.find(draft.id)).toEqual(draft);
      expect(await opened.store.drafts.remove(draft.id)).toBe(true);
      expect(await opened.store.drafts.remove(draft.id)).toBe(false);
      expect(await opened.store.drafts.find(draft.id)).toBeUndefined();
    });

    it('offers a report to somebody once at a time, and gives it out once', async () => {
      const offer = { asker: alice, period: { fromDay: '2026-11-01', toDay: '2026-11-30' }, offeredAt: at };
      await opened.store.reportOffers.save({ id: 'first', ...offer });
      await opened.store.reportOffers.save({ id: 'bobs', ...offer, asker: bob });
      await opened.store.reportOffers.save({ id: 'second', ...offer });

      expect(await opened.store.reportOffers.find('first')).toBeUndefined();
      expect(await opened.store.reportOffers.find('second')).toEqual({ id: 'second', ...offer });
      expect(await opened.store.reportOffers.remove('second')).toBe(true);
      expect(await opened.store.reportOffers.remove('second')).toBe(false);
      expect(await opened.store.reportOffers.removeOf(bob.objectId.toUpperCase())).toBe(1);
      expect(await opened.store.reportOffers.find('bobs')).toBeUndefined();
    });

    it('finds the personal chat of somebody, the newest where Teams made another', async () => {
      await opened.store.conversations.remember({ ...personalChat, serviceUrl: 'https://old.example/' });
      await opened.store.conversations.remember(personalChat);
      expect(await opened.store.conversations.personal(alice.objectId)).toEqual(personalChat);

      await opened.store.conversations.remember({ ...personalChat, id: 'a:alice-again' });
      expect(await opened.store.conversations.personal(alice.objectId)).toMatchObject({ id: 'a:alice-again' });

      await opened.store.conversations.forget('a:alice-again');
      expect(await opened.store.conversations.personal(alice.objectId)).toBeUndefined();
    });

    it('knows the channels of a team', async () => {
      const channel = { ...personalChat, kind: 'channel', objectId: undefined, teamId: '19:team' } as const;
      const other = { ...channel, id: '19:other', teamId: '19:other-team' };
      const channels = [channel, { ...channel, name: '#general' }].map((each, at) => ({ ...each, id: `19:${at}` }));
      for (const each of [...channels, other]) await opened.store.conversations.remember(each);

      expect(await opened.store.conversations.ofTeam('19:team')).toEqual(channels);
    });

    it('keeps a channel with its name', async () => {
      const channel = {
        ...personalChat,
        id: '19:c@thread',
        kind: 'channel',
        objectId: undefined,
        name: 'Ops',
        channelType: 'private',
      } as const;
      await opened.store.conversations.remember(channel);

      expect(await opened.store.conversations.find('19:c@thread')).toEqual(channel);
      await opened.store.conversations.rename('19:c@thread', '#alarms');
      await opened.store.conversations.rename('19:unknown', '#alarms');
      expect(await opened.store.conversations.find('19:c@thread')).toEqual({ ...channel, name: '#alarms' });
      expect(await opened.store.conversations.find('19:unknown')).toBeUndefined();
    });

    it('keeps one subscription per channel, kind and scope, whatever the casing', async () => {
      const subscribe = (channelId: string, scope: string, subscribedBy = alice) =>
        opened.store.subscriptions.save({
          channelId,
          kind: 'alerts',
          scope,
          filter: everyAlert,
          subscribedBy,
          subscribedAt: at,
        });
      await subscribe('one', '/subscriptions/A');
      await subscribe('one', '/Subscriptions/a/', bob);
      await subscribe('one', '/');
      await subscribe('two', '/');
      await opened.store.subscriptions.save({
        channelId: 'two',
        kind: 'approvals',
        scope: '/',
        filter: everyAlert,
        subscribedBy: bob,
        subscribedAt: at,
      });

      expect(await everySubscription(opened.store.subscriptions)).toHaveLength(4);
      expect(await everySubscription(opened.store.subscriptions)).toContainEqual({
        channelId: 'one',
        kind: 'alerts',
        scope: '/subscriptions/A',
        filter: everyAlert,
        subscribedBy: bob,
        subscribedAt: at,
      });
      expect(await opened.store.subscriptions.remove('one', 'alerts', ['/subscriptions/a'])).toHaveLength(1);
      expect(await opened.store.subscriptions.remove('one', 'alerts', ['/subscriptions/a'])).toEqual([]);
      expect(await opened.store.subscriptions.remove('two', 'alerts')).toHaveLength(1);
      await opened.store.subscriptions.removeChannel('two');
      expect(await everySubscription(opened.store.subscriptions)).toMatchObject([{ channelId: 'one', scope: '/' }]);
    });

    it('knows every copy of a request card', async () => {
      const card = { conversationId: '19:c', activityId: '1', reference: 'EX-AAAA', audience: 'approvers' } as const;
      await opened.store.postedCards.add(card);
      await opened.store.postedCards.add(card);
      await opened.store.postedCards.add({ ...card, activityId: '2', audience: 'requester' });
      await opened.store.postedCards.remove('19:c', '1');

      expect(await opened.store.postedCards.of('ex-aaaa')).toEqual([
        { ...card, activityId: '2', audience: 'requester', mentioned: [] },
      ]);
    });

    it('knows who asked for a card in a channel', async () => {
      const card = { conversationId: '19:c', activityId: '1' };
      await opened.store.postedCards.noteAsked({ ...card, askerId: 'A-1', askedAt: at });
      await opened.store.postedCards.noteAsked({ ...card, askerId: 'A-2', askedAt: at });

      expect(await opened.store.postedCards.askerOf(card)).toBe('a-2');
      expect(await opened.store.postedCards.askerOf({ ...card, activityId: '2' })).toBeUndefined();
    });

    it('leaves nothing of a transaction that failed', async () => {
      const failing = opened.transaction(async (store) => {
        await store.requests.add(pendingRequest('EX-FAIL'));
        throw new Error('Something else went wrong');
      });

      await expect(failing).rejects.toThrow('Something else went wrong');
      expect(await opened.store.requests.find('EX-FAIL')).toBeUndefined();
    });

    it('refuses to step outside of an open transaction instead of waiting for good', async () => {
      const outside = opened.transaction(() => opened.store.requests.find('EX-AAAA'));
      const nested = opened.transaction(() => opened.transaction(async () => undefined));

      // Whichever is refused first must not stand unheard while the other one is waited for.
      await Promise.all([outside, nested].map((refused) => expect(refused).rejects.toThrow('A transaction is open')));
    });
  });
}
