import type { Message } from '../../../src/core/chat/notifier.ts';
import type { Conversation } from '../../../src/core/chat/conversation.ts';
import { cleanUp } from '../../../src/workflow/inventory/clean-up.ts';
import { orderCleanup } from '../../../src/workflow/inventory/order-cleanup.ts';
import { planCleanup } from '../../../src/workflow/inventory/plan-cleanup.ts';
import { revokeEarly } from '../../../src/workflow/decide/revoke-early.ts';
import { sweepExemptions } from '../../../src/workflow/sweep/sweep-exemptions.ts';
import { statusFacts } from '../../../src/core/chat/status-facts.ts';
import { wordsOf } from '../../../src/core/request/status-words.ts';
import { viewRequest } from '../../../src/workflow/tell/view-request.ts';
import { alice, bob, shopProd, vm1, vm10 } from '../../core/contoso.ts';
import { exemption } from '../../core/policies.ts';
import { atRoot } from '../../fakes/fake-tenant.ts';
import { noAnswer, notSent } from '../../fakes/faults.ts';
import { makeDesk, type TestDesk } from '../../fakes/make-desk.ts';
import { askAndWrite, chatOf, current } from '../../fakes/story.ts';

const chat = chatOf(bob);

const barOf = ({ progress }: Extract<Message, { kind: 'notice' }>): string =>
  progress === undefined ? '' : ` [${progress.done}/${progress.of}]`;

/** Each deletion takes so long. */
const slowly = (world: TestDesk, ms: number, then: () => void = () => undefined): void =>
  world.faults.at('exemptions.remove', {
    error: noAnswer(),
    when: () => {
      world.clock.forward({ ms });
      then();
      return false;
    },
  });

const orderedOfThree = async () => {
  const world = await makeDesk();
  await world.meet(chat);
  for (const scope of [vm1, vm10, shopProd])
    world.tenant.put(exemption(atRoot, scope, ['diskEncryption'], { expiresAt: new Date('2026-11-01T00:00:00Z') }));
  await sweepExemptions(world.desk);
  const { plan } = await planCleanup(world.desk, bob, ['expired']);
  const card = await world.desk.notifier.post(chat, { kind: 'text', text: 'Clean-up started' });
  await orderCleanup(world.desk, bob, plan.id, card);
  const said: string[] = [];
  world.faults.at('notifier.update', {
    error: noAnswer(),
    when: (_: Conversation, __: unknown, message: Message) => {
      said.push(message.kind === 'notice' ? `${message.title}: ${message.text}${barOf(message)}` : message.kind);
      return false;
    },
  });
  return { world, id: plan.id, said };
};

describe('a long clean-up', () => {
  it('says on its card how far it has come, and its end', async () => {
    const { world, id, said } = await orderedOfThree();
    slowly(world, 6000);
    await cleanUp(world.desk, id);
    expect(said).toEqual([
      'Clean-up under way: 1 of 3 deleted. [1/3]',
      'Clean-up under way: 2 of 3 deleted. [2/3]',
      'Clean-up under way: 3 of 3 deleted. [3/3]',
      'Clean-up finished: Cleaned up: 3 deleted.',
    ]);
  });

  it('says it at most once in some seconds, but always the end', async () => {
    const { world, id, said } = await orderedOfThree();
    slowly(world, 2000);
    await cleanUp(world.desk, id);
    expect(said).toEqual(['Clean-up under way: 3 of 3 deleted. [3/3]', 'Clean-up finished: Cleaned up: 3 deleted.']);
  });

  it('goes on where Teams does not take it', async () => {
    const { world, id } = await orderedOfThree();
    slowly(world, 6000);
    world.faults.clear();
    slowly(world, 6000);
    world.faults.at('notifier.update', { error: notSent(1000), times: 2 });
    await cleanUp(world.desk, id);
    expect((await world.desk.database.cleanups.find(id))?.endedAt).toBeDefined();
    expect(world.teams.in(chat, 'notice')).toEqual([
      { kind: 'notice', title: 'Clean-up finished', text: 'Cleaned up: 3 deleted.' },
    ]);
  });
});

describe('a long revocation', () => {
  it('has the cards of the request say how many are deleted', async () => {
    const world = await makeDesk();
    const { reference, targets } = await askAndWrite(world);
    expect(targets.length).toBeGreaterThan(1);
    await revokeEarly(world.desk, alice, { reference, words: 'Done.' });
    const words: (string | undefined)[] = [];
    const published: number[] = [];
    slowly(
      world,
      6000,
      () => void published.push(world.jobs.names().filter((name) => name === `publish-request ${reference}`).length),
    );
    world.faults.at('exemptions.read', {
      error: noAnswer(),
      when: () => {
        void viewRequest(world.desk, request).then((view) =>
          words.push(wordsOf(view.request).onCard?.(statusFacts(view))),
        );
        return false;
      },
    });
    const request = await current(world, reference);
    await world.runJobs();
    expect((await current(world, reference)).status).toBe('revoked');
    expect(published.at(-1)! - published[0]!).toBe(targets.length - 1);
    expect(words).toContain(`Exemption Desk is removing it from Azure: 1 of ${targets.length} exemptions deleted.`);
  });
});
