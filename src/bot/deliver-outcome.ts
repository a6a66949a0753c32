import type { Activity, TurnContext } from 'botbuilder';
import type { Verb } from '../cards/actions.ts';
import type { Card } from '../cards/render-card.ts';
import { isRefusal } from '../core/governance-error.ts';
import type { Database } from '../core/desk/store.ts';
import { consentActivity } from './teams/file-activities.ts';
import { withoutThread } from '../core/chat/conversation.ts';
import type { ForOne, Outcome, Standing } from './outcome.ts';
import { cardActivity, textActivity } from './teams/message-activities.ts';
import type { Poster } from './poster.ts';
import { asOwnCopy } from './disclose.ts';
import type { SendTargeted } from './teams/send-targeted.ts';
import { isRefusedByTeams } from './teams/teams-refusal.ts';
import type { Turn } from './turn.ts';

export type Delivery = {
  readonly database: Pick<Database, 'conversations' | 'homeCards' | 'postedAlerts' | 'postedCards'>;
  readonly poster: Poster;
  /** Undefined: this Teams has no messages that one person sees, or the operator does not want them. */
  readonly sendTargeted?: SendTargeted | undefined;
  readonly now: () => Date;
};

const remember = async (
  delivery: Delivery,
  { person }: Turn,
  conversationId: string,
  activityId: string | undefined,
  standing: Standing | undefined,
) => {
  if (standing === undefined || activityId === undefined || activityId === '') return;
  if (!('home' in standing)) return delivery.database.postedCards.add({ conversationId, activityId, ...standing });
  const { objectId, tenantId } = person;
  await delivery.database.homeCards.keep({ objectId, tenantId, conversationId, activityId, view: standing.home });
};

const sendCard = async (
  delivery: Delivery,
  context: TurnContext,
  turn: Turn,
  card: Card,
  standing: Standing | undefined,
): Promise<void> => {
  const { id } = context.activity.conversation;
  const activityId = (await context.sendActivity(cardActivity(card)))?.id;
  await remember(delivery, turn, id, activityId, standing);
  if (turn.inChannel && activityId !== undefined && activityId !== '')
    await delivery.database.postedCards.noteAsked({
      conversationId: withoutThread(id),
      activityId,
      askerId: turn.person.objectId,
      askedAt: delivery.now(),
    });
};

const replaceCard = async (delivery: Delivery, context: TurnContext, turn: Turn, card: Card, standing?: Standing) => {
  const { clickedCardId: clicked } = turn;
  if (clicked === undefined) return sendCard(delivery, context, turn, card, standing);
  const { id: conversationId } = context.activity.conversation;
  // An alert that shows something else is not drawn again.
  await delivery.database.postedAlerts.remove({ conversationId, activityId: clicked });
  try {
    await context.updateActivity({ ...cardActivity(card), id: clicked });
  } catch (error) {
    // Nobody can change a forwarded copy or a deleted message.
    if (!isRefusedByTeams(error)) throw error;
    return sendCard(delivery, context, turn, card, standing);
  }
  await remember(delivery, turn, conversationId, clicked, standing);
};

/** False if the person has no chat with the bot or has removed the bot from it. */
const postToPersonalChat = async (
  delivery: Delivery,
  turn: Turn,
  activity: Partial<Activity>,
  standing: Standing | undefined,
): Promise<boolean> => {
  const personal = await delivery.database.conversations.personal(turn.person.objectId);
  if (personal === undefined) return false;
  try {
    const posted = await delivery.poster.post(personal, activity);
    await remember(delivery, turn, personal.id, posted?.activityId, standing);
    return true;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return false;
  }
};

const activityFor = (outcome: ForOne): Partial<Activity> => {
  switch (outcome.kind) {
    case 'card':
      return cardActivity(outcome.card);
    case 'say':
      return textActivity(outcome.text);
    case 'offer-file':
      return consentActivity(outcome.offer);
  }
};

type Private = Extract<Outcome, { kind: 'private' }>;

const noPersonalChat =
  'This answer is only for you. Open a personal chat with Exemption Desk: in Teams, choose Apps, search for Exemption Desk, and choose Add. Then ask again here.';

