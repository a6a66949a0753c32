import { changeTerms } from '../../../src/workflow/ask/change-terms.ts';
import { previewRequest } from '../../../src/workflow/ask/preview-request.ts';
import { sendRequest } from '../../../src/workflow/ask/send-request.ts';
import { approveRequest, rejectRequest } from '../../../src/workflow/decide/decide-request.ts';
import { forgetPerson } from '../../../src/workflow/ledger/forget-person.ts';
import { forgetOld } from '../../../src/workflow/operate/forget-old.ts';
import { leavePlace } from '../../../src/workflow/operate/leave-place.ts';
import { meetPerson } from '../../../src/workflow/operate/meet-person.ts';
import { showStatus } from '../../../src/workflow/operate/show-status.ts';
import { alice, bob, vm1 } from '../../core/contoso.ts';
import { rulesWith } from '../../core/governance-facts.ts';
import { disks } from '../../fakes/fake-tenant.ts';
import { makeDesk, type TestDesk } from '../../fakes/make-desk.ts';
import { ask, askAndWrite, channel, chatOf, filledIn, subscribed } from '../../fakes/story.ts';
import { turnOfSweep } from '../../fakes/turn-of-sweep.ts';

const approvals = channel('approvals');

const textsFor = ({ teams }: TestDesk, person = alice): string[] =>
  teams.in(chatOf(person), 'text').map(({ text }) => text);

const rejected = async (world: TestDesk): Promise<string> => {
  const { reference } = await ask(world);
  await world.runJobs();
  await rejectRequest(world.desk, bob, { reference, version: undefined, words: 'Not now.' });
  await world.runJobs();
  return reference;
};

describe('somebody without a personal chat', () => {
  it('hears the latest about each of their requests once they begin one, and nobody else hears it', async () => {
    const world = await makeDesk();
    await subscribed(world, approvals, 'approvals');
    const [first, second] = [await rejected(world), (await askAndWrite(world)).reference];
    expect([...new Set(world.teams.posts.map(({ to }) => to.id))]).toEqual([approvals.id]);
    expect((await showStatus(world.desk, bob)).unreached).toEqual({ people: 1, messages: 3 });

    for (let time = 0; time < 2; time += 1) {
      await meetPerson(world.desk, chatOf(alice));
      await world.runJobs();
      expect(textsFor(world)).toEqual([
        expect.stringContaining(`${first} was rejected by`),
        expect.stringContaining(`${second} was written to Azure`),
      ]);
    }
    expect((await showStatus(world.desk, bob)).unreached).toEqual({ people: 0, messages: 0 });
    expect((await showStatus(world.desk, bob)).undelivered).toEqual({ places: 0, worst: [] });
  });

  it('gets the card of what still waits, and later news where they are', async () => {
    const world = await makeDesk();
    const { reference } = await ask(world);
    await world.runJobs();
    await meetPerson(world.desk, chatOf(alice));
    await world.runJobs();
    expect(world.teams.in(chatOf(alice), 'request')).toHaveLength(1);
    await approveRequest(world.desk, bob, { reference, version: undefined, words: '' });
    await world.runJobs();
    expect(textsFor(world)).toEqual([expect.stringContaining('was written to Azure')]);
  });

  it('hears the warnings about their exemptions too', async () => {
    const world = await makeDesk();
    await turnOfSweep(world);
    await askAndWrite(world, { expiry: '60' });
    world.tenant.show(disks, vm1, 'exempt');
    await turnOfSweep(world);
    world.clock.forward({ days: 31 });
    await turnOfSweep(world);
    await meetPerson(world.desk, chatOf(alice));
    await world.runJobs();
    expect(world.teams.in(chatOf(alice), 'alert').map(({ alert }) => alert.step)).toEqual(['30']);
  });

  it('is also an approver whose approval no longer counts', async () => {
    const world = await makeDesk({ governance: rulesWith([], { approvals: 2 }) });
    await world.meet(chatOf(alice));
    const { reference } = await ask(world);
    await approveRequest(world.desk, bob, { reference, version: 1, words: '' });
    const { draft } = await changeTerms(world.desk, alice, reference, 1);
    await previewRequest(world.desk, alice, draft.id, filledIn({ expiry: '60' }));
    await sendRequest(world.desk, alice, draft.id, undefined);
    await world.runJobs();
    await meetPerson(world.desk, chatOf(bob));
    await world.runJobs();
    expect(textsFor(world, bob)).toEqual([expect.stringContaining('so your approval no longer counts')]);
  });

  it('who removed the bot hears, once it is back, what happened meanwhile', async () => {
    const world = await makeDesk();
    await world.meet(chatOf(alice));
    const { reference } = await ask(world);
    await world.runJobs();
    await leavePlace(world.desk, alice, chatOf(alice));
    await rejectRequest(world.desk, bob, { reference, version: undefined, words: 'No.' });
    await world.runJobs();
    await meetPerson(world.desk, chatOf(alice));
    await world.runJobs();
    expect(textsFor(world)).toEqual([expect.stringContaining('was rejected by')]);
  });

  it('who blocks the bot is in status, and hears it where Teams takes it again', async () => {
    const world = await makeDesk();
    await world.meet(chatOf(alice));
    world.teams.leftBy.add(chatOf(alice).id);
    await rejected(world);
    expect((await showStatus(world.desk, bob)).undelivered).toMatchObject({
      places: 1,
      worst: [{ where: 'A personal chat', places: 1, alerts: 1 }],
    });
    world.teams.leftBy.clear();
    await meetPerson(world.desk, chatOf(alice));
    await world.runJobs();
    expect(textsFor(world)).toEqual([expect.stringContaining('was rejected by')]);
  });

  it('is forgotten with all that waits for them, and after 30 days nothing waits any more', async () => {
    for (const forget of [
      (world: TestDesk) => forgetPerson(world.desk, alice.objectId),
      async (world: TestDesk) => {
        world.clock.forward({ days: 31 });
        await forgetOld(world.desk);
      },
    ]) {
      const world = await makeDesk();
      await rejected(world);
      await forget(world);
      expect((await showStatus(world.desk, bob)).unreached).toEqual({ people: 0, messages: 0 });
      await meetPerson(world.desk, chatOf(alice));
      await world.runJobs();
      expect(textsFor(world)).toEqual([]);
    }
  });
});
