import { alice, bob, vm1 } from '../../core/contoso.ts';
import { makeDesk } from '../../fakes/make-desk.ts';
import { ask, channel, chatOf } from '../../fakes/story.ts';
import { pressWith, turnFor } from '../press-card.ts';

describe('pressing Details', () => {
  const waiting = async () => {
    const world = await makeDesk();
    await world.meet(chatOf(alice), chatOf(bob), channel('approvals'));
    const { reference } = await ask(world, { resources: [vm1] });
    const stands = (conversationId: string, audience: 'approvers' | 'requester' | 'alert') =>
      world.desk.database.postedCards.add({ conversationId, activityId: 'clicked', reference, audience });
    return { world, reference, data: { verb: 'show-request', reference }, stands };
  };

  it('draws the card of the request anew where it was pressed, in the own chat', async () => {
    const { world, reference, data, stands } = await waiting();
    await stands(turnFor(bob, data).conversation.id, 'approvers');
    expect(await pressWith(world, bob, data)).toMatchObject({
      kind: 'replace',
      standing: { reference, audience: 'approvers' },
    });
  });

  it('calls the button what it does there', async () => {
    const { world, data } = await waiting();
    const shown = JSON.stringify(await pressWith(world, bob, data));
    expect(shown).toContain('"title":"Refresh"');
    expect(shown).not.toContain('"title":"Details"');
  });

  it('posts a card beside an alert and a list, which stay what they are', async () => {
    const { world, data, stands } = await waiting();
    expect(await pressWith(world, bob, data)).toMatchObject({ kind: 'card' });
    await stands(turnFor(bob, data).conversation.id, 'alert');
    expect(await pressWith(world, bob, data)).toMatchObject({ kind: 'card' });
  });

  it('never replaces the card of a channel, nor that of another chat', async () => {
    const { world, data, stands } = await waiting();
    await stands(turnFor(bob, data, 'channel').conversation.id, 'approvers');
    expect(await pressWith(world, bob, data, 'channel')).not.toMatchObject({ kind: 'replace' });
    expect(await pressWith(world, bob, data)).toMatchObject({ kind: 'card' });
  });
});