/** What works in a personal chat only, or goes on changing its card: a draft, several decisions at once, a clean-up. */
const ofOwnChat = [
  'preview-request',
  'turn-form-page',
  'form-as-message',
  'edit-request',
  'send-request',
  'send-in-emergency',
  'discard-request',
  'decide-several',
  'clean-up',
] as const satisfies readonly Verb[];
const hasVerbOfOwnChat = new RegExp(`"verb":"(?:${ofOwnChat.join('|')})"`);

/**
 * Whether it can be shown where it was asked for, to its person alone: such a message is gone after a day. A card that is kept up to date, and one with a
 * draft, belong into their own chat; so do files.
 */
const fitsTargeted = (outcome: ForOne): boolean =>
  outcome.kind === 'say' ||
  (outcome.kind === 'card' &&
    outcome.standing === undefined &&
    !hasVerbOfOwnChat.test(JSON.stringify(outcome.card.content)));

/** Shows an answer where it was asked for, to its person alone. False if it does not fit, or Teams does not take it. */
export const sendTargeted = async (
  { sendTargeted: send }: Delivery,
  context: TurnContext,
  { outcome, asMessage }: Private,
): Promise<boolean> =>
  send !== undefined && asMessage !== true && fitsTargeted(outcome) && send(context, activityFor(outcome));

/** Sends what is for one person to their own chat, if they have one, and returns what may be said about it where they asked. */
export const sendToOwnChat = async (
  delivery: Delivery,
  turn: Turn,
  { outcome, pointer, otherwise = noPersonalChat }: Private,
): Promise<{ readonly isThere: boolean; readonly words: string }> => {
  const standing = outcome.kind === 'card' ? outcome.standing : undefined;
  const isThere = await postToPersonalChat(delivery, turn, activityFor(outcome), standing);
  return { isThere, words: isThere ? pointer : otherwise };
};

const sendPrivately = async (delivery: Delivery, context: TurnContext, turn: Turn, given: Private) => {
  if (!turn.inChannel) return deliverInPlace(delivery, context, turn, given.outcome);
  if (await sendTargeted(delivery, context, given)) return;
  const { isThere, words } = await sendToOwnChat(delivery, turn, given);
  try {
    await context.sendActivity(textActivity(`${turn.person.name}: ${words}`));
  } catch (error) {
    // The answer itself has arrived, so that it may lack the pointer to it.
    if (!isThere || !isRefusedByTeams(error)) throw error;
  }
};

/** Sends the outcome to the person's own chat, because nothing can be sent where they pressed or wrote. False if that is not possible either. */
const sendToPersonInstead = async (delivery: Delivery, turn: Turn, outcome: Outcome): Promise<boolean> => {
  switch (outcome.kind) {
    case 'say':
      return postToPersonalChat(delivery, turn, textActivity(outcome.text), undefined);
    case 'card':
    case 'replace':
      return postToPersonalChat(delivery, turn, cardActivity(outcome.card), outcome.standing);
    case 'redraw':
    case 'private':
    case 'offer-file':
      return false;
  }
};

/**
 * Turns a handler's outcome into activities; no other file does. Where Teams takes nothing in a channel or group chat, the person gets it in
 * their own chat. Throws what Teams said if it could be sent nowhere.
 */
export const deliverOutcome = async (
  delivery: Delivery,
  context: TurnContext,
  turn: Turn,
  outcome: Outcome,
): Promise<void> => {
  try {
    await deliverInPlace(delivery, context, turn, outcome);
  } catch (error) {
    const isSentInstead =
      turn.inChannel && isRefusedByTeams(error) && (await sendToPersonInstead(delivery, turn, outcome));
    if (!isSentInstead) throw error;
  }
};

const deliverInPlace = async (
  delivery: Delivery,
  context: TurnContext,
  turn: Turn,
  outcome: Outcome,
): Promise<void> => {
  switch (outcome.kind) {
    case 'say':
      await context.sendActivity(textActivity(outcome.text));
      return;
    case 'offer-file':
      await context.sendActivity(consentActivity(outcome.offer));
      return;
    case 'card':
      return sendCard(delivery, context, turn, outcome.card, outcome.standing);
    case 'replace':
      return replaceCard(delivery, context, turn, outcome.card, outcome.standing);
    case 'redraw':
      return turn.inChannel
        ? deliverInPlace(delivery, context, turn, asOwnCopy({ ...outcome, kind: 'card' }))
        : replaceCard(delivery, context, turn, outcome.card);
    case 'private':
      return sendPrivately(delivery, context, turn, outcome);
  }
};
