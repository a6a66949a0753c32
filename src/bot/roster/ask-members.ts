import { TeamsInfo, type CloudAdapter } from 'botbuilder';
import type { RosterEntry } from '../../core/chat/belonging.ts';
import { conversationTypes, type Conversation } from '../../core/chat/conversation.ts';
import { GovernanceError } from '../../core/governance-error.ts';
import { entryIn } from './ask-roster.ts';

/** Everybody in the roster of a place, page by page. Throws GovernanceError unavailable if Teams does not answer, with its answer as the cause. */
export type AskMembers = (place: Conversation) => AsyncIterable<readonly RosterEntry[]>;

const largestPage = 500;

/** Asks for the roster of the channel itself: that of its team has other people in it if the channel is private or shared. */
export const createAskMembers = (options: {
  readonly adapter: Pick<CloudAdapter, 'continueConversationAsync'>;
  readonly appId: string;
  readonly serviceUrlAllowed: (url: string) => boolean;
}): AskMembers =>
  async function* ({ id, kind, tenantId, serviceUrl, botId }) {
    if (!options.serviceUrlAllowed(serviceUrl))
      throw new GovernanceError('forbidden', `Not a Teams service URL: ${serviceUrl}`);
    const reference = {
      serviceUrl,
      channelId: 'msteams',
      conversation: { id, isGroup: true, conversationType: conversationTypes[kind], name: '', tenantId },
      bot: { id: botId, name: '' },
    };
    let next: string | undefined;
    do {
      let members: readonly object[] = [];
      try {
        await options.adapter.continueConversationAsync(options.appId, reference, async (context) => {
          const page = await TeamsInfo.getPagedMembers(context, largestPage, next);
          members = page.members;
          next = page.continuationToken === '' ? undefined : page.continuationToken;
        });
      } catch (cause) {
        throw new GovernanceError('unavailable', 'Teams did not say who is in this place.', { cause });
      }
      yield members.map(entryIn);
    } while (next !== undefined);
  };
