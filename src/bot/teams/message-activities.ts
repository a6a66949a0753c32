import { CardFactory, MessageFactory, type Activity } from 'botbuilder';
import type { Card } from '../../cards/render-card.ts';
import { shortened } from '../../core/visible-text.ts';
import { nextStepIn } from '../../core/typed/next-step.ts';
import { stepCard } from '../../cards/step-card.ts';
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

/**
 * Plain text: text by people is never read as Markdown, and never grows into a message that Teams would refuse. What its last sentence proposes to
 * send is a button below it.
 */
export const textActivity = (text: string): Partial<Activity> => {
  const clean = cleanText(text);
  const step = nextStepIn(clean);
  return {
    type: 'message',
    text: shortened(step === undefined || step.words === '' ? clean : step.words, longestText),
    textFormat: 'plain',
    ...(step === undefined ? {} : { attachments: [CardFactory.adaptiveCard(stepCard(step).content)] }),
  };
};

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
