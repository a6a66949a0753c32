import type { Activity } from 'botbuilder';
import { alertCard } from '../cards/alert-card.ts';
import { reportCard } from '../cards/report-card.ts';
import { requestCard } from '../cards/request-card.ts';
import type { Message, Notifier } from '../core/notifier.ts';
import { cardActivity, textActivity, type Poster } from './poster.ts';

/** Teams shows a banner. */
const notified = { channelData: { notification: { alert: true } } };

const requestActivity = ({ view, audience, reminder }: Extract<Message, { kind: 'request' }>): Partial<Activity> => {
  const card = requestCard(view, audience);
  return reminder === true
    ? { ...cardActivity({ ...card, summary: `Still waiting: ${card.summary}` }), ...notified }
    : cardActivity(card);
};

const activityFor = (message: Message): Partial<Activity> => {
  switch (message.kind) {
    case 'text':
      return textActivity(message.text);
    case 'alert':
      return { ...cardActivity(alertCard(message.alert)), ...notified };
    case 'report':
      return cardActivity(reportCard(message.report, 'week'));
    case 'request':
      return requestActivity(message);
  }
};

/** Draws what the use cases have to say and posts it. */
export const createNotifier = (poster: Poster): Notifier => ({
  post: (conversation, message) => poster.post(conversation, activityFor(message)),
  update: (conversation, posted, message) => poster.update(conversation, posted, activityFor(message)),
});
