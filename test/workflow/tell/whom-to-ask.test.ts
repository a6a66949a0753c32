import { approveRequest, rejectRequest, withdrawRequest } from '../../../src/workflow/decide/decide-request.ts';
import { forgetPerson } from '../../../src/workflow/ledger/forget-person.ts';
import { publishRequest } from '../../../src/workflow/tell/publish-request.ts';
import { refreshRequest } from '../../../src/workflow/tell/refresh-request.ts';
import { remindApprovers } from '../../../src/workflow/tell/remind-approvers.ts';
import type { ContactName } from '../../fakes/contact.ts';
import type { Person } from '../../../src/core/person.ts';
import { alice, bob, carol, landingZones, root, shopTest } from '../../core/contoso.ts';
import { noAnswer, notSent, saysNo } from '../../fakes/faults.ts';
import { makeDesk, type TestDesk } from '../../fakes/make-desk.ts';
import { ask, channel, chatOf, subscribed } from '../../fakes/story.ts';

const approvals = channel('approvals');
const nameOf = ({ name }: Person, userId?: string) => ({ objectId: expect.any(String) as string, name, userId });
const mentionOf = (person: Person) => nameOf(person, `29:${person.objectId}`);

describe('whom the card of a request asks by name', () => {
  let world: TestDesk;
  const decide = async (person: Person, requester = alice) => {
    const { reference } = await ask(world, {}, requester);
    await rejectRequest(world.desk, person, { reference, version: undefined, words: 'No.' });
    await world.runJobs();
    // Two decisions of one moment have no order.
    world.clock.forward({ ms: 1000 });
  };
  /** A new request; whom its card names. */
  const asked = async (requester = alice) => {
    const { reference } = await ask(world, {}, requester);
    await world.runJobs();
    return { reference, mentioned: cards().at(-1)!.mentioned };
  };
  /** The same for a request that is withdrawn at once. */
  const askedInPassing = async (requester = alice) => {
    const { reference, mentioned } = await asked(requester);
    await withdrawRequest(world.desk, requester, { reference, version: undefined, words: '' });
    await world.runJobs();
    return mentioned;
  };
  const cards = () => world.teams.in(approvals, 'request');
  const lines = () => world.teams.in(approvals, 'still-waiting');

  beforeEach(async () => {
    world = await makeDesk();
    await subscribed(world, approvals, 'approvals');
    for (const { objectId } of [alice, bob, carol]) world.teams.present.add(objectId.toLowerCase());
  });

  it('mentions those who decided there before, the last one first, and nobody where nobody did', async () => {
    expect(await askedInPassing()).toEqual([]);
    await decide(bob);
    await decide(carol);
    expect(await askedInPassing()).toEqual([mentionOf(carol), mentionOf(bob)]);
  });

  it('never mentions the requester', async () => {
    await decide(bob);
    await decide(carol);
    expect(await askedInPassing(bob)).toEqual([mentionOf(carol)]);
  });

  it('does not mention who has left the channel, lost the role, or is erased', async () => {
    await decide(bob);
    await decide(carol);
    world.teams.present.delete(carol.objectId.toLowerCase());
    world.access.takeAll(bob);
    expect(await askedInPassing()).toEqual([]);
    world.access.give(bob, 'securityAdmin', shopTest);
    expect(await askedInPassing()).toEqual([]);
    world.access.give(bob, 'securityAdmin', root);
    expect(await askedInPassing()).toEqual([mentionOf(bob)]);
    await forgetPerson(world.desk, bob.objectId);
    expect(await askedInPassing()).toEqual([]);
  });

  it('mentions only who may approve by the governance file', async () => {
    await decide(bob);
    await decide(carol);
    const { reference } = await ask(world);
    const request = (await world.desk.database.requests.find(reference))!;
    const approvers = [[{ kind: 'person' as const, id: carol.objectId, name: 'Carol' }]];
    await world.desk.database.requests.replace({
      ...request,
      version: request.version + 1,
      governance: { ...request.governance, approvers },
    });
    await world.runJobs();
    expect(cards().at(-1)!.mentioned).toEqual([mentionOf(carol)]);
  });

  it.each<ContactName>(['forDecision', 'presence.mentionId'])(
    'posts the card without mentions where %s does not answer',
    async (name) => {
      await decide(bob);
      await ask(world);
      world.faults.at(name, { error: noAnswer() });
      await world.runJobs();
      expect(cards().map(({ mentioned }) => mentioned)).toEqual([[]]);
    },
  );

  it('posts the card without mentions where the answer takes too long, or Teams refuses them', async () => {
    await decide(bob);
    world.faults.at('notifier.post', { error: saysNo('invalid'), times: 1 });
    expect(await askedInPassing()).toEqual([]);
    world.beLate();
    expect(await askedInPassing()).toEqual([]);
  });

  it('does not mention anybody again when the card changes, and names nobody once it is decided', async () => {
    await decide(bob);
    const { reference } = await asked();
    await publishRequest(world.desk, reference);
    expect(cards().at(-1)!.mentioned).toEqual([nameOf(bob)]);
    const { mentioned } = await refreshRequest(world.desk, carol, approvals.id, reference);
    expect(mentioned).toEqual([nameOf(bob)]);
    await approveRequest(world.desk, carol, { reference, version: undefined, words: '' });
    await world.runJobs();
    expect(cards().at(-1)!.mentioned).toBeUndefined();
  });

  it('mentions nobody in a chat with one person', async () => {
    await decide(bob);
    await world.meet(chatOf(alice));
    await asked();
    expect(world.teams.in(chatOf(alice), 'request').at(-1)).not.toHaveProperty('mentioned');
  });

  it('looks above, and not elsewhere', async () => {
    world.access.give(alice, 'securityAdmin', landingZones);
    await decide(bob);
    const inTest = { scopes: [shopTest.toLowerCase()], inside: [shopTest.toLowerCase()], most: 9 };
    expect(await world.desk.database.requests.decidedNear(inTest)).toEqual([]);
  });

  describe('a reminder', () => {
    const remind = (reference: string) => remindApprovers(world.desk, reference, approvals.id);

    it('is one line with mentions in the thread of the first card', async () => {
      await decide(bob);
      const { reference } = await asked();
      const before = cards().length;
      await remind(reference);
      expect(cards()).toHaveLength(before);
      expect(lines()).toEqual([expect.objectContaining({ reference, mentioned: [mentionOf(bob)] })]);
      const first = world.teams.posts.findLast(({ message }) => message.kind === 'request');
      expect(world.teams.posts.at(-1)!.conversationId).toBe(first!.conversationId);
    });

    it('is the card again where nobody can be mentioned, and where the first card is gone', async () => {
      const unknown = await asked();
      await remind(unknown.reference);
      expect(cards()).toHaveLength(2);
      await rejectRequest(world.desk, bob, { reference: unknown.reference, version: undefined, words: 'No.' });
      await world.runJobs();
      const { reference } = await asked();
      const { conversationId } = world.teams.posts.pop()!;
      world.teams.posts.push({ ...world.teams.posts[0]!, activityId: 'something else', conversationId: 'elsewhere' });
      await remind(reference);
      expect(lines()).toEqual([]);
      expect(cards().at(-1)).toMatchObject({ reminder: true, mentioned: [mentionOf(bob)] });
      const left = await world.desk.database.postedCards.of(reference);
      expect(left.map((card) => card.conversationId)).not.toContain(conversationId);
      await remind(reference);
      expect(lines()).toHaveLength(1);
    });

    it('is the card again where Teams takes nothing below the first one, and is tried again where it asks to wait', async () => {
      await decide(bob);
      const { reference } = await asked();
      const before = cards().length;
      world.faults.at('notifier.reply', { error: notSent(1000), times: 1 });
      await expect(remind(reference)).rejects.toThrow('asks to wait');
      world.faults.at('notifier.reply', { error: saysNo('not-found'), times: 1 });
      await remind(reference);
      expect(cards()).toHaveLength(before + 1);
      await remind(reference);
      expect(lines()).toHaveLength(1);
    });

    it('does not mention who has approved in the meantime', async () => {
      await decide(bob);
      const { reference } = await ask(world);
      const request = (await world.desk.database.requests.find(reference))!;
      await world.desk.database.requests.replace({
        ...request,
        version: request.version + 1,
        governance: { ...request.governance, approvals: 2 },
      });
      await world.runJobs();
      await approveRequest(world.desk, bob, { reference, version: undefined, words: '' });
      await world.runJobs();
      await remind(reference);
      expect(lines()).toEqual([]);
    });
  });
});
