import { GovernanceError } from '../../../src/core/governance-error.ts';
import { deliverAlerts } from '../../../src/workflow/alert/deliver-alerts.ts';
import { deliveryOf } from '../../../src/workflow/alert/raise-alerts.ts';
import { sendAgain } from '../../../src/workflow/alert/send-again.ts';
import { showStatus } from '../../../src/workflow/operate/show-status.ts';
import { alice, bob, root, shopProd } from '../../core/contoso.ts';
import { saysNo } from '../../fakes/faults.ts';
import { makeDesk, type TestDesk } from '../../fakes/make-desk.ts';
import { channel, subscribed } from '../../fakes/story.ts';
import { alert } from '../../store/samples.ts';

const places = Array.from({ length: 25 }, (_, at) => channel(`place-${String(at).padStart(2, '0')}`));

/** Alerts that Teams refused in 25 channels, in the first one twice as many; the last three are about a scope that Alice may read. */
const refusedEverywhere = async (): Promise<TestDesk> => {
  const world = await makeDesk();
  for (const [at, place] of places.entries()) {
    const scope = at < 22 ? root : shopProd;
    await subscribed(world, place, 'alerts', {}, scope);
    const keys = at === 0 ? ['one', 'two'] : ['one'];
    await world.desk.database.alerts.addDeliveries(
      keys.map((unitKey) => deliveryOf(world.desk, place.id, alert, { kind: 'expiring', unitKey, scopes: [scope] })),
      world.clock.now(),
    );
  }
  world.faults.at('notifier.post', { error: saysNo('forbidden') });
  await deliverAlerts(world.desk);
  world.faults.clear();
  return world;
};

/** The desk, and how often it was asked for something. */
const counting = ({ desk }: TestDesk) => {
  const asked = { rights: 0, places: 0 };
  const counted: typeof desk = {
    ...desk,
    forDecision: (...given) => {
      asked.rights += 1;
      return desk.forDecision(...given);
    },
    database: {
      ...desk.database,
      conversations: {
        ...desk.database.conversations,
        find: (id) => {
          asked.places += 1;
          return desk.database.conversations.find(id);
        },
      },
    },
  };
  return { desk: counted, asked };
};

describe('what could not be delivered in many places', () => {
  it('is a page of places in status, with the number of all', async () => {
    const world = await refusedEverywhere();
    const { desk, asked } = counting(world);

    const { undelivered } = await showStatus(desk, bob);
    expect(asked.places).toBeLessThanOrEqual(10);
    expect(undelivered.places).toBe(25);
    expect(undelivered.worst).toHaveLength(10);
    expect(undelivered.worst[0]).toMatchObject({ where: 'place-00', places: 1, alerts: 2 });
  });

  it('is one line in status of all that somebody may not know', async () => {
    const world = await refusedEverywhere();
    const { undelivered } = await showStatus(world.desk, alice);
    expect(undelivered.worst).toMatchObject([{ where: 'A channel', places: 10, alerts: 11 }]);
  });

  it('is sent again in a few places at a time, with one question about rights', async () => {
    const world = await refusedEverywhere();
    const { desk, asked } = counting(world);

    expect(await sendAgain(desk, bob)).toEqual({ alerts: 21, isMore: true });
    expect(asked.rights).toBe(1);
    expect(await sendAgain(desk, bob)).toEqual({ alerts: 5, isMore: false });
    await world.runJobs();
    expect(places.map((place) => world.teams.in(place, 'alert').length)).toEqual(
      places.map((_, at) => (at === 0 ? 2 : 1)),
    );
  });

  it('is found by somebody who may have little of it sent again', async () => {
    const world = await refusedEverywhere();
    expect(await sendAgain(world.desk, alice)).toEqual({ alerts: 3, isMore: false });
    await expect(sendAgain(world.desk, alice)).rejects.toThrow(GovernanceError);
  });

  it('takes nothing along that was given up for other scopes while rights were asked', async () => {
    const world = await refusedEverywhere();
    const late = async (): Promise<void> => {
      const [to] = places.slice(-1);
      const { alerts } = world.desk.database;
      const delivery = deliveryOf(world.desk, to!.id, alert, { kind: 'expiring', unitKey: 'late', scopes: [root] });
      await alerts.addDeliveries([delivery], world.clock.now());
      await alerts.close([delivery.id], 'undeliverable', world.clock.now(), 'It is closed.');
    };
    const desk: typeof world.desk = {
      ...world.desk,
      forDecision: async (...given) => {
        await late();
        return world.desk.forDecision(...given);
      },
    };
    expect(await sendAgain(desk, alice)).toEqual({ alerts: 3, isMore: false });
    expect(await world.desk.database.alerts.undelivered()).toMatchObject({ places: 23 });
  });
});
