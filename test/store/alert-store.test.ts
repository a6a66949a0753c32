import type { AlertDelivery } from '../../src/core/alert/alert-delivery.ts';
import { personPlace } from '../../src/core/chat/person-place.ts';
import type { OpenStore } from '../../src/store/open-store.ts';
import { engines } from './engines.ts';
import { alert, delivery } from './samples.ts';

const at = new Date('2026-11-21T12:00:00.000Z');
const later = (minutes: number): Date => new Date(at.getTime() + minutes * 60_000);

for (const { engine, open, whyNot } of engines) {
  (whyNot === undefined ? describe : describe.skip)(whyNot ?? `alerts on ${engine}`, () => {
    let opened: OpenStore;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.close());
    beforeEach(() => opened.sqlForJobs.executeSql('truncate alert_claims, alert_deliveries'));

    const alerts = () => opened.store.alerts;
    const add = (...deliveries: AlertDelivery[]) => alerts().addDeliveries(deliveries, at);
    const take = async (when = at, mostSingly = 5, conversation = '19:c') => {
      const parcel = await alerts().take(
        conversation,
        { at: when, until: new Date(when.getTime() + 60_000) },
        mostSingly,
      );
      return parcel?.deliveries.map(({ id }) => id);
    };

    it('hands out a claim once, and again after it was given back', async () => {
      const claim = (steps: readonly string[]) => alerts().claim('19:c', 'unit', steps, at);

      expect((await Promise.all([claim(['30', '14']), claim(['30', '14'])])).filter(Boolean)).toHaveLength(1);
      expect(await claim(['30'])).toBe(false);
      expect(await claim(['30', '14', '7'])).toBe(true);
      expect(await claim(['expired', '7'])).toBe(false);
      expect(await alerts().claim('19:other', 'unit', ['30'], at)).toBe(true);
      await alerts().release('19:c', 'unit', ['30', '14', '7']);
      expect(await claim(['30', '14'])).toBe(true);
      expect(await claim([])).toBe(false);
    });

    it('hands out many claims at once by the same rule', async () => {
      await alerts().claim('19:c', 'one', ['30'], at);
      const claims = [
        { unitKey: 'one', steps: ['30'] },
        { unitKey: 'one', steps: ['30', '14'] },
        { unitKey: 'two', steps: ['created'] },
        { unitKey: 'two', steps: ['created'] },
        { unitKey: 'three', steps: [] },
      ];

      expect(await alerts().claimAll('19:c', claims, at)).toEqual([claims[1], claims[2]]);
      expect(await alerts().claimAll('19:c', claims, at)).toEqual([]);
      expect(await alerts().claimAll('19:other', claims, at)).toEqual([claims[0], claims[1], claims[2]]);
      expect(await alerts().claimAll('19:c', [], at)).toEqual([]);
    });

    it('claims thousands at once, once', async () => {
      const claims = Array.from({ length: 5000 }, (_, index) => ({ unitKey: `unit ${index}`, steps: ['30', '14'] }));
      const both = await Promise.all([alerts().claimAll('19:c', claims, at), alerts().claimAll('19:c', claims, at)]);

      expect(both.flat()).toHaveLength(5000);
    });

    it('tells whether all steps are claimed already', async () => {
      await alerts().claim('follow', 'EX-QQQQ', ['one'], at);

      expect(await alerts().isClaimed('follow', 'EX-QQQQ', ['one'])).toBe(true);
      expect(await alerts().isClaimed('follow', 'EX-QQQQ', ['one', 'two'])).toBe(false);
      expect(await alerts().isClaimed('other', 'EX-QQQQ', ['one'])).toBe(false);
    });

    it('hands out what is due, in its order, to one only', async () => {
      await add(delivery('a'), delivery('b'), delivery('tomorrow', { dueAt: later(1440) }));

      expect(await alerts().conversationsDue(at)).toEqual(['19:c']);
      expect([await take(), await take(), await take()]).toEqual([['a'], ['b'], undefined]);
      expect(await alerts().conversationsDue(at)).toEqual([]);
    });

    it('never hands the same out to two who ask at once', async () => {
      await add(...Array.from({ length: 20 }, (_, index) => delivery(`${index}`)));
      const taken = (await Promise.all(Array.from({ length: 8 }, () => take(at, 100)))).flat();

      expect(new Set(taken.filter((id) => id !== undefined)).size).toBe(taken.filter((id) => id !== undefined).length);
      expect(taken).not.toHaveLength(0);
    });

    it('hands an alert out again when nobody said how it ended, and counts that', async () => {
      await add(delivery('a'));
      await take();

      expect(await take(later(0.5))).toBeUndefined();
      const parcel = await alerts().take('19:c', { at: later(2), until: later(3) }, 5);
      expect(parcel).toEqual({ deliveries: [delivery('a')], attempts: 0, unknowns: 1 });
      expect((await alerts().health(at)).unknowns).toBe(1);
    });

    it('leaves what is added as taken to whoever added it, for a while', async () => {
      await alerts().addDeliveries([delivery('a')], at, later(1));
      expect(await alerts().conversationsDue(at)).toEqual([]);
      expect(await take()).toBeUndefined();
      expect(await alerts().conversationsDue(later(1))).toEqual(['19:c']);
      expect(await take(later(1))).toEqual(['a']);
    });

    it('hands out nothing again that later news about the same have overtaken', async () => {
      await add(delivery('a', { unitKey: 'unit' }));
      await take();
      await add(delivery('b', { unitKey: 'unit' }), delivery('c', { unitKey: 'other' }));
      expect([await take(), await take()]).toEqual([['b'], ['c']]);
      await alerts().close(['b'], 'sent', at);
      expect([await take(later(2)), await take(later(2))]).toEqual([['c'], undefined]);
    });

    it('puts back what could not be posted, with and without counting it', async () => {
      await add(delivery('a'));
      await take();
      await alerts().putBack(['a'], later(1));
      expect(await take()).toBeUndefined();
      expect(await alerts().take('19:c', { at: later(1), until: later(2) }, 5)).toMatchObject({
        attempts: 0,
        unknowns: 0,
      });
      await alerts().putBack(['a'], at, 'refused');
      await take();
      await alerts().putBack(['a'], at, 'unknown');

      expect(await alerts().take('19:c', { at, until: later(1) }, 5)).toMatchObject({ attempts: 2, unknowns: 1 });
    });

    it('hands out more than a few together, and digests apart', async () => {
      const digest = { digest: true };
      await add(...['a', 'b', 'c'].map((id) => delivery(id)), delivery('d', digest), delivery('e', digest));

      expect(await take(at, 3)).toEqual(['a']);
      expect(await take(at, 1)).toEqual(['b', 'c']);
      expect(await take(at, 3)).toEqual(['d', 'e']);
    });

    it('lets a later alert about the same take the place of one that still waits', async () => {
      const about = { unitKey: 'unit', dueAt: later(10) };
      await add(delivery('30 days', about), delivery('elsewhere', { ...about, channelId: '19:other' }));
      await add(delivery('14 days', about));

      expect(await take(later(10))).toEqual(['14 days']);
      expect(await take(later(10), 5, '19:other')).toEqual(['elsewhere']);
    });

    it('keeps what an alert says only as long as it may be posted', async () => {
      await add(delivery('sent'), delivery('lost'));
      await alerts().close(['sent'], 'sent', at);
      await alerts().close(['lost'], 'undeliverable', at, 'The bot is blocked there.');
      const { rows } = await opened.sqlForJobs.executeSql(
        'select id, alert::text as alert from alert_deliveries order by id',
      );

      const said = (rows as { id: string; alert: string }[]).map(({ id, alert: text }) => [
        id,
        text.includes(alert.words),
      ]);
      expect(said).toEqual([
        ['lost', true],
        ['sent', false],
      ]);
    });

    it('keeps what could not be delivered with the reason, until somebody sends it again', async () => {
      await add(delivery('lost', { scopes: ['/subscriptions/a'] }));
      await alerts().close(['lost'], 'undeliverable', at, 'The bot is blocked there.');
      expect(await alerts().undelivered()).toMatchObject({ places: 1 });
      expect(await take()).toBeUndefined();

      expect(await alerts().reopenIn('19:c', later(1))).toBe(1);
      expect(await alerts().undelivered()).toMatchObject({ places: 0 });
      expect(await take(later(1))).toEqual(['lost']);
    });

    it('reads what could not be delivered by its places', async () => {
      const lose = async (channelId: string, id: string, scopes: readonly string[], minutes: number) => {
        await add(delivery(id, { channelId, scopes }));
        await alerts().close([id], 'undeliverable', later(minutes), `Closed ${minutes}.`);
      };
      for (let count = 0; count < 101; count += 1) await lose(`19:${count + 100}`, `one ${count}`, ['/a'], 0);
      await lose('19:c', 'first', ['/a', '/b'], 1);
      await lose('19:c', 'second', ['/b'], 3);
      await lose('19:c', 'third', [], 2);
      await lose(personPlace('Bob'), 'chatless', [], 0);
      await lose(personPlace('bob'), 'chatless too', [], 0);

      expect(await alerts().undelivered()).toEqual({ places: 102, unreached: { people: 1, messages: 2 } });
      const [most, next] = await alerts().undeliveredMost(2);
      expect(most).toEqual({
        channelId: '19:c',
        alerts: 3,
        reason: 'Closed 3.',
        since: later(1),
        scopes: expect.arrayContaining(['/a', '/b']) as string[],
        someOfAnyScope: true,
      });
      expect(next).toMatchObject({ channelId: '19:100', alerts: 1, scopes: ['/a'], someOfAnyScope: false });
      const portions: { readonly channelId: string }[][] = [];
      for await (const portion of alerts().undeliveredByPlaces()) portions.push(portion);
      expect(portions.map(({ length }) => length)).toEqual([100, 2]);
      expect(new Set(portions.flat().map(({ channelId }) => channelId)).size).toBe(102);
    });

    it('makes only that due again which was seen', async () => {
      await add(delivery('a', { scopes: ['/a'] }), delivery('b', { scopes: ['/a', '/b'] }), delivery('any'));
      await alerts().close(['a', 'b', 'any'], 'undeliverable', at, 'Closed.');
      const again = (scopes: readonly string[], someOfAnyScope: boolean) =>
        alerts().reopenIn('19:c', at, { scopes, someOfAnyScope });

      expect(await again(['/other'], false)).toBe(0);
      expect(await again(['/a'], false)).toBe(1);
      expect(await again([], true)).toBe(1);
      expect(await again(['/b', '/a', '/c'], false)).toBe(1);
    });

    it('makes due what failed in a place that can be posted in again', async () => {
      const [failed, quiet, elsewhere] = ['failed', 'quiet', 'elsewhere'];
      await add(
        delivery(failed),
        delivery(quiet, { dueAt: later(60) }),
        delivery(elsewhere, { channelId: '19:other' }),
      );
      await add(delivery('lost'), delivery('long lost'), delivery('outdated', { unitKey: 'one' }));
      await alerts().putBack([failed, elsewhere], later(15), 'refused');
      await alerts().close(['lost', 'outdated'], 'undeliverable', at, 'The channel was deleted.');
      await alerts().close(['long lost'], 'undeliverable', later(-2000), 'The channel was deleted.');
      await add(delivery('newer', { unitKey: 'one', dueAt: later(60) }));

      await alerts().retryIn('19:c', at);
      expect(await take(at, 1)).toEqual([failed, 'lost']);
      expect((await alerts().undeliveredMost(2)).map((each) => each.alerts)).toEqual([2]);
      expect(await alerts().conversationsDue(at)).toEqual([]);
    });

    it('tells how the delivery stands', async () => {
      await add(
        delivery('a', { dueAt: later(-5) }),
        delivery('b'),
        delivery('held', { dueAt: later(60) }),
        delivery('old'),
      );
      await alerts().close(['b'], 'sent', at);
      await alerts().close(['old'], 'sent', later(-2 * 1440));

      expect(await alerts().health(at)).toEqual({
        waiting: 1,
        longestWaitingSince: later(-5),
        held: 1,
        sent: 1,
        unknowns: 0,
      });
    });

    it('drops what waits for a conversation, and nothing else', async () => {
      await add(delivery('a'), delivery('other', { channelId: '19:other' }));
      await alerts().dropOpen('19:c', at);
      expect(await alerts().conversationsDue(at)).toEqual(['19:other']);
    });
  });
}
