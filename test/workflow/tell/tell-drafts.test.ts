import type { UnclaimedDraft } from '../../../src/core/request/draft.ts';
import type { Desk } from '../../../src/workflow/desk.ts';
import { tellDrafts } from '../../../src/workflow/tell/tell-drafts.ts';

const draft = (id: string) =>
  ({
    id,
    recommendation: { key: id, title: id },
    scopes: ['/subscriptions/11111111-1111-4111-8111-111111111111'],
  }) as unknown as UnclaimedDraft;
const hierarchy = { managementGroups: [], subscriptions: [] };
const channel = { id: 'approvals' };

describe('telling channels of drafts that applications left', () => {
  it('tells the others where one cannot be told, and tells that one later', async () => {
    const posted: string[] = [];
    const later: string[] = [];
    const desk = {
      now: () => new Date(0),
      hierarchy: async () => hierarchy,
      tellOperator: () => undefined,
      notifier: {
        post: async (_where: unknown, { title }: { readonly title: string }) => {
          if (title === 'first') throw new Error('Teams does not answer.');
          posted.push(title);
        },
      },
      database: {
        subscriptions: { at: async () => [{ scope: '/', channelId: channel.id }] },
        conversations: { find: async () => channel },
        unclaimedDrafts: {
          takeToTell: async () => ['first', 'second', 'third'].map(draft),
          tellLater: async (id: string) => void later.push(id),
        },
      },
    } as unknown as Desk;

    await expect(tellDrafts(desk)).rejects.toThrow('Teams does not answer.');
    expect({ posted, later }).toEqual({ posted: ['second', 'third'], later: ['first'] });
  });
});
