import type { Activity, ConversationReference, TurnContext } from 'botbuilder';
import { conversationTypes, type Conversation } from '../core/chat/conversation.ts';
import { GovernanceError } from '../core/governance-error.ts';
import { NotSent, type PostedMessage } from '../core/chat/notifier.ts';
import type { Pace } from '../core/chat/pace.ts';
import type { DeskAdapter } from './front-door.ts';
import { teamsRefusal } from './teams/teams-refusal.ts';

/** Posts activities on its own, at the pace that Teams allows; errors as in the notifier port. */
export type Poster = {
  /** Waits for its turn; throws NotSent if that would take longer than `patienceMs`. */
  readonly post: (
    conversation: Conversation,
    activity: Partial<Activity>,
    patienceMs?: number,
  ) => Promise<PostedMessage | undefined>;
  /** Adds a message to the thread of one of ours. */
  readonly reply: (
    conversation: Conversation,
    posted: PostedMessage,
    activity: Partial<Activity>,
    patienceMs?: number,
  ) => Promise<PostedMessage | undefined>;
  readonly update: (conversation: Conversation, posted: PostedMessage, activity: Partial<Activity>) => Promise<void>;
};

/** Longer than a job should wait; a few cards in one chat fit in. */
const usualPatienceMs = 5000;
const holdWithoutWord = 2000;

export const createPoster = (options: {
  readonly adapter: DeskAdapter;
  readonly appId: string;
  readonly serviceUrlAllowed: (url: string) => boolean;
  readonly pace: Pace;
  readonly now: () => Date;
  readonly pause: (milliseconds: number) => Promise<void>;
  /** A new number from 0 to 1 each time. */
  readonly random: () => number;
}): Poster => {
  const { adapter, appId, pace } = options;

  const refuseUnlessAllowed = (conversation: Conversation): void => {
    if (!options.serviceUrlAllowed(conversation.serviceUrl)) {
      throw new GovernanceError('forbidden', `Not a Teams service URL: ${conversation.serviceUrl}`);
    }
  };

  const inTurn = async (conversation: Conversation, patienceMs: number, work: () => Promise<void>): Promise<void> => {
    refuseUnlessAllowed(conversation);
    const { waitMs, taken } = await pace.takeTurn(conversation.id, patienceMs);
    if (!taken) throw new NotSent('Too much is being posted there. Please try again in a minute.', waitMs);
    if (waitMs > 0) await options.pause(waitMs);
    try {
      await work();
    } catch (error) {
      const refusal = teamsRefusal(error, options.now().getTime(), options.random());
      if (refusal instanceof NotSent) await pace.hold(conversation.id, refusal.waitMs ?? holdWithoutWord);
      throw refusal;
    }
  };

  const inConversation = (
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
        conversationType: conversationTypes[conversation.kind],
        name: '',
        tenantId: conversation.tenantId,
      },
      bot: { id: conversation.botId, name: '' },
    };
    return adapter.continueConversationAsync(appId, reference, work);
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
    await adapter.createConversationAsync(appId, 'msteams', channel.serviceUrl, '', parameters, async (context) => {
      const conversationId = context.activity.conversation.id;
      posted = { conversationId, activityId: conversationId.split(';messageid=')[1] ?? context.activity.id ?? '' };
    });
    return posted;
  };

  const postMessage = async (
    conversation: Conversation,
    activity: Partial<Activity>,
    conversationId = conversation.id,
  ): Promise<PostedMessage | undefined> => {
    let posted: PostedMessage | undefined;
    await inConversation(conversation, conversationId, async (context) => {
      const response = await context.sendActivity(activity);
      if (response?.id !== undefined && response.id !== '') posted = { conversationId, activityId: response.id };
    });
    return posted;
  };

  return {
    async post(conversation, activity, patienceMs = usualPatienceMs) {
      let posted: PostedMessage | undefined;
      await inTurn(conversation, patienceMs, async () => {
        posted = await (conversation.kind === 'channel' ? postThread : postMessage)(conversation, activity);
      });
      return posted;
    },
    async reply(conversation, { conversationId }, activity, patienceMs = usualPatienceMs) {
      let posted: PostedMessage | undefined;
      await inTurn(conversation, patienceMs, async () => {
        posted = await postMessage(conversation, activity, conversationId);
      });
      return posted;
    },
    update: (conversation, posted, activity) =>
      inTurn(conversation, usualPatienceMs, () =>
        inConversation(conversation, posted.conversationId, async (context) => {
          await context.updateActivity({ ...activity, id: posted.activityId });
        }),
      ),
  };
};
