import { TeamsInfo, type CloudAdapter, type TurnContext } from 'botbuilder';
import type { RosterEntry } from '../../core/chat/belonging.ts';
import { conversationTypes, type Conversation } from '../../core/chat/conversation.ts';
import { GovernanceError } from '../../core/governance-error.ts';

/**
 * What the roster of a conversation says of somebody. Throws GovernanceError not-found if the bot or the person is not in it, unavailable if Teams does not
 * answer, both with the answer of Teams as their cause.
 */
export type AskRoster = (place: Conversation, userId: string) => Promise<RosterEntry>;

const nowhere =
  'Exemption Desk cannot see here whether you belong to this organisation. Open a personal chat with it, send “help” there, then try again.';

export const notAsked =
  'Teams did not say whether you belong to this organisation, so nothing was done. Please try again in a minute.';

const textIn = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

const isNotThere = (error: unknown): boolean => {
  const { name, statusCode } = (error ?? {}) as { name?: unknown; statusCode?: unknown };
  return name === 'RestError' && (statusCode === 403 || statusCode === 404);
};

/** What is known of an answer of Teams about one person. */
export const entryIn = (answer: object): RosterEntry => {
  const { id, aadObjectId, objectId, tenantId, userRole, userPrincipalName, email } = answer as Readonly<
    Record<string, unknown>
  >;
  return {
    id: textIn(id),
    // Teams uses both names.
    objectId: textIn(aadObjectId) ?? textIn(objectId),
    tenantId: textIn(tenantId),
    userRole: textIn(userRole),
    userPrincipalName: textIn(userPrincipalName),
    email: textIn(email),
  };
};

/** Asks without the team, whose roster lacks the people of other organisations in a shared channel. */
export const createAskRoster =
  (options: {
    readonly adapter: Pick<CloudAdapter, 'continueConversationAsync'>;
    readonly appId: string;
    readonly serviceUrlAllowed: (url: string) => boolean;
  }): AskRoster =>
  async ({ id, kind, tenantId, serviceUrl, botId }, userId) => {
    if (!options.serviceUrlAllowed(serviceUrl))
      throw new GovernanceError('forbidden', `Not a Teams service URL: ${serviceUrl}`);
    const reference = {
      serviceUrl,
      channelId: 'msteams',
      conversation: { id, isGroup: kind !== 'personal', conversationType: conversationTypes[kind], name: '', tenantId },
      bot: { id: botId, name: '' },
    };
    let answer: object = {};
    const ask = async (context: TurnContext): Promise<void> => {
      answer = await TeamsInfo.getMember(context, userId);
    };
    try {
      await options.adapter.continueConversationAsync(options.appId, reference, ask);
    } catch (cause) {
      throw isNotThere(cause)
        ? new GovernanceError('not-found', nowhere, { cause })
        : new GovernanceError('unavailable', notAsked, { cause });
    }
    return entryIn(answer);
  };
