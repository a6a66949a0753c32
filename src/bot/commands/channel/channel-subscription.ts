import { filterWords } from '../../../core/alert/filter-words.ts';
import type { SubscriptionWish } from '../../../core/alert/subscription-words.ts';
import { GovernanceError } from '../../../core/governance-error.ts';
import type { Turn } from '../../turn.ts';

export const channelOf = (turn: Turn): string => {
  if (turn.conversation.kind !== 'channel')
    throw new GovernanceError('invalid', 'Say this in the channel that it is for, after mentioning me.');
  return turn.conversation.id;
};

/** What was arranged, as the channel hears it. */
export const arranged = ({ filter, alerts, requests }: SubscriptionWish, label: string): string => {
  const words = filterWords(filter);
  const only = words === '' ? 'whatever happens to them' : words;
  return [
    ...(alerts
      ? [`This channel now gets alerts about exemptions in ${label}: ${only}. Everybody here will see them.`]
      : []),
    ...(requests
      ? [
          `Requests for ${label} now come to this channel. Whoever may create the exemption in Azure can approve them here.`,
        ]
      : []),
    `To stop: ${alerts ? 'unsubscribe' : 'unsubscribe approvals'}`,
  ].join(' ');
};

export const wordsOf = (text: string): string[] =>
  text
    .replace(/["“”]/g, '')
    .split(/\s+/)
    .filter((word) => word !== '');
