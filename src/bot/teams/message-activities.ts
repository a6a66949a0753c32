import { CardFactory, MessageFactory, type Activity } from 'botbuilder';
import type { Card } from '../../cards/render-card.ts';
import { shortened } from '../../core/visible-text.ts';
import { cleanText } from '../../cards/plain-text.ts';
import { namedPeople } from '../../cards/named-people.ts';
import { formatInstant } from '../../core/calendar.ts';
import type { Message } from '../../core/chat/notifier.ts';

/** A card as a message that shows a readable line in notifications. */
export const cardActivity = (card: Card): Partial<Activity> => ({
  ...MessageFactory.attachment(CardFactory.adaptiveCard(card.content)),
  summary: card.summary,
});

const longestText = 4000;

/** Plain text: text by people is never read as Markdown, and never grows into a message that Teams would refuse. */
export const textActivity = (text: string): Partial<Activity> => ({
  type: 'message',
  text: shortened(cleanText(text), longestText),
  textFormat: 'plain',
});

/** One line below a card, which mentions people. Teams knows mentions in Markdown, so the line contains nothing that Markdown would change. */
export const stillWaitingActivity = ({
  reference,
  since,
  timeZone,
  mentioned,
}: Extract<Message, { kind: 'still-waiting' }>): Partial<Activity> => {
  const { text, entities } = namedPeople(mentioned);
  const when = formatInstant(since, timeZone).replaceAll('_', ' ');
  return {
    type: 'message',
    text: `Still waiting: ${reference}, since ${when}. ${text}, please decide on the card above.`,
    entities: [...entities],
    channelData: { notification: { alert: true } },
  };
};
