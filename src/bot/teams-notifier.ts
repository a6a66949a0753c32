import type { Activity } from 'botbuilder';
import { alertCard } from '../cards/alert/alert-card.ts';
import type { Card } from '../cards/render-card.ts';
import { digestCard } from '../cards/alert/digest-card.ts';
import { mentioning } from '../cards/alert/mention.ts';
import { reportCard } from '../cards/report/report-card.ts';
import { homeCard } from '../cards/home-card.ts';
import { messageCard } from '../cards/message-card.ts';
import { askedByName } from '../cards/request/asked-by-name.ts';
import { unclaimedDraftCard } from '../cards/request/unclaimed-draft-card.ts';
import { requestCard } from '../cards/request/request-card.ts';
import type { Message, Notifier } from '../core/chat/notifier.ts';
import { cardActivity, stillWaitingActivity, textActivity } from './teams/message-activities.ts';
import type { Poster } from './poster.ts';

const notifying = (card: Card): Partial<Activity> => ({
  ...cardActivity(card),
  channelData: { notification: { alert: true } },
});

const requestActivity = ({
  view,
  audience,
  reader,
  reminder,
  mentioned = [],
}: Extract<Message, { kind: 'request' }>): Partial<Activity> => {
  const shown = requestCard(view, audience, reader === undefined ? undefined : { objectId: reader });
  const card = askedByName(shown, mentioned);
  return reminder === true ? notifying({ ...card, summary: `Reminder: ${card.summary}` }) : cardActivity(card);
};

/** Alerts have their own queue, where other conversations can go first. Other posts are part of a job that would have to start again. */
const patienceOf = ({ kind }: Message): number | undefined => (kind === 'alert' || kind === 'digest' ? 100 : undefined);

const activityFor = (message: Message): Partial<Activity> => {
  switch (message.kind) {
    case 'text':
      return textActivity(message.text);
    case 'alert':
      return notifying(mentioning(alertCard(message.alert), message.mentions));
    case 'digest':
      return notifying(digestCard(message.alerts, message));
    case 'report':
      return cardActivity(reportCard(message.report, 'week'));
    case 'notice':
      return cardActivity(messageCard({ ...message, buttons: [] }));
    case 'unclaimed-draft':
      return notifying(unclaimedDraftCard(message));
    case 'home':
      return cardActivity(homeCard(message.view));
    case 'request':
      return requestActivity(message);
    case 'still-waiting':
      return stillWaitingActivity(message);
  }
};

/** A message that is drawn anew alerts nobody. */
const quiet = ({ channelData: _, ...activity }: Partial<Activity>): Partial<Activity> => activity;

/** Draws the messages of the use cases and posts them. */
export const createTeamsNotifier = (poster: Poster): Notifier => ({
  post: (conversation, message) => poster.post(conversation, activityFor(message), patienceOf(message)),
  reply: (conversation, posted, message) =>
    poster.reply(conversation, posted, activityFor(message), patienceOf(message)),
  update: (conversation, posted, message) => poster.update(conversation, posted, quiet(activityFor(message))),
});
