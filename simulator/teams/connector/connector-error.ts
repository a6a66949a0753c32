import type { Answer } from '../router.ts';

/** An answer in the shape of the Bot Connector, with one of its documented codes. */
export const connectorError = (status: number, code: string, message: string): Answer => ({
  status,
  json: { error: { code, message } },
});

export const conversationNotFound = connectorError(404, 'ConversationNotFound', 'Conversation not found.');
export const activityNotFound = connectorError(
  404,
  'ActivityNotFoundInConversation',
  'The activity is not in this conversation.',
);
export const botNotInRoster = connectorError(
  403,
  'BotNotInConversationRoster',
  'The bot is not part of the conversation roster.',
);
export const targetNotInRoster = connectorError(
  404,
  'BotNotInConversationRoster',
  'The recipient is not part of the conversation roster.',
);
export const notTheBotsOwn = connectorError(
  403,
  'ForbiddenOperationException',
  'A bot may only change its own messages.',
);
