import { CardFactory, MessageFactory, type Activity, type ConversationReference, type TurnContext } from 'botbuilder';
import type { Card } from '../cards/card.ts';
import { cleanText, shortened } from '../cards/plain-text.ts';
import type { Conversation } from '../core/conversation.ts';
import { GovernanceError } from '../core/governance-error.ts';
import type { PostedMessage } from '../core/notifier.ts';
import type { DeskAdapter } from './front-door.ts';

/** A card as a message that shows a readable line in notifications. */
export const cardActivity = (card: Card): Partial<Activity> => ({
  ...MessageFactory.attachment(CardFactory.adaptiveCard(card.content)),
  summary: card.summary,
});

const longestText = 4000;

/** Plain text: what people wrote is never taken for Markdown, and never grows into a message that Teams would refuse. */
export const textActivity = (text: string): Partial<Activity> => ({
  type: 'message',
  text: shortened(cleanText(text), longestText),
  textFormat: 'plain',
});

/** Sends activities without having been asked; the errors are the notifier port's. */
export type Poster = {
  readonly post: (conversation: Conversation, activity: Partial<Activity>) => Promise<PostedMessage | undefined>;
  readonly update: (conversation: Conversation, posted: PostedMessage, activity: Partial<Activity>) => Promise<void>;
};

const goneStatuses: Readonly<Record<number, 'forbidden' | 'not-found' | 'invalid'>> = {
  400: 'invalid',
  403: 'forbidden',
  404: 'not-found',
  413: 'invalid',
};

/** Teams said no for good, or did not answer. */
const asGovernanceError = (error: unknown): GovernanceError => {
  if (error instanceof GovernanceError) return error;
  const status =
    error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 0;
  const code = goneStatuses[status];
  return code === undefined
    ? new GovernanceError('unavailable', 'Teams did not answer.', { cause: error })
    : new GovernanceError(code, `Teams refused the message (${status}).`, { cause: error });
};

export const createPoster = (options: {
  readonly adapter: DeskAdapter;
  readonly appId: string;
  readonly serviceUrlAllowed: (url: string) => boolean;
}): Poster => {
  const { adapter, appId } = options;

  const refuseUnlessAllowed = (conversation: Conversation): void => {
    if (!options.serviceUrlAllowed(conversation.serviceUrl)) {
      throw new GovernanceError('forbidden', `Not a Teams service URL: ${conversation.serviceUrl}`);
    }
  };

  const inConversation = async (
    conversation: Conversation,
    id: string,
    work: (context: TurnContext) => Promise<void>,
  ): Promise<void> => {
    const reference: Partial<ConversationReference> = {
      serviceUrl: conversation.serviceUrl,
      channelId: 'msteams',
      conversation: {
        id,
        isGroup: conversation.kind !== 'personal',
        conversationType: conversation.kind,
        name: '',
        tenantId: conversation.tenantId,
      },
      bot: { id: conversation.botId, name: '' },
    };
    try {
      await adapter.continueConversationAsync(appId, reference, work);
    } catch (error) {
      throw asGovernanceError(error);
    }
  };

  const postThread = async (channel: Conversation, activity: Partial<Activity>): Promise<PostedMessage | undefined> => {
    let posted: PostedMessage | undefined;
    const parameters = {
      isGroup: true,
      channelData: { channel: { id: channel.id } },
      activity: activity as Activity,
      bot: { id: channel.botId, name: '' },
      tenantId: channel.tenantId,
    };
    try {
      await adapter.createConversationAsync(appId, 'msteams', channel.serviceUrl, '', parameters, async (context) => {
        const conversationId = context.activity.conversation.id;
        posted = { conversationId, activityId: conversationId.split(';messageid=')[1] ?? context.activity.id ?? '' };
      });
    } catch (error) {
      throw asGovernanceError(error);
    }
    return posted;
  };

  return {
    async post(conversation, activity) {
      refuseUnlessAllowed(conversation);
      if (conversation.kind === 'channel') return postThread(conversation, activity);
      let posted: PostedMessage | undefined;
      await inConversation(conversation, conversation.id, async (context) => {
        const response = await context.sendActivity(activity);
        if (response?.id !== undefined && response.id !== '')
          posted = { conversationId: conversation.id, activityId: response.id };
      });
      return posted;
    },

    async update(conversation, posted, activity) {
      refuseUnlessAllowed(conversation);
      await inConversation(conversation, posted.conversationId, async (context) => {
        await context.updateActivity({ ...activity, id: posted.activityId });
      });
    },
  };
};
