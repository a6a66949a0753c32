import type { AskRoster } from '../../src/bot/roster/ask-roster.ts';
import { createRoster } from '../../src/bot/roster/know-people.ts';
import type { RosterEntry } from '../../src/core/chat/belonging.ts';
import { bob } from '../core/contoso.ts';
import { noAnswer, saysNo } from '../fakes/faults.ts';
import { channel, chatOf } from '../fakes/story.ts';

const place = channel('approvals');
const member: RosterEntry = {
  id: '29:bob',
  objectId: bob.objectId,
  tenantId: bob.tenantId,
  userRole: 'user',
  userPrincipalName: 'bob@contoso.com',
};

describe('who is present in a channel', () => {
  const presence = (ask: AskRoster) =>
    createRoster({
      ask,
      askMembers: async function* () {
        yield [];
      },
      conversations: { personal: async () => chatOf(bob) },
      allowedTenants: [bob.tenantId],
      now: () => new Date(0),
    });

  it('is a member whom its roster lists, by the id of Teams', async () => {
    expect(await presence(async () => member).mentionId(bob.objectId, place)).toBe('29:bob');
  });

  it.each<[string, Partial<RosterEntry>]>([
    ['a guest', { userRole: 'guest' }],
    ['a guest by their name', { userPrincipalName: 'bob_other.com#EXT#@contoso.com' }],
    ['somebody of another tenant', { tenantId: 'another' }],
    ['somebody whose tenant Teams does not tell', { tenantId: undefined }],
    ['somebody else', { objectId: 'another' }],
    ['somebody without an id', { id: undefined }],
  ])('is not %s', async (_who, entry) => {
    expect(await presence(async () => ({ ...member, ...entry })).mentionId(bob.objectId, place)).toBeUndefined();
  });

  it('is not who left, although they have a personal chat, and is asked each time', async () => {
    const asked: string[] = [];
    const roster = presence(async ({ id }) => {
      asked.push(id);
      if (id === place.id) throw saysNo('not-found');
      return member;
    });
    expect(await roster.mentionId(bob.objectId, place)).toBeUndefined();
    expect(await roster.mentionId(bob.objectId, place)).toBeUndefined();
    expect(asked).toEqual([place.id, place.id]);
  });

  it('is unknown without an answer', async () => {
    const silent = presence(async () => {
      throw noAnswer();
    });
    await expect(silent.mentionId(bob.objectId, place)).rejects.toMatchObject({ code: 'unavailable' });
  });
});
