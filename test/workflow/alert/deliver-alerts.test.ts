import type { Conversation } from '../../../src/core/chat/conversation.ts';
import { deliverAlerts } from '../../../src/workflow/alert/deliver-alerts.ts';
import { deliveryOf } from '../../../src/workflow/alert/raise-alerts.ts';
import { sendAgain } from '../../../src/workflow/alert/send-again.ts';
import { unsubscribeChannel } from '../../../src/workflow/subscribe/unsubscribe-channel.ts';
import { bob, dan, root } from '../../core/contoso.ts';
import { noAnswer, notSent, saysNo } from '../../fakes/faults.ts';
import { interleave } from '../../fakes/interleave.ts';
import { makeDesk, type TestDesk } from '../../fakes/make-desk.ts';
import { expectRefused } from '../../fakes/refusal.ts';
import { channel, subscribed } from '../../fakes/story.ts';
import { alert } from '../../store/samples.ts';

const place = channel('alerts');

const queue = async ({ desk, clock }: TestDesk, count = 1, to: Conversation = place, mentions: string[] = []) =>
  desk.database.alerts.addDeliveries(
    Array.from({ length: count }, (_, at) =>
      deliveryOf(
        desk,
        to.id,
        { ...alert, title: `Alert ${at}` },
        { kind: 'expiring', unitKey: `u${at}`, scopes: [root], mentions },
      ),
    ),
    clock.now(),
  );
const withOne = async (): Promise<TestDesk> => {
  const world = await makeDesk();
  await subscribed(world, place, 'alerts');
  await queue(world);
  return world;
};
const outcomes = ({ observed }: TestDesk): string[] =>
  observed.flatMap((each) => (each.what === 'alert' ? [each.outcome] : []));

