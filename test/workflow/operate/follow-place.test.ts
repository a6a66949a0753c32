import type { Conversation } from '../../../src/core/chat/conversation.ts';
import { deliverAlerts } from '../../../src/workflow/alert/deliver-alerts.ts';
import { deliveryOf } from '../../../src/workflow/alert/raise-alerts.ts';
import { resumePlace, suspendPlace } from '../../../src/workflow/operate/follow-place.ts';
import { postMissingCards } from '../../../src/workflow/tell/post-missing-cards.ts';
import { publishRequest } from '../../../src/workflow/tell/publish-request.ts';
import { bob, playground, root, shopProd } from '../../core/contoso.ts';
import { boot, disks } from '../../fakes/fake-tenant.ts';
import { makeDesk, type TestDesk } from '../../fakes/make-desk.ts';
import { ask, channel, chatOf, subscribed } from '../../fakes/story.ts';
import { alert } from '../../store/samples.ts';
import { everySubscription } from '../../../scripts/soak/kept/kept-state.ts';

const [one, two] = [channel('one'), channel('two')];
const other = { ...channel('other'), teamId: '19:other-team' };
const places = [one, two, other];

const queue = ({ desk, clock }: TestDesk, to: Conversation, unitKey: string) =>
  desk.database.alerts.addDeliveries(
    [deliveryOf(desk, to.id, alert, { kind: 'expiring', unitKey, scopes: [root] })],
    clock.now(),
  );
/** How many alerts each place has, after one more was due in each. */
const afterOneMore = async (world: TestDesk, unitKey: string): Promise<number[]> => {
  for (const place of places) await queue(world, place, unitKey);
  await deliverAlerts(world.desk);
  return places.map((place) => world.teams.in(place).length);
};
const withPlaces = async (): Promise<TestDesk> => {
  const world = await makeDesk();
  for (const place of places) await subscribed(world, place, 'alerts');
  return world;
};

describe('a place that is closed for now', () => {
  it.each([
    ['a channel', { id: one.id, teamId: undefined }, [0, 1, 1], [1, 1, 1]],
    ['a team', { id: '19:team', teamId: '19:team' }, [0, 0, 1], [1, 1, 1]],
  ] as const)('hears nothing, and afterwards what it missed: %s', async (_name, where, meanwhile, afterwards) => {
    const world = await withPlaces();
    await suspendPlace(world.desk, where, 'It is closed.');
    expect(await afterOneMore(world, 'first')).toEqual(meanwhile);
    expect((await world.desk.database.alerts.undeliveredMost(1))[0]?.reason).toBe('It is closed.');

    await resumePlace(world.desk, where);
    await world.runJobs();
    expect(places.map((place) => world.teams.in(place).length)).toEqual(afterwards);
    expect(await world.desk.database.alerts.undelivered()).toMatchObject({ places: 0 });
    expect(await everySubscription(world.desk.database.subscriptions)).toHaveLength(3);
  });

  it('gets the cards of requests that were sent meanwhile, once', async () => {
    const world = await makeDesk();
    await subscribed(world, one, 'approvals');
    await suspendPlace(world.desk, one, 'It is closed.');
    await ask(world);
    await world.runJobs();
    expect(world.teams.in(one)).toEqual([]);

    for (let time = 0; time < 2; time += 1) {
      await resumePlace(world.desk, one);
      await world.runJobs();
      expect(world.teams.in(one, 'request')).toHaveLength(1);
    }
  });

  it('asks for no card that stands there, or belongs elsewhere', async () => {
    const world = await makeDesk();
    await subscribed(world, one, 'approvals', {}, shopProd);
    await subscribed(world, two, 'approvals', {}, shopProd);
    const before = await ask(world);
    await world.desk.database.requests.add({
      ...before,
      reference: 'EX-ELSEWHERE',
      terms: { ...before.terms, scopes: [playground] },
    });
    await world.runJobs();
    await suspendPlace(world.desk, one, 'It is closed.');
    const missing = { ...before, reference: 'EX-MISSING' };
    await world.desk.database.requests.add(missing);
    await publishRequest(world.desk, missing.reference);

    await resumePlace(world.desk, one);
    expect(world.jobs.waiting.filter(({ name }) => name === 'publish-request')).toEqual([]);
    await postMissingCards(world.desk, one.id);
    expect(world.jobs.waiting.filter(({ name }) => name === 'publish-request')).toEqual([
      { name: 'publish-request', data: { reference: missing.reference } },
    ]);
    await world.runJobs();
    expect(world.teams.in(one, 'request')).toHaveLength(2);
    expect(world.teams.in(two, 'request')).toHaveLength(2);
  });

  it('gets those about the recommendation that it follows, and no others', async () => {
    const world = await makeDesk();
    await subscribed(world, one, 'approvals', { recommendation: disks }, shopProd);
    const { terms, ...request } = await ask(world);
    await world.runJobs();
    expect(world.teams.in(one, 'request')).toHaveLength(1);

    const other = { ...terms, recommendation: { ...terms.recommendation, key: boot.key } };
    await world.desk.database.requests.add({ ...request, reference: 'EX-OTHER', terms: other });
    await publishRequest(world.desk, 'EX-OTHER');
    await world.desk.database.requests.add({ ...request, reference: 'EX-SAME', terms });
    await postMissingCards(world.desk, one.id);
    expect(world.jobs.waiting.map(({ data }) => data)).toEqual([{ reference: 'EX-SAME' }]);
    expect(world.teams.in(one, 'request')).toHaveLength(1);
  });

  it('gives a person the cards of their own requests, and of those that name them', async () => {
    const world = await makeDesk();
    await world.meet(chatOf(bob));
    const request = await ask(world);
    world.jobs.waiting.splice(0);
    const { requests } = world.desk.database;
    const approvers = [[{ kind: 'person' as const, id: bob.objectId.toLowerCase() }]];
    await requests.add({ ...request, reference: 'EX-NAMED', governance: { ...request.governance, approvers } });
    await requests.add({ ...request, reference: 'EX-OWN', requester: bob });

    await postMissingCards(world.desk, chatOf(bob).id);
    expect(world.jobs.waiting.map(({ data }) => data)).toEqual([{ reference: 'EX-OWN' }, { reference: 'EX-NAMED' }]);
    await world.runJobs();
    expect(world.teams.in(chatOf(bob), 'request')).toHaveLength(2);
    await postMissingCards(world.desk, chatOf(bob).id);
    expect(world.jobs.waiting).toEqual([]);
  });

  it('does not hear what is older than a day', async () => {
    const world = await withPlaces();
    await suspendPlace(world.desk, one, 'It is closed.');
    await afterOneMore(world, 'first');
    world.clock.forward({ days: 1, ms: 1 });
    await resumePlace(world.desk, one);
    await world.runJobs();
    expect(world.teams.in(one)).toEqual([]);
    expect(await world.desk.database.alerts.undelivered()).not.toMatchObject({ places: 0 });
  });
});
