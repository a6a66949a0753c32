import { TeamsInfo, type TurnContext } from 'botbuilder';
import { withoutThread } from '../../core/chat/conversation.ts';

/** The name of the channel; undefined if Teams does not return it, because an answer must not fail for that. */
export const channelName = async (context: TurnContext): Promise<string | undefined> => {
  try {
    const id = withoutThread(context.activity.conversation.id);
    const channels = await TeamsInfo.getTeamChannels(context);
    const channel = channels.find((each) => each.id === id);
    return channel === undefined ? undefined : `#${channel.name ?? 'General'}`;
  } catch {
    return undefined;
  }
};
