import { readBotActivity } from './bot-activity.ts';
import {
  activityNotFound,
  botNotInRoster,
  connectorError,
  conversationNotFound,
  notTheBotsOwn,
} from './connector-error.ts';
import { mentionedPeople } from './mentioned-people.ts';
import { isTargeted, looksTargeted, readTarget, refusedChange } from './targeted.ts';
import type { Chat, Directory, Place } from '../directory.ts';
import { isJson } from '../message.ts';
import type { TestMessage } from '../message.ts';
import type { MessageBoard } from '../message-board.ts';
import type { Answer, Call, Routes } from '../router.ts';

export type ConnectorOptions = {
  readonly directory: Directory;
  readonly board: MessageBoard;
  readonly isInstalled: (chat: Chat) => boolean;
  /** True while the channel or its team is deleted or archived. */
  readonly isClosed: (chat: Chat) => boolean;
  /** Targeted messages, which one person sees: false if this Teams refuses them. */
  readonly hasTargeted: () => boolean;
  readonly onTyping: (chat: Chat) => void;
};

/** The part of the Bot Connector's REST API through which a bot posts, updates and deletes. */
export const createConnector = ({
  directory,
  board,
  isInstalled,
  isClosed,
  hasTargeted,
  onTyping,
}: ConnectorOptions): Routes => {
  const post = (place: Place, body: unknown, call?: Call): Answer => {
    if (isClosed(place.chat)) return conversationNotFound;
    if (!isInstalled(place.chat)) return botNotInRoster;
    const activity = readBotActivity(body);
    if (!('type' in activity)) return activity;
    if (activity.type === 'typing') {
      onTyping(place.chat);
      return { status: 201, json: { id: '' } };
    }
    if (activity.type !== 'message')
      return connectorError(400, 'BadArgument', `Teams takes no ${activity.type} from a bot.`);
    if (call !== undefined && isTargeted(call)) {
      const target = readTarget(body, place.chat, directory, hasTargeted());
      if (!('person' in target)) return target;
      return { status: 201, json: { id: board.post(place, 'bot', activity.content, [], target.person.key).id } };
    }
    if (looksTargeted(body)) return connectorError(400, 'BadArgument', 'The query does not say that it is targeted.');
    const mentioned = mentionedPeople(activity.content, place.chat, directory);
    return { status: 201, json: { id: board.post(place, 'bot', activity.content, mentioned).id } };
  };
  const postTo = (call: Call): Answer => {
    const place = directory.locate(call.param('conversationId'));
    return place === undefined ? conversationNotFound : post(place, call.body, call);
  };

  const withOwnMessage = (call: Call, act: (message: TestMessage) => Answer): Answer => {
    const place = directory.locate(call.param('conversationId'));
    if (place === undefined) return conversationNotFound;
    const message = board.find(call.param('activityId'));
    if (message === undefined || message.deleted || message.chat !== place.chat.name) return activityNotFound;
    if (isTargeted(call) !== (message.onlyFor !== undefined)) return activityNotFound;
    if (message.onlyFor !== undefined && !board.isSeenBy(message, message.onlyFor)) return activityNotFound;
    const refusal = message.onlyFor === undefined ? undefined : refusedChange(call.body);
    return refusal ?? (message.from === 'bot' ? act(message) : notTheBotsOwn);
  };

  const startPersonalChat = (members: unknown[], activity: unknown): Answer => {
    const [first] = members;
    const member = isJson(first) ? directory.memberWithId(String(first.id)) : undefined;
    if (member === undefined || members.length !== 1)
      return connectorError(400, 'BadArgument', 'A bot can only start a chat with one person whom it can name.');
    const chat = directory.chats.find(({ name }) => name === member.person.key);
    // Nobody has a personal chat with a bot of an organisation that does not know them.
    if (chat === undefined) return botNotInRoster;
    if (!isInstalled(chat)) return botNotInRoster;
    const posted = activity === undefined ? undefined : post({ chat, threadId: undefined }, activity);
    if (posted?.status !== undefined && posted.status >= 400) return posted;
    const activityId = isJson(posted?.json) ? posted.json.id : undefined;
    return { status: 201, json: { id: chat.conversationId, activityId } };
  };
  const startThread = (channelId: string, activity: unknown): Answer => {
    const place = directory.locate(channelId);
    if (place?.chat.kind !== 'channel') return conversationNotFound;
    const posted = post({ ...place, threadId: undefined }, activity);
    const activityId = isJson(posted.json) ? posted.json.id : undefined;
    if (posted.status !== 201 || typeof activityId !== 'string') return posted;
    return { status: 201, json: { id: `${place.chat.conversationId};messageid=${activityId}`, activityId } };
  };

  return {
    'POST /v3/conversations': ({ body }) => {
      if (!isJson(body)) return connectorError(400, 'BadSyntax', 'There is no body.');
      const channel = isJson(body.channelData) ? body.channelData.channel : undefined;
      if (isJson(channel)) return startThread(String(channel.id), body.activity);
      return startPersonalChat(Array.isArray(body.members) ? body.members : [], body.activity);
    },
    'POST /v3/conversations/:conversationId/activities': postTo,
    'POST /v3/conversations/:conversationId/activities/:activityId': postTo,
    'PUT /v3/conversations/:conversationId/activities/:activityId': (call) =>
      withOwnMessage(call, ({ id }) => {
        const activity = readBotActivity(call.body);
        if (!('type' in activity)) return activity;
        board.update(id, activity.content);
        return { json: { id } };
      }),
    'DELETE /v3/conversations/:conversationId/activities/:activityId': (call) =>
      withOwnMessage(call, ({ id }) => {
        board.remove(id);
        return {};
      }),
  };
};
