import { TeamsInfo, type TurnContext } from 'botbuilder';
import { withoutThread, type Conversation } from '../../core/chat/conversation.ts';
import { channelTypeIn } from './channel-type.ts';

/** What Teams tells of a channel beside its id. */
type ChannelFacts = Pick<Conversation, 'name' | 'channelType'>;

/**
 * The name and the type of the channel; nothing if Teams does not answer, because an answer must not fail for that. A channel that its team does not list
 * belongs to another team, so that it counts as shared.
 */
export const channelFacts = async (context: TurnContext): Promise<ChannelFacts> => {
  try {
    const id = withoutThread(context.activity.conversation.id);
    const channels = await TeamsInfo.getTeamChannels(context);
    const channel = channels.find((each) => each.id === id);
    if (channel === undefined) return { name: undefined, channelType: 'shared' };
    const { name = 'General', type } = channel as { readonly name?: string; readonly type?: string };
    return { name: `#${name}`, channelType: type === undefined ? 'standard' : channelTypeIn(type) };
  } catch {
    return { name: undefined, channelType: undefined };
  }
};
