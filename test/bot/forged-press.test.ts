import { answerTurn } from '../../src/bot/answer-turn.ts';
import type { Outcome } from '../../src/bot/outcome.ts';
import type { Conversation } from '../../src/core/chat/conversation.ts';
import { approveRequest } from '../../src/workflow/decide/decide-request.ts';
import { deliverAlerts } from '../../src/workflow/alert/deliver-alerts.ts';
import { deliveryOf } from '../../src/workflow/alert/raise-alerts.ts';
import { alice, bob, root, sandbox, vm10 } from '../core/contoso.ts';
import { makeDesk, type TestDesk } from '../fakes/make-desk.ts';
import { ask, channel, chatOf, current, subscribed } from '../fakes/story.ts';
import { alert } from '../store/samples.ts';
import { turnFor } from './press-card.ts';

const approvals = channel('approvals');
const alerts = channel('alerts');

/** Two requests of Alice that wait, with their cards in the channel of the approvals. */
const worldOfTwoRequests = async () => {
  const world = await makeDesk();
  await world.meet(chatOf(alice), chatOf(bob));
  await subscribed(world, approvals, 'approvals');
  await subscribed(world, alerts, 'alerts');
  const first = await ask(world);
  const second = await ask(world, { resources: [vm10] });
  await world.runJobs();
  const cardOf = async (reference: string): Promise<string> =>
    (await world.desk.database.postedCards.of(reference)).find(({ conversationId }) =>
      conversationId.startsWith(approvals.id),
    )!.activityId;
  return { world, first, second, cardOf };
};

const pressIn = (
  { desk }: TestDesk,
  conversation: Conversation,
  clickedCardId: string | undefined,
  submitted: object,
): Promise<Outcome> =>
  answerTurn(desk, {
    ...turnFor(bob, submitted, 'channel'),
    conversation,
    asker: { person: bob, channelId: conversation.id },
    clickedCardId,
  });

/** A press may carry anything, and name any card as the one that was pressed. */
describe('a press in a channel that does something', () => {
  const approval = (reference: string) => ({ verb: 'approve-request', reference, version: 1, comment: '' });

  it('replaces the card of that very request', async () => {
    const { world, first, cardOf } = await worldOfTwoRequests();
    const { reference } = first;
    const outcome = await pressIn(world, approvals, await cardOf(reference), approval(reference));
    expect(outcome).toMatchObject({ kind: 'replace', standing: { reference, audience: 'approvers' } });
  });

  it.each([
    ['the card of another request', async (cardOf: (of: string) => Promise<string>, of: string) => cardOf(of)],
    ['a card that nobody knows', async () => 'some-list'],
    ['no card', async () => undefined],
  ])('leaves %s alone: the outcome goes to whoever pressed', async (_what, clicked) => {
    const { world, first, second, cardOf } = await worldOfTwoRequests();
    const { reference } = first;
    const id = await clicked(cardOf, second.reference);
    for (const each of [
      approval(reference),
      { verb: 'reject-request', reference: second.reference, version: 1, reason: 'No.' },
    ]) {
      const other = each.reference === reference ? id : id === undefined ? undefined : await cardOf(reference);
      const outcome = await pressIn(world, approvals, other, each);
      expect(outcome).toMatchObject({ kind: 'private', outcome: { kind: 'card' } });
    }
    expect(await current(world, reference)).toMatchObject({ status: 'approved' });
    expect(await current(world, second.reference)).toMatchObject({ status: 'rejected' });
  });

  it('leaves a card with the same id in another channel alone', async () => {
    const { world, first, cardOf } = await worldOfTwoRequests();
    const outcome = await pressIn(world, alerts, await cardOf(first.reference), approval(first.reference));
    expect(outcome).toMatchObject({ kind: 'private' });
  });

  it('says nothing to all where it is about no request either', async () => {
    const { world, first, cardOf } = await worldOfTwoRequests();
    await world.desk.database.cleanups.add({
      id: 'plan-1',
      askerId: bob.objectId.toLowerCase(),
      createdAt: world.clock.now(),
      items: [],
      orderedAt: undefined,
      outcomes: {},
    });
    const outcome = await pressIn(world, approvals, await cardOf(first.reference), {
      verb: 'clean-up',
      plan: 'plan-1',
    });
    expect(outcome).toMatchObject({ kind: 'private' });
  });

  it('replaces an alert with an Approve button where the channel may see the request', async () => {
    const { world, first, second } = await worldOfTwoRequests();
    const { reference } = first;
    const words = { ...alert, reference, approve: 1 };
    const delivery = (to: Conversation) =>
      deliveryOf(world.desk, to.id, words, { kind: 'expiring', unitKey: 'u1', scopes: [root], mentions: [] });
    await world.desk.database.alerts.addDeliveries([delivery(alerts)], world.clock.now());
    await deliverAlerts(world.desk);
    const { activityId } = world.teams.posts.find(({ to }) => to.id === alerts.id)!;
    const { postedCards } = world.desk.database;
    expect(await postedCards.of(reference)).toContainEqual(expect.objectContaining({ activityId, audience: 'alert' }));

    const forged = await pressIn(world, alerts, activityId, approval(second.reference));
    expect(forged).toMatchObject({ kind: 'private' });
    const genuine = await pressIn(world, alerts, activityId, approval(reference));
    expect(genuine).toMatchObject({ kind: 'replace', standing: { reference } });
  });

  it('leaves an alert alone in a channel that may not see all of the request', async () => {
    const { world, first } = await worldOfTwoRequests();
    const { reference } = first;
    const elsewhere = channel('elsewhere');
    await subscribed(world, elsewhere, 'alerts', {}, sandbox);
    const card = { conversationId: elsewhere.id, activityId: 'e1', reference, audience: 'alert' } as const;
    await world.desk.database.postedCards.add(card);
    expect(await pressIn(world, elsewhere, 'e1', approval(reference))).toMatchObject({ kind: 'private' });
  });

  it('leaves the alert as it was posted until somebody presses it', async () => {
    const { world, first } = await worldOfTwoRequests();
    const { reference } = first;
    const posted = await world.desk.notifier.post(alerts, { kind: 'text', text: 'An alert.' });
    await world.desk.database.postedCards.add({ ...posted!, reference, audience: 'alert' });
    await approveRequest(world.desk, bob, { reference, version: 1, words: '' });
    await world.runJobs();
    expect(world.teams.posts.find(({ activityId }) => activityId === posted!.activityId)).toMatchObject({ updates: 0 });
  });
});
