import { showStatus } from '../../../src/workflow/operate/show-status.ts';
import { cleanUp } from '../../../src/workflow/inventory/clean-up.ts';
import { endCleanups } from '../../../src/workflow/inventory/end-cleanups.ts';
import { orderCleanup } from '../../../src/workflow/inventory/order-cleanup.ts';
import { sweepExemptions } from '../../../src/workflow/sweep/sweep-exemptions.ts';
import { planCleanup } from '../../../src/workflow/inventory/plan-cleanup.ts';
import { bob, vm1, vm10 } from '../../core/contoso.ts';
import { exemption } from '../../core/policies.ts';
import { atRoot } from '../../fakes/fake-tenant.ts';
import { makeDesk, type TestDesk } from '../../fakes/make-desk.ts';
import { noAnswer } from '../../fakes/faults.ts';
import { chatOf } from '../../fakes/story.ts';

const chat = chatOf(bob);
const started = 'Clean-up started';

/** Bob ordered the deletion of two expired exemptions; of Azure's answers, everything from the second deletion on is lost. */
const halfDone = async (): Promise<{ world: TestDesk; id: string }> => {
  const world = await makeDesk();
  await world.meet(chat);
  for (const scope of [vm1, vm10])
    world.tenant.put(exemption(atRoot, scope, ['diskEncryption'], { expiresAt: new Date('2026-11-01T00:00:00Z') }));
  await sweepExemptions(world.desk);
  const { plan } = await planCleanup(world.desk, bob, ['expired']);
  const card = await world.desk.notifier.post(chat, { kind: 'text', text: started });
  await orderCleanup(world.desk, bob, plan.id, card);
  world.jobs.waiting.splice(0);
  return { world, id: plan.id };
};

const texts = ({ teams }: TestDesk): string[] =>
  teams
    .in(chat, 'text')
    .map(({ text }) => text)
    .filter((text) => text !== started);

describe('a clean-up', () => {
  it('says what it deleted, on the card as well', async () => {
    const { world, id } = await halfDone();
    await cleanUp(world.desk, id);
    expect(texts(world)).toEqual(['Cleaned up: 2 deleted.']);
    expect(world.teams.in(chat, 'notice')).toEqual([
      { kind: 'notice', title: 'Clean-up finished', text: 'Cleaned up: 2 deleted.' },
    ]);
    world.clock.forward({ hours: 2 });
    await endCleanups(world.desk);
    expect(texts(world)).toHaveLength(1);
    expect((await showStatus(world.desk, bob)).cleanupsGivenUp).toBe(0);
  });

  it('that gives up tells whoever ordered it what was deleted and what was not, once, and does nothing afterwards', async () => {
    const { world, id } = await halfDone();
    world.faults.at('exemptions.remove', {
      error: noAnswer(),
      when: (exemptionId: string) => exemptionId.startsWith(vm10),
    });
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await expect(cleanUp(world.desk, id)).rejects.toThrow('does not answer');
      world.clock.forward({ minutes: 15 });
      await endCleanups(world.desk);
      expect(texts(world)).toEqual([]);
    }
    world.clock.forward({ minutes: 6 });
    await endCleanups(world.desk);
    const said = expect.stringMatching(
      /^Clean-up given up.* 1 deleted, 1 left: made-before: Azure did not say whether it was deleted\./,
    ) as string;
    expect(texts(world)).toEqual([said]);
    expect(world.teams.in(chat, 'notice')).toEqual([{ kind: 'notice', title: 'Clean-up given up', text: said }]);
    expect((await showStatus(world.desk, bob)).cleanupsGivenUp).toBe(1);

    await endCleanups(world.desk);
    await cleanUp(world.desk, id);
    expect(texts(world)).toHaveLength(1);
    expect(world.tenant.exemptions()).toHaveLength(1);
    expect((await world.ledger()).map(({ event }) => event)).toEqual([
      'cleanup-ordered',
      'exemption-cleaned',
      'exemption-left',
    ]);
  });

  it('that waits for permission to write is not given up', async () => {
    const { world, id } = await halfDone();
    await world.desk.database.switches.setReadOnly({ since: world.clock.now(), reason: 'Maintenance.' });
    world.clock.forward({ hours: 3 });
    await endCleanups(world.desk);
    expect(texts(world)).toEqual([]);
    await world.desk.database.switches.setReadOnly(undefined);
    await endCleanups(world.desk);
    expect(texts(world)).toEqual([]);
    await cleanUp(world.desk, id);
    expect(texts(world)).toEqual(['Cleaned up: 2 deleted.']);
  });
});
