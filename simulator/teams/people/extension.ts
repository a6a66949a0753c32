import { readFileSync } from 'node:fs';
import type { Activities } from './activities.ts';
import type { Deliver } from './bot-delivery.ts';
import type { DialogAnswer } from './dialog-answer.ts';
import type { createDialogs } from './dialogs.ts';
import type { Directory } from '../directory.ts';
import { readExtensionAnswer, type ExtensionAnswer, type ExtensionResult } from './extension-answer.ts';
import { htmlOf } from './mention.ts';
import { isJson, type Json, type TestMessage } from '../message.ts';
import type { MessageBoard } from '../message-board.ts';

type Command = {
  readonly id: string;
  readonly title: string;
  readonly type: string;
  readonly context: readonly string[];
};

/** The commands of the app, by its manifest, as Teams offers them. */
const commandsInManifest = (): readonly Command[] => {
  const file = new URL('../../../appPackage/manifest.json', import.meta.url);
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as { composeExtensions?: { commands: Command[] }[] };
  return (manifest.composeExtensions ?? []).flatMap(({ commands }) => commands);
};

export type ExtensionOptions = {
  readonly directory: Directory;
  readonly board: MessageBoard;
  readonly activities: Activities;
  readonly deliver: Deliver;
  readonly dialogs: ReturnType<typeof createDialogs>;
};

/** The message extension, which people use in every chat, also where the bot is not installed. Teams names whoever uses it. */
export const createExtension = ({ directory, board, activities, deliver, dialogs }: ExtensionOptions) => {
  const commands = commandsInManifest();
  const placeOf = (personKey: string, where: string) => {
    const chat = directory.chatFor(personKey, where);
    const member = directory.memberOf(personKey);
    if (!directory.presentIn(chat).includes(member)) throw new RangeError(`${personKey} is not in ${chat.name}.`);
    return { member, place: { chat, threadId: undefined } };
  };
  const offered = (id: string, type: 'query' | 'action', context: string): Command => {
    const command = commands.find((each) => each.id === id && each.type === type && each.context.includes(context));
    if (command === undefined) throw new RangeError(`The manifest offers no ${type} ${id} for ${context}.`);
    return command;
  };
  /** As Teams describes the message on which an action was pressed. */
  const payloadOf = (message: TestMessage): Json => ({
    id: message.id,
    createdDateTime: message.at,
    messageType: 'message',
    deleted: false,
    importance: 'normal',
    body: { contentType: 'html', content: `<div>${htmlOf(message.text)}</div>` },
    from: { user: { displayName: message.from, userIdentityType: 'aadUser' } },
    attachments: [],
    mentions: [],
    reactions: [],
  });

  return {
    commands,
    /** Searches in the compose box of a chat; without a text as Teams does when somebody opens the search. */
    query: async (personKey: string, where: string, id: string, text?: string, skip = 0): Promise<ExtensionAnswer> => {
      const { member, place } = placeOf(personKey, where);
      const { id: commandId } = offered(id, 'query', 'compose');
      const parameters = [text === undefined ? { name: 'initialRun', value: 'true' } : { name: 'text', value: text }];
      const value = { commandId, parameters, queryOptions: { skip, count: 25 } };
      const activity = activities.extension(member, place, crypto.randomUUID(), 'composeExtension/query', value);
      return readExtensionAnswer(await deliver(activity));
    },
    /** Posts a result into the chat, as its card, under the name of the person. */
    post: (personKey: string, where: string, { contentType, content }: ExtensionResult): TestMessage => {
      const { place } = placeOf(personKey, where);
      return board.post(place, personKey, {
        ...{ text: '', textFormat: 'plain', summary: undefined, importance: undefined, entities: [] },
        attachments: [{ contentType, content }],
      });
    },
    /** Presses an action in the compose box, or in the menu of a message. */
    open: async (personKey: string, where: string, id: string, messageId?: string): Promise<DialogAnswer> => {
      const { member, place } = placeOf(personKey, where);
      const context = messageId === undefined ? 'compose' : 'message';
      const { id: commandId } = offered(id, 'action', context);
      const action = { commandId, commandContext: context, context: { theme: 'default' } };
      const payload = messageId === undefined ? undefined : payloadOf(board.found(messageId));
      return dialogs.openByAction(member, place, action, payload);
    },
    /** Sends an invoke of an extension that no client makes. */
    raw: async (personKey: string, where: string, name: 'query' | 'fetchTask' | 'submitAction', value: unknown) => {
      const { member, place } = placeOf(personKey, where);
      const json = isJson(value) ? value : {};
      return deliver(activities.extension(member, place, crypto.randomUUID(), `composeExtension/${name}`, json));
    },
  };
};
