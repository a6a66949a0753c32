import type { Conversation } from '../core/conversation.ts';
import { covers } from '../core/hierarchy.ts';
import type { Desk } from './desk.ts';

/** The channels that asked for requests on scopes that contain all of these. */
export const approvalChannels = async (desk: Desk, scopes: readonly string[]): Promise<Conversation[]> => {
  const [hierarchy, subscriptions] = await Promise.all([desk.hierarchy(), desk.database.subscriptions.all()]);
  const ids = subscriptions
    .filter((each) => each.kind === 'approvals' && scopes.every((scope) => covers(each.scope, scope, hierarchy)))
    .map((each) => each.channelId);
  const channels = await Promise.all([...new Set(ids)].map((id) => desk.database.conversations.find(id)));
  return channels.filter((channel) => channel !== undefined);
};
