import { CardFactory, MessageFactory, type Activity } from 'botbuilder';
import type { Card } from '../../cards/render-card.ts';
import { shortened } from '../../core/visible-text.ts';
import { cleanText } from '../../cards/plain-text.ts';

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