describe('delivering alerts', () => {
  it('posts what is due, once', async () => {
    const world = await withOne();
    await deliverAlerts(world.desk);
    await deliverAlerts(world.desk);
    expect(world.teams.in(place, 'alert').map((each) => each.alert.title)).toEqual(['Alert 0']);
    expect(outcomes(world)).toEqual(['sent']);
    expect(await world.desk.database.alerts.health(world.clock.now())).toMatchObject({ waiting: 0, sent: 1 });
  });

  it('makes one card of more than the channel should have at once', async () => {
    const world = await makeDesk({ alertsAtOnce: 2 });
    await subscribed(world, place, 'alerts');
    await queue(world, 3);
    await deliverAlerts(world.desk);
    expect(world.teams.in(place, 'digest').map(({ alerts }) => alerts.length)).toEqual([3]);
  });

  it('waits as long as Teams asks, and counts that for nothing', async () => {
    const world = await withOne();
    world.faults.at('notifier.post', { error: notSent(60_000), times: 1 });
    await deliverAlerts(world.desk);
    expect(outcomes(world)).toEqual(['put-back']);
    world.clock.forward({ minutes: 1, ms: -1 });
    await deliverAlerts(world.desk);
    expect(world.teams.in(place)).toEqual([]);
    world.clock.forward({ ms: 1 });
    await deliverAlerts(world.desk);
    expect(world.teams.in(place)).toHaveLength(1);
  });

  it('tries again, later and later, where Teams does not answer, and gives up in the end', async () => {
    const world = await withOne();
    world.faults.at('notifier.post', { error: noAnswer() });
    for (let turn = 0; turn < 60; turn += 1) {
      await deliverAlerts(world.desk);
      world.clock.forward({ hours: 1 });
    }
    expect(outcomes(world)).toContain('undeliverable');
    expect(await world.desk.database.alerts.undelivered()).toMatchObject({ places: 1 });
  });

  it('loses none of six to one refusal that is not final', async () => {
    const world = await makeDesk({ alertsAtOnce: 10 });
    await subscribed(world, place, 'alerts');
    await queue(world, 6);
    world.faults.at('notifier.post', { error: notSent(), times: 1 });
    await deliverAlerts(world.desk);
    world.clock.forward({ minutes: 1 });
    await deliverAlerts(world.desk);
    expect(world.teams.in(place, 'alert')).toHaveLength(6);
    expect((await world.desk.database.conversations.find(place.id))?.unreachable).toBeUndefined();
  });

  it('tries for a day what is refused for now, and then says what Teams said last', async () => {
    const world = await withOne();
    world.faults.at('notifier.post', { error: notSent() });
    for (let turn = 0; turn < 90; turn += 1) {
      await deliverAlerts(world.desk);
      world.clock.forward({ minutes: 18 });
    }
    expect(await world.desk.database.alerts.undelivered()).toMatchObject({ places: 0 });
    for (let turn = 0; turn < 15; turn += 1) {
      await deliverAlerts(world.desk);
      world.clock.forward({ minutes: 18 });
    }
    const [lost] = await world.desk.database.alerts.undeliveredMost(1);
    expect(lost?.reason).toBe('Teams did not accept it for a day. Teams asks to wait.');
  });

  it('posts at once what waits, when the place accepts the first of it', async () => {
    const world = await makeDesk();
    await subscribed(world, place, 'alerts');
    await queue(world, 2);
    const { alerts } = world.desk.database;
    const [at, inMinutes] = [world.clock.now(), (count: number) => new Date(at.getTime() + count * 60_000)];
    const [first, second] = (await alerts.take(place.id, { at, until: inMinutes(1) }, 1))?.deliveries ?? [];
    await alerts.putBack([first?.id ?? ''], inMinutes(1), 'refused');
    await alerts.putBack([second?.id ?? ''], inMinutes(15), 'refused');
    world.clock.forward({ minutes: 1 });
    await deliverAlerts(world.desk);
    expect(world.teams.in(place)).toHaveLength(2);
  });

  it('keeps what Teams refuses for good, with the reason, and asks no more', async () => {
    const world = await withOne();
    world.teams.leftBy.add(place.id);
    await deliverAlerts(world.desk);
    expect(await world.desk.database.alerts.undeliveredMost(1)).toMatchObject([{ channelId: place.id }]);
    expect((await world.desk.database.conversations.find(place.id))?.unreachable).toBeDefined();
    world.teams.leftBy.clear();
    await queue(world);
    await deliverAlerts(world.desk);
    expect(world.teams.in(place)).toEqual([]);
  });

  it('posts without mentioning anybody where Teams does not take the mention', async () => {
    const world = await makeDesk();
    await subscribed(world, place, 'alerts');
    await queue(world, 1, place, [bob.objectId]);
    world.faults.at('notifier.post', { error: saysNo('invalid'), times: 1 });
    await deliverAlerts(world.desk);
    expect(world.teams.in(place, 'alert')).toMatchObject([{ mentions: [] }]);
  });

  it('drops what nobody wants any more', async () => {
    const world = await withOne();
    await world.desk.database.subscriptions.remove(place.id, 'alerts');
    await deliverAlerts(world.desk);
    expect(world.teams.in(place)).toEqual([]);
    expect(outcomes(world)).toEqual(['unwanted']);
  });

  it('lets a fault in one conversation keep no other one waiting', async () => {
    const world = await withOne();
    const other = channel('other');
    await subscribed(world, other, 'alerts');
    await queue(world, 1, other);
    world.faults.at('notifier.post', {
      error: new Error('Ours'),
      times: 1,
      when: ({ id }: Conversation) => id === place.id,
    });
    await expect(deliverAlerts(world.desk)).rejects.toThrow(AggregateError);
    expect(world.teams.in(other)).toHaveLength(1);
  });

  it('posts each once, though two replicas deliver at the same time', async () => {
    await interleave({
      setUp: withOne,
      first: (_, desk) => deliverAlerts(desk),
      second: ({ desk }) => deliverAlerts(desk),
      check: async (world) => {
        await deliverAlerts(world.desk);
        expect(world.teams.in(place)).toHaveLength(1);
      },
    });
  });

  it('posts nothing into a channel that left the subscription before', async () => {
    await interleave({
      setUp: withOne,
      first: (_, desk) => deliverAlerts(desk),
      second: ({ desk }) => unsubscribeChannel(desk, bob, place.id, 'alerts', []),
      check: async (world, { at }) => {
        await deliverAlerts(world.desk);
        expect([at, world.teams.in(place).length <= 1]).toEqual([at, true]);
        expect(await world.desk.database.alerts.conversationsDue(world.clock.now())).toEqual([]);
      },
    });
  });
});

describe('sending again', () => {
  it('is for whoever may read what it is about', async () => {
    const world = await withOne();
    await expectRefused(world, 'not-found', () => sendAgain(world.desk, bob));
    world.faults.at('notifier.post', { error: saysNo('forbidden'), times: 1 });
    await deliverAlerts(world.desk);
    await expectRefused(world, 'forbidden', () => sendAgain(world.desk, dan));
    expect(await sendAgain(world.desk, bob)).toEqual({ alerts: 1, isMore: false });
    expect((await world.ledger()).at(-1)).toMatchObject({ event: 'sent-again', facts: { alerts: '1' } });
    await world.runJobs();
    expect(world.teams.in(place)).toHaveLength(1);
  });
});
