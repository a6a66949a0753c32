import type { Activities } from './activities.ts';
import type { Deliver } from './bot-delivery.ts';
import { press } from './card-press.ts';
import { readFound, searchIn, type FoundChoice } from './card-search.ts';
import { readDialogAnswer, type DialogAnswer } from './dialog-answer.ts';
import type { Directory, Member, Place } from '../directory.ts';
import type { Installations } from './installations.ts';
import { isJson, type Json } from '../message.ts';

/** A dialog that a person has open. Nobody else sees it. */
type OpenDialog = {
  readonly place: Place;
  readonly title: string;
  readonly card: Json;
  /** The action of the message extension that opened it; undefined: a button of a card did. */
  readonly action?: Json | undefined;
};

export type DialogsOptions = {
  readonly directory: Directory;
  readonly activities: Activities;
  readonly deliver: Deliver;
  readonly installations: Pick<Installations, 'isInstalled'>;
};

/** The dialogs of people: each person has at most one. What it shows is in no message. */
export const createDialogs = ({ directory, activities, deliver, installations }: DialogsOptions) => {
  const opened = new Map<string, OpenDialog>();

  const shown = (personKey: string, place: Place, answer: DialogAnswer, action?: Json): DialogAnswer => {
    if (answer.kind === 'card') opened.set(personKey, { place, title: answer.title, card: answer.card, action });
    // After an error the client shows the card that it had.
    else if (answer.kind !== 'error') opened.delete(personKey);
    return answer;
  };
  const ofPerson = (personKey: string): OpenDialog => {
    const dialog = opened.get(personKey);
    if (dialog === undefined) throw new RangeError(`${personKey} has no dialog open.`);
    return dialog;
  };

  /** Sends what a button in the dialog carries. Teams does not say which card the dialog was opened from. */
  const submit = async (personKey: string, data: unknown): Promise<DialogAnswer> => {
    const { place, action } = ofPerson(personKey);
    const member = directory.memberOf(personKey);
    const id = crypto.randomUUID();
    const activity =
      action === undefined
        ? activities.dialog(member, place, id, 'task/submit', data)
        : activities.extension(member, place, id, 'composeExtension/submitAction', { ...action, data });
    return shown(personKey, place, readDialogAnswer(await deliver(activity)), action);
  };

  return {
    /** Opens a dialog with a button of a card: the bot is asked what it shows. */
    open: async (member: Member, place: Place, cardMessageId: string, data: Json): Promise<DialogAnswer> => {
      const { key } = member.person;
      opened.delete(key);
      const activity = activities.dialog(member, place, crypto.randomUUID(), 'task/fetch', data, cardMessageId);
      return shown(key, place, readDialogAnswer(await deliver(activity)));
    },
    /** Opens a dialog with an action of the message extension, from the compose box or from a message (`messagePayload`). */
    openByAction: async (member: Member, place: Place, action: Json, messagePayload?: Json): Promise<DialogAnswer> => {
      const { key } = member.person;
      opened.delete(key);
      const value = { ...action, ...(messagePayload !== undefined && { messagePayload }) };
      const activity = activities.extension(member, place, crypto.randomUUID(), 'composeExtension/fetchTask', value);
      return shown(key, place, readDialogAnswer(await deliver(activity)), action);
    },
    submit,
    /** Fills in the card of the dialog and presses its button; refuses what a client would not allow. */
    press: async (
      personKey: string,
      title: string,
      inputs: Readonly<Record<string, string>> = {},
    ): Promise<DialogAnswer> => {
      const { action, data } = press(ofPerson(personKey).card, title, inputs);
      if (action.type !== 'Action.Submit') throw new TypeError(`"${title}" does nothing: ${String(action.type)}.`);
      if (isJson(data.msteams) && data.msteams.type === 'task/fetch')
        throw new TypeError(`"${title}" does nothing: a dialog opens no other dialog.`);
      return submit(personKey, data);
    },
    /** Types into a field with a search. Where the bot is not installed, the dialog opens all the same, but the search fails unseen by the bot. */
    search: async (personKey: string, inputId: string, text: string): Promise<FoundChoice[] | undefined> => {
      const { place, card } = ofPerson(personKey);
      const value = searchIn(card, inputId, text);
      if (!installations.isInstalled(place.chat)) return undefined;
      return readFound(
        await deliver(activities.search(directory.memberOf(personKey), place, crypto.randomUUID(), value)),
      );
    },
    /** The dialog of a person; undefined: none is open. */
    of: (personKey: string): OpenDialog | undefined => opened.get(personKey),
    /** Closes it with its cross. The bot hears nothing of that. */
    close: (personKey: string): void => void opened.delete(personKey),
  };
};
