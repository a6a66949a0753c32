import {
  baselineKey,
  everyAlert,
  subscriptionKey,
  type ChannelSubscription,
} from '../../src/core/alert/subscription.ts';
import type { OpenStore } from '../../src/store/open-store.ts';
import { engines } from './engines.ts';
import { alice, bob } from './samples.ts';

const on = (day: number) => new Date(Date.UTC(2026, 0, day));
const subscription = (channelId: string, changes: Partial<ChannelSubscription> = {}): ChannelSubscription => ({
  channelId,
  kind: 'alerts',
  scope: '/subscriptions/A',
  filter: everyAlert,
  subscribedBy: alice,
  subscribedAt: on(1),
  ...changes,
});
const channelsOf = (found: readonly ChannelSubscription[]) => found.map(({ channelId }) => channelId);

for (const { engine, open, whyNot } of engines) {
  (whyNot === undefined ? describe : describe.skip)(whyNot ?? `subscriptions on ${engine}`, () => {
    let opened: OpenStore;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.close());
    beforeEach(async () => {
      await opened.sqlForJobs.executeSql(
        'delete from subscriptions; delete from conversations; delete from alert_claims',
      );
    });
    const keep = async (...all: readonly ChannelSubscription[]) => {
      for (const each of all) await opened.store.subscriptions.save(each);
    };

    it('are found by their channels and by their scopes, in any casing, the oldest first', async () => {
      await keep(
        subscription('b', { subscribedAt: on(3) }),
        subscription('a', { subscribedAt: on(2) }),
        subscription('a', { scope: '/', subscribedAt: on(4) }),
        subscription('c', { kind: 'approvals' }),
      );
      const { of, at } = opened.store.subscriptions;
      expect(channelsOf(await of(['b', 'a', 'none']))).toEqual(['a', 'b', 'a']);
      expect(await of([])).toEqual([]);
      expect(channelsOf(await at('alerts', ['/subscriptions/a/'], []))).toEqual(['a', 'b']);
      expect(channelsOf(await at('alerts', ['/', '/subscriptions/other'], []))).toEqual(['a']);
      expect(channelsOf(await at('approvals', ['/subscriptions/a', '/'], []))).toEqual(['c']);
    });

    it('to one recommendation stand beside those to all of a scope, and are found by both', async () => {
      const narrowed = { ...everyAlert, recommendation: { key: 'AAAA', title: 'Disks' } };
      await keep(
        subscription('a', { subscribedAt: on(1) }),
        subscription('a', { filter: narrowed, subscribedAt: on(2) }),
        subscription('b', { filter: narrowed, subscribedAt: on(3) }),
      );
      const { at, remove } = opened.store.subscriptions;
      expect(channelsOf(await at('alerts', ['/subscriptions/a'], []))).toEqual(['a']);
      expect(channelsOf(await at('alerts', ['/subscriptions/a'], ['aaaa', 'bbbb']))).toEqual(['a', 'a', 'b']);
      expect(channelsOf(await at('alerts', ['/subscriptions/a'], ['bbbb']))).toEqual(['a']);
      const [whole, ...others] = await opened.store.subscriptions.of(['a']);
      expect(others).toMatchObject([{ filter: { recommendation: { key: 'AAAA' } } }]);
      expect(await remove('a', 'alerts', [subscriptionKey(whole!)])).toEqual([whole]);
      expect(channelsOf(await at('alerts', ['/subscriptions/a'], ['aaaa']))).toEqual(['a', 'b']);
    });

    it('to what a channel asked for stand beside the others, and are found with them', async () => {
      const ours = { ...everyAlert, ours: true as const };
      const both = { ...ours, recommendation: { key: 'AAAA', title: 'Disks' } };
      await keep(
        subscription('a', { subscribedAt: on(1) }),
        subscription('a', { filter: ours, subscribedAt: on(2) }),
        subscription('a', { filter: both, subscribedAt: on(3) }),
      );
      const { at, of } = opened.store.subscriptions;
      expect((await of(['a'])).map(({ filter }) => filter.ours)).toEqual([undefined, true, true]);
      expect(await at('alerts', ['/subscriptions/a'], [])).toHaveLength(2);
      expect(await at('alerts', ['/subscriptions/a'], ['aaaa'])).toHaveLength(3);
    });

    it('come channel by channel, each whole, however many there are', async () => {
      const ids = Array.from({ length: 250 }, (_, index) => `channel ${index}`);
      await keep(
        ...ids.flatMap((id) => [subscription(id), subscription(id, { scope: '/' })]),
        subscription('other', { kind: 'approvals' }),
      );
      const seen: string[] = [];
      for await (const portion of opened.store.subscriptions.byChannels('alerts')) {
        const channels = Map.groupBy(portion, ({ channelId }) => channelId);
        expect([...channels.values()].every(({ length }) => length === 2)).toBe(true);
        seen.push(...channels.keys());
      }
      expect(seen).toHaveLength(250);
      expect(seen.toSorted()).toEqual(ids.toSorted());
    });

    it('tell which channels have not had a step, of those that were there before', async () => {
      await keep(
        subscription('told'),
        subscription('untold'),
        subscription('untold', { scope: '/' }),
        subscription('late', { subscribedAt: on(9) }),
        subscription('other', { kind: 'approvals' }),
      );
      await opened.store.alerts.claim('told', 'weekly report', ['2026-01-05'], on(6));
      await opened.store.alerts.claim('untold', 'weekly report', ['2025-12-29'], on(1));
      const claim = { unitKey: 'weekly report', step: '2026-01-05', since: on(5) };
      expect(await opened.store.subscriptions.channelsWithout(claim)).toEqual(['untold']);
    });

    it('wait for their summary until it is claimed, each for itself and again when made anew', async () => {
      const ids = Array.from({ length: 101 }, (_, index) => `channel ${index}`);
      await keep(
        ...ids.map((id) => subscription(id, { scope: '/subscriptions/A/resourceGroups/ÄÖ' })),
        subscription('channel 0', { scope: '/', subscribedAt: new Date('2026-01-02T03:04:05.006Z') }),
        subscription('other', { kind: 'approvals' }),
      );
      const waiting = async () => {
        const found: ChannelSubscription[] = [];
        for await (const portion of opened.store.subscriptions.withoutBaseline()) {
          expect(portion.length).toBeLessThanOrEqual(100);
          found.push(...portion);
        }
        return found;
      };
      const all = await waiting();
      expect(new Set(all.map(({ channelId, scope }) => `${channelId} ${scope}`)).size).toBe(102);
      for (const each of all.slice(1))
        await opened.store.alerts.claim(each.channelId, baselineKey(each), ['baseline'], on(3));
      expect(await waiting()).toEqual(all.slice(0, 1));
      const again = subscription('channel 0', { scope: '/', subscribedAt: on(9) });
      await keep(again);
      expect(await waiting()).toContainEqual(again);
    });

    it('are counted by channel, with those that nobody can be reached in', async () => {
      const channel = { kind: 'channel', tenantId: 't', serviceUrl: 'u', botId: 'b' } as const;
      const more = { objectId: undefined, teamId: undefined, unreachable: undefined };
      for (const id of ['a', 'b'])
        await opened.store.conversations.remember({ id, name: `#${id}`, ...channel, ...more });
      await opened.store.conversations.markUnreachable('b', 'gone', on(1));
      await keep(
        subscription('a', { kind: 'approvals' }),
        subscription('a', { kind: 'approvals', scope: '/' }),
        subscription('a'),
        subscription('b'),
        subscription('unknown'),
      );
      expect(await opened.store.subscriptions.count()).toEqual({ channels: 3, approvals: 1, unreachable: 2 });
      expect(await opened.store.conversations.count()).toEqual({ all: 2, personal: 0, lost: 0 });
      for (const words of ['a', '#a'])
        expect(await opened.store.conversations.channelCalled(words)).toMatchObject({ id: 'a' });
      expect(await opened.store.conversations.channelCalled('c')).toBeUndefined();
    });

    it('forget the name of a person once', async () => {
      await keep(subscription('a'), subscription('b', { subscribedBy: bob }), subscription('c'));
      const { rename, of } = opened.store.subscriptions;
      expect(await rename(alice.objectId.toUpperCase(), 'somebody')).toBe(2);
      expect(await rename(alice.objectId, 'somebody')).toBe(0);
      const people = (await of(['a', 'b', 'c'])).map(({ subscribedBy }) => subscribedBy);
      expect(people).toEqual(expect.arrayContaining([{ ...alice, name: 'somebody' }, bob]));
    });
  });
}
