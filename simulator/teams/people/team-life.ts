import type { Activities, TeamEvent } from './activities.ts';
import type { Deliver } from './bot-delivery.ts';
import type { Chat, Directory } from '../directory.ts';

export type TeamLife = ReturnType<typeof createTeamLife>;

const whole = 'the whole team';
const closes = new Set(['channelDeleted', 'teamArchived', 'teamDeleted', 'teamHardDeleted']);
const opens = new Set(['channelRestored', 'teamUnarchived', 'teamRestored']);

/** The events of the team and its channels that are no messages. */
export const createTeamLife = (directory: Directory, activities: Activities, deliver: Deliver) => {
  const closed = new Set<string>();
  return {
    /** Nobody can write into a deleted channel, nor into any channel of an archived or deleted team. */
    isClosed: ({ kind, name }: Chat): boolean => kind === 'channel' && (closed.has(whole) || closed.has(name)),
    /** An owner does something to the team, or to a channel if one is named; Teams tells the bot. `name` is the new one. */
    happen: async (eventType: TeamEvent['eventType'], channelName?: string, name?: string): Promise<void> => {
      const channel = channelName === undefined ? undefined : directory.chatNamed(channelName);
      if (closes.has(eventType)) closed.add(channelName ?? whole);
      if (opens.has(eventType)) closed.delete(channelName ?? whole);
      const general = { chat: directory.chatNamed('#General'), threadId: undefined };
      const owner = directory.memberOf('bob');
      await deliver(activities.teamEvent(owner, general, crypto.randomUUID(), { eventType, channel, name }));
    },
  };
};
