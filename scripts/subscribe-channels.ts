import { everyAlert } from '../src/core/alert/subscription.ts';
import type { Store } from '../src/core/desk/store.ts';
import type { TeamsSimulator } from '../simulator/teams/server.ts';

/** Makes channels known to the bot and subscribes each to a scope, without sending a message; returns their ids with their names. */
export const subscribeChannels = async (
  teams: TeamsSimulator,
  { conversations, subscriptions }: Pick<Store, 'conversations' | 'subscriptions'>,
  scopes: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, string>> => {
  await teams.say('bob', '#approvals', '@Exemption Desk help');
  const ids = new Map(teams.conversations().map(({ name, conversationId }) => [name, conversationId]));
  const known = await conversations.find(ids.get('#approvals') ?? '');
  if (known === undefined) throw new Error('The bot does not know the channel in which it was asked.');
  const names = new Map<string, string>();
  for (const [name, scope] of scopes) {
    const id = ids.get(name) ?? '';
    names.set(id, name);
    await conversations.remember({ ...known, id, name });
    await subscriptions.save({
      channelId: id,
      kind: 'alerts',
      scope,
      filter: everyAlert,
      subscribedBy: { objectId: 'nobody', tenantId: 'nobody', name: 'Nobody' },
      subscribedAt: new Date(),
    });
  }
  return names;
};
