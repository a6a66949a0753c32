import { approveRequest } from '../../../src/workflow/decide/decide-request.ts';
import { watchWaiting } from '../../../src/workflow/decide/watch-waiting.ts';
import { alice, bob, carol, shopGroup, vm1, vm10 } from '../../core/contoso.ts';
import { saysNo, noAnswer } from '../../fakes/faults.ts';
import { makeDesk, type TestDesk } from '../../fakes/make-desk.ts';
import { ask, chatOf, current } from '../../fakes/story.ts';

/** Every minute of an hour. */
const anHour = async (world: TestDesk): Promise<void> => {
  for (let minute = 0; minute < 60; minute += 1) {
    await watchWaiting(world.desk);
    world.clock.forward({ minutes: 1 });
  }
};
const approval = (reference: string) => ({ reference, version: undefined, words: '' });

describe('a request for something that is gone', () => {
  it('is closed within an hour, with a sentence', async () => {
    const world = await makeDesk();
    await world.meet(chatOf(alice));
    const { reference } = await ask(world, { resources: [vm1, vm10] });
    await anHour(world);
    expect(await current(world, reference)).toMatchObject({ status: 'pending' });
    world.tenant.deleted = [vm1];
    await anHour(world);
    expect(await current(world, reference)).toMatchObject({ status: 'pending' });
    world.tenant.deleted = [shopGroup];
    await anHour(world);
    expect(await current(world, reference)).toMatchObject({
      status: 'lapsed',
      failure: expect.stringMatching(
        /vm1, .*vm10 no longer exist in Azure, so there is nothing left to exempt/,
      ) as string,
    });
    expect((await world.ledger()).at(-1)).toMatchObject({ event: 'gone', actor: { kind: 'job' } });
    await world.runJobs();
    expect(JSON.stringify(world.teams)).toContain(`${reference} was closed. `);
  });

  it.each([
    ['Azure does not answer', noAnswer()],
    ['Azure does not let the bot look', saysNo()],
  ])('goes on waiting while %s', async (_, error) => {
    const world = await makeDesk();
    const { reference } = await ask(world);
    world.tenant.deleted = [shopGroup];
    world.faults.at('exemptions.fate', { error });
    await anHour(world);
    expect(await current(world, reference)).toMatchObject({ status: 'pending' });
  });

  /** A desk that counts what Azure is asked about. */
  const counting = (world: TestDesk, asked: string[], error?: Error): TestDesk => {
    const fate: TestDesk['desk']['exemptions']['fate'] = async (id) => {
      asked.push(id);
      if (error !== undefined) throw error;
      return 'there';
    };
    return { ...world, desk: { ...world.desk, exemptions: { ...world.desk.exemptions, fate } } };
  };

  it('is looked after once an hour, not each minute', async () => {
    const world = await makeDesk();
    await ask(world);
    const asked: string[] = [];
    await anHour(counting(world, asked));
    expect(asked).toHaveLength(1);
    await anHour(counting(world, asked));
    expect(asked).toHaveLength(2);
  });

  it('has its turn before those that were looked after later, 20 a minute, also where Azure does not answer', async () => {
    const world = await makeDesk();
    const sample = await ask(world);
    for (let number = 1; number <= 49; number += 1) {
      const [target] = sample.targets;
      const scope = `${shopGroup}/providers/a.b/c/${number}`;
      const exemptionId = `${scope}/providers/Microsoft.Authorization/policyExemptions/exd-${number}`;
      const reference = `EX-9${String(number).padStart(3, '0')}`;
      await world.desk.database.requests.add({ ...sample, reference, targets: [{ ...target!, scope, exemptionId }] });
    }
    world.clock.forward({ hours: 1 });
    const asked: string[] = [];
    const rounds: number[] = [];
    for (let minute = 0; minute < 4; minute += 1) {
      await watchWaiting(counting(world, asked, noAnswer()).desk);
      rounds.push(asked.length);
    }
    expect(rounds).toEqual([20, 40, 50, 50]);
    expect(new Set(asked).size).toBe(50);
  });

  it('is closed instead of approved', async () => {
    const world = await makeDesk();
    const { reference } = await ask(world);
    world.tenant.deleted = [vm1];
    await expect(approveRequest(world.desk, bob, approval(reference))).rejects.toThrow(/vm1 no longer exists in Azure/);
    expect(await current(world, reference)).toMatchObject({ status: 'lapsed' });
    await expect(approveRequest(world.desk, carol, approval(reference))).rejects.toThrow(/closed because/);
  });

  it('is not approved as a whole where a part is gone, and says which', async () => {
    const world = await makeDesk();
    const { reference } = await ask(world, { resources: [vm1, vm10] });
    world.tenant.deleted = [vm10];
    await expect(approveRequest(world.desk, bob, approval(reference))).rejects.toThrow(
      /vm10 no longer exists in Azure.*Approve with changes/,
    );
    expect(await current(world, reference)).toMatchObject({ status: 'pending' });
    await approveRequest(world.desk, bob, { ...approval(reference), narrowing: { lastDay: '', scopes: [vm1] } });
    expect(await current(world, reference)).toMatchObject({ status: 'approved' });
  });
});
