import type { TurnContext } from 'botbuilder';
import type { Card } from '../cards/render-card.ts';
import { isRefusal } from '../core/governance-error.ts';
import type { Database } from '../core/desk/store.ts';
import { consentActivity } from './file-activities.ts';
import type { Outcome, Standing } from './outcome.ts';
import { cardActivity, textActivity } from './message-activities.ts';
import type { Poster } from './poster.ts';
import type { Turn } from './turn.ts';

export type Delivery = { readonly database: Pick<Database, 'conversations' | 'postedCards'>; readonly poster: Poster };

const remember = async (
  delivery: Delivery,
  conversationId: string,
  activityId: string | undefined,
  standing: Standing | undefined,
) => {
  if (standing === undefined || activityId === undefined || activityId === '') return;
  await delivery.database.postedCards.add({ conversationId, activityId, ...standing });
};

const sendCard = async (
  delivery: Delivery,
  context: TurnContext,
  card: Card,
  standing: Standing | undefined,
): Promise<void> => {
  const sent = await context.sendActivity(cardActivity(card));
  await remember(delivery, context.activity.conversation.id, sent?.id, standing);
};

const replaceCard = async (
  delivery: Delivery,
  context: TurnContext,
  clicked: string,
  card: Card,
  standing: Standing | undefined,
) => {
  await context.updateActivity({ ...cardActivity(card), id: clicked });
  await remember(delivery, context.activity.conversation.id, clicked, standing);
};

/** False if the person has no chat with the bot or has removed the bot from it. */
const postToPersonalChat = async (
  delivery: Delivery,
  turn: Turn,
  { card, standing }: Extract<Outcome, { kind: 'card' }>,
): Promise<boolean> => {
  const personal = await delivery.database.conversations.personal(turn.person.objectId);
  if (personal === undefined) return false;
  try {
    const posted = await delivery.poster.post(personal, cardActivity(card));
    await remember(delivery, personal.id, posted?.activityId, standing);
    return true;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return false;
  }
};

const sendPrivately = async (
  delivery: Delivery,
  context: TurnContext,
  turn: Turn,
  { outcome, pointer }: Extract<Outcome, { kind: 'private' }>,
) => {
  if (!turn.inChannel) return sendCard(delivery, context, outcome.card, outcome.standing);
  const words = (await postToPersonalChat(delivery, turn, outcome))
    ? pointer
    : 'This answer is only for you. Open a personal chat with Exemption Desk, send “help” there, then ask again.';
  await context.sendActivity(textActivity(`${turn.person.name}: ${words}`));
};

/** Turns a handler's outcome into activities. No other file does. */
export const deliverOutcome = async (
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
      return sendCard(delivery, context, outcome.card, outcome.standing);
    case 'replace':
      return turn.clickedCardId === undefined
        ? sendCard(delivery, context, outcome.card, outcome.standing)
        : replaceCard(delivery, context, turn.clickedCardId, outcome.card, outcome.standing);
    case 'private':
      return sendPrivately(delivery, context, turn, outcome);
  }
};
