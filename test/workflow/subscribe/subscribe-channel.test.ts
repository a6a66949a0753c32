import { everyAlert } from '../../../src/core/alert/subscription.ts';
import { subscribeChannel } from '../../../src/workflow/subscribe/subscribe-channel.ts';
import { unsubscribeChannel } from '../../../src/workflow/subscribe/unsubscribe-channel.ts';
import { alice, bob, dan, root, shopProd } from '../../core/contoso.ts';
import { noAnswer } from '../../fakes/faults.ts';
import { interleave } from '../../fakes/interleave.ts';
import { makeDesk } from '../../fakes/make-desk.ts';
import { expectRefused } from '../../fakes/refusal.ts';
import { channel } from '../../fakes/story.ts';
import { everySubscription } from '../../../scripts/soak/kept/kept-state.ts';

const { id } = channel('alerts');
const wish = (scope: string, { alerts = true, requests = false } = {}) => ({
  scopes: [scope.split(' ')],
  filter: everyAlert,
  alerts,
  requests,
});

describe('subscribing a channel', () => {
  it('puts on record who disclosed what', async () => {
    const world = await makeDesk();
    expect(await subscribeChannel(world.desk, alice, id, wish('shop-prod'))).toMatchObject({ labels: ['shop-prod'] });
    expect(await everySubscription(world.desk.database.subscriptions)).toMatchObject([
      { channelId: id, kind: 'alerts', scope: shopProd, subscribedBy: alice },
    ]);
    expect(await world.ledger()).toMatchObject([
      { event: 'subscribed', actor: { person: alice }, facts: { channel: id, kind: 'alerts', scope: shopProd } },
    ]);
    expect(world.jobs.names()).toEqual(['sweep-exemptions']);
  });

  it('takes everything for the tenant root, where roles are held', async () => {
    const world = await makeDesk();
    await subscribeChannel(world.desk, bob, id, wish('everything', { requests: true }));
    const kept = await everySubscription(world.desk.database.subscriptions);
    expect(kept.map(({ kind, scope }) => [kind, scope]).sort()).toEqual([
      ['alerts', root],
      ['approvals', root],
    ]);
  });

  it('is refused to whoever may not read there, or not write where requests are wanted', async () => {
    const world = await makeDesk();
    await expectRefused(world, 'forbidden', () => subscribeChannel(world.desk, dan, id, wish('shop-prod')));
    await expectRefused(world, 'forbidden', () => subscribeChannel(world.desk, alice, id, wish('everything')));
    await expectRefused(world, 'forbidden', () =>
      subscribeChannel(world.desk, alice, id, wish('shop-prod', { requests: true })),
    );
    world.access.deny(alice, shopProd);
    await expectRefused(world, 'forbidden', () => subscribeChannel(world.desk, alice, id, wish('shop-prod')));
  });

  it('is refused for a name that nobody knows, and while Azure does not answer', async () => {
    const world = await makeDesk();
    await expectRefused(world, 'not-found', () => subscribeChannel(world.desk, bob, id, wish('nowhere')));
    world.faults.at('forDecision', { error: noAnswer() });
    await expectRefused(world, 'unavailable', () => subscribeChannel(world.desk, bob, id, wish('shop-prod')));
  });

  it('leaves one subscription, though two subscribe at the same time', async () => {
    await interleave({
      setUp: makeDesk,
      first: (_, desk) => subscribeChannel(desk, bob, id, wish('shop-prod')),
      second: ({ desk }) => subscribeChannel(desk, alice, id, wish('shop-prod')),
      check: async (world) => {
        expect(await everySubscription(world.desk.database.subscriptions)).toMatchObject([{ subscribedBy: bob }]);
        expect(await world.desk.database.ledger.verify()).toBeUndefined();
      },
    });
  });
});

describe('unsubscribing', () => {
  it('ends one scope or all, on record, whoever asks', async () => {
    const world = await makeDesk();
    await subscribeChannel(world.desk, bob, id, wish('shop-prod'));
    await subscribeChannel(world.desk, bob, id, wish('playground'));
    expect(await unsubscribeChannel(world.desk, dan, id, 'alerts', [['shop-prod']])).toHaveLength(1);
    expect(await unsubscribeChannel(world.desk, dan, id, 'alerts', [['shop-prod']])).toEqual([]);
    expect(await unsubscribeChannel(world.desk, dan, id, 'alerts', [])).toHaveLength(1);
    expect((await world.ledger()).map(({ event }) => event)).toEqual([
      'subscribed',
      'subscribed',
      'unsubscribed',
      'unsubscribed',
    ]);
  });
});
