import { approveRequest } from '../../../src/workflow/decide/decide-request.ts';
import { watchWaiting } from '../../../src/workflow/decide/watch-waiting.ts';
import { carol } from '../../core/contoso.ts';
import { noAnswer } from '../../fakes/faults.ts';
import { makeDesk } from '../../fakes/make-desk.ts';
import { ask, askInEmergency, channel, current, subscribed } from '../../fakes/story.ts';

const approvals = channel('approvals');

describe('what waits for approvers', () => {
  it('reminds each place once for each step, and once after a week away', async () => {
    const world = await makeDesk();
    await subscribed(world, approvals, 'approvals');
    const { reference } = await ask(world);
    await world.runJobs();
    const remindersNow = async (): Promise<number> => {
      await watchWaiting(world.desk);
      await watchWaiting(world.desk);
      const jobs = world.jobs.waiting.splice(0);
      return jobs.filter(({ name }) => name === 'remind-approvers').length;
    };
    expect(await remindersNow()).toBe(0);
    world.clock.forward({ hours: 4 });
    expect(await remindersNow()).toBe(1);
    world.clock.forward({ days: 3 });
    expect(await remindersNow()).toBe(1);
    expect(await current(world, reference)).toMatchObject({ status: 'pending' });
  });

  it('reminds the other places a minute later where it stopped in between, and none twice', async () => {
    const world = await makeDesk();
    await subscribed(world, approvals, 'approvals');
    await subscribed(world, channel('others'), 'approvals');
    await ask(world);
    await world.runJobs();
    world.clock.forward({ hours: 4 });
    const hits = ['transaction', 'requests.noteReminded'] as const;
    for (const name of hits) {
      world.faults.at(name, { error: noAnswer(), times: 1, afterwards: true });
      await expect(watchWaiting(world.desk)).rejects.toThrow('does not answer');
      world.clock.forward({ minutes: 1 });
    }
    await watchWaiting(world.desk);
    const reminded = world.jobs.waiting.filter(({ name }) => name === 'remind-approvers');
    expect(new Set(reminded.map(({ data }) => JSON.stringify(data))).size).toBe(2);
    expect(reminded).toHaveLength(2);
  });

  it('lets a request lapse that nobody decides', async () => {
    const world = await makeDesk();
    const { reference } = await ask(world);
    world.clock.forward({ days: 7, ms: -1 });
    await watchWaiting(world.desk);
    expect(await current(world, reference)).toMatchObject({ status: 'pending' });
    world.clock.forward({ ms: 1 });
    await watchWaiting(world.desk);
    expect(await current(world, reference)).toMatchObject({ status: 'lapsed' });
    expect((await world.ledger()).at(-1)).toMatchObject({ event: 'lapsed', actor: { kind: 'job' } });
  });

  it('takes back an emergency that nobody ratifies', async () => {
    const world = await makeDesk();
    const { reference } = await askInEmergency(world);
    await world.runJobs();
    world.clock.forward({ hours: 72, ms: -1 });
    await watchWaiting(world.desk);
    expect(await current(world, reference)).toMatchObject({ status: 'applied' });
    world.clock.forward({ ms: 1 });
    await watchWaiting(world.desk);
    expect(await current(world, reference)).toMatchObject({ status: 'revoking', revocation: { by: undefined } });
    await world.runJobs();
    expect(world.tenant.exemptions()).toEqual([]);
  });

  it('leaves alone what was ratified', async () => {
    const world = await makeDesk();
    const { reference } = await askInEmergency(world);
    await world.runJobs();
    await approveRequest(world.desk, carol, { reference, version: undefined, words: '' });
    await world.runJobs();
    expect((await world.ledger()).map(({ event }) => event)).toContain('ratified');
    world.clock.forward({ hours: 80 });
    await watchWaiting(world.desk);
    expect(await current(world, reference)).toMatchObject({ status: 'applied', emergency: undefined });
    expect(world.tenant.exemptions()[0]?.expiresAt).toEqual((await current(world, reference)).terms.expiresAt);
  });
});
