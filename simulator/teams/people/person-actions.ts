import type { Activities } from './activities.ts';
import { readFound, searchIn } from './card-search.ts';
import type { Deliver, Delivery } from './bot-delivery.ts';
import { readCardAnswer } from './card-answer.ts';
import type { CardAnswer } from './card-answer.ts';
import type { DialogAnswer } from './dialog-answer.ts';
import { createDialogs } from './dialogs.ts';
import type { Directory, Place } from '../directory.ts';
import { createExtension } from './extension.ts';
import { consentIn, type FileDrop } from './file-drop.ts';
import type { Installations } from './installations.ts';
import { addressedText } from './mention.ts';
import { isJson } from '../message.ts';
import type { Json, TestMessage } from '../message.ts';
import type { MessageBoard } from '../message-board.ts';

export type Turn = {
  /** The HTTP status of the bot; undefined if it did not answer or was not addressed. */
  readonly status: number | undefined;
  readonly problem: string | undefined;
  /** The messages that the bot posted into the same chat (in a channel the same thread) before it answered. */
  readonly replies: readonly TestMessage[];
  /** The answer to a button that opens a dialog. */
  readonly dialog?: DialogAnswer;
};
export type ExecuteAction = {
  readonly verb: string;
  readonly data?: unknown;
  readonly id?: string;
  readonly title?: string;
};
export type PersonActions = ReturnType<typeof createPersonActions>;

export type PersonActionsOptions = {
  readonly directory: Directory;
  readonly board: MessageBoard;
  readonly activities: Activities;
  readonly deliver: Deliver;
  readonly installations: Installations;
  readonly files: FileDrop;
};

/** The actions of a person in Teams, and what they send to the bot. */
export const createPersonActions = (options: PersonActionsOptions) => {
  const { directory, board, activities, deliver, installations, files } = options;
  const dialogs = createDialogs(options);

  const turn = async (place: Place, activity: object): Promise<Turn> => {
    const replies: TestMessage[] = [];
    const stop = board.listen(({ message, onlyFor }) => {
      const here = message.chat === place.chat.name && message.threadId === place.threadId;
      const isNew = message.version === 1 && !message.deleted;
      if (here && message.from === 'bot' && isNew && onlyFor === undefined) replies.push(message);
    });
    try {
      const { status, problem } = await deliver(activity);
      return { status, problem, replies };
    } finally {
      stop();
    }
  };

  const say = async (personKey: string, where: string, text: string, thread?: string): Promise<Turn> => {
    const member = directory.memberOf(personKey);
    const chat = directory.chatFor(personKey, where);
    if (chat.kind === 'personal' && !installations.isInstalled(chat)) await installations.install(personKey);
    const said = addressedText(text, directory.bot, chat.kind);
    if (!directory.presentIn(chat).includes(member)) throw new RangeError(`${personKey} is not in ${chat.name}.`);
    // An app that is mentioned in a group chat without it is offered to be added; people of elsewhere have no such app.
    const isAdded = chat.kind === 'groupChat' && said.mentions.length > 0 && directory.members.includes(member);
    if (isAdded && !installations.isInstalled(chat)) await installations.install(chat.name, member);
    const content = { textFormat: 'plain', summary: undefined, attachments: [], importance: undefined };
    const message = board.post({ chat, threadId: thread }, personKey, {
      ...content,
      text: said.shown,
      entities: said.mentions,
    });
    if (chat.kind !== 'personal' && (said.mentions.length === 0 || !installations.isInstalled(chat)))
      return { status: undefined, problem: undefined, replies: [] };
    const place = { chat, threadId: message.threadId };
    const outcome = await turn(place, activities.message(member, place, message.id, said));
    if (outcome.problem !== undefined) board.complain(message.id, outcome.problem);
    return outcome;
  };

  const cardAt = (personKey: string, messageId: string) => {
    const member = directory.memberOf(personKey);
    const message = board.found(messageId);
    const place = directory.locate(message.conversationId);
    const isSeen = board.isSeenBy(message, personKey);
    if (!isSeen || !place?.chat.present.includes(member))
      throw new RangeError(`${personKey} cannot see message ${messageId}.`);
    return { member, place };
  };

  return {
    say,
    dialogs,
    extension: createExtension({ directory, board, activities, deliver, dialogs }),
    /** Presses an Action.Submit: `data` contains the data of the action together with the inputs. It may open a dialog. */
    async submit(personKey: string, messageId: string, data: unknown): Promise<Turn> {
      const { member, place } = cardAt(personKey, messageId);
      const special = isJson(data) && isJson(data.msteams) ? data.msteams : {};
      if (special.type === 'imBack') return say(personKey, place.chat.name, String(special.value), place.threadId);
      if (isJson(data) && special.type === 'task/fetch') {
        const dialog = await dialogs.open(member, place, messageId, data);
        return { status: 200, problem: dialog.kind === 'error' ? dialog.message : undefined, replies: [], dialog };
      }
      return turn(place, activities.submitted(member, place, crypto.randomUUID(), messageId, data));
    },
    /** Presses an Action.Execute, or lets the client press it (`automatic`). A card in the answer replaces this person's card. */
    execute: async (
      personKey: string,
      messageId: string,
      action: ExecuteAction,
      trigger: 'manual' | 'automatic' = 'manual',
    ): Promise<CardAnswer> => {
      const { member, place } = cardAt(personKey, messageId);
      const value = { action: { type: 'Action.Execute', ...action }, trigger };
      const { version } = board.found(messageId);
      const delivery: Delivery = await deliver(activities.invoke(member, place, crypto.randomUUID(), messageId, value));
      const answer = readCardAnswer(delivery);
      // An answer to an older card must not hide a later update.
      const stillThere = board.found(messageId).version === version || trigger === 'manual';
      if (answer.kind === 'card' && stillThere) board.showCardTo(personKey, messageId, answer.card);
      return answer;
    },
    /** Types into a field with a search; undefined: the client shows nothing. */
    search: async (personKey: string, messageId: string, inputId: string, text: string) => {
      const { member, place } = cardAt(personKey, messageId);
      const value = searchIn(board.cardsFor(personKey, messageId)[0] ?? {}, inputId, text);
      return readFound(await deliver(activities.search(member, place, crypto.randomUUID(), value)));
    },
    /** Sends a search that no card of this person has, as somebody may who makes it up. */
    searchRaw: async (personKey: string, value: unknown) => {
      const place = { chat: directory.chatFor(personKey, 'personal'), threadId: undefined };
      return readFound(
        await deliver(activities.search(directory.memberOf(personKey), place, crypto.randomUUID(), value)),
      );
    },
    /** Answers the offer of a file in a message: Teams opens a place for it if it is accepted. */
    answerFileOffer: (personKey: string, messageId: string, answer: 'accept' | 'decline'): Promise<Turn> => {
      const { member, place } = cardAt(personKey, messageId);
      const { name, acceptContext, declineContext } = consentIn(board.found(messageId));
      const value = {
        type: 'fileUpload',
        action: answer,
        context: answer === 'accept' ? acceptContext : declineContext,
        ...(answer === 'accept' && { uploadInfo: files.open(name) }),
      };
      return turn(place, activities.invoke(member, place, crypto.randomUUID(), messageId, value, 'fileConsent/invoke'));
    },
    /** The first card of a message as this person sees it. */
    cardFor: (personKey: string, messageId: string): Json | undefined => {
      cardAt(personKey, messageId);
      return board.cardsFor(personKey, messageId)[0];
    },
  };
};
