import { filterWords } from '../../../core/alert/filter-words.ts';
import type { SubscriptionWish } from '../../../core/alert/subscription-words.ts';
import { GovernanceError } from '../../../core/governance-error.ts';
import type { Turn } from '../../turn.ts';

export const channelOf = (turn: Turn): string => {
  if (turn.conversation.kind !== 'channel')
    throw new GovernanceError('invalid', 'Send this in the channel that it is for, after mentioning Exemption Desk.');
  return turn.conversation.id;
};

/** What the channel is told about its new subscription. */
export const arranged = ({ filter, alerts, requests }: SubscriptionWish, label: string): string => {
  const words = filterWords(filter);
  const only = words === '' ? 'everything that happens to them' : words;
  return [
    ...(alerts
      ? [
          `This channel now receives alerts about exemptions in ${label}: ${only}. Everyone in this channel can see them.`,
        ]
      : []),
    ...(requests
      ? [
          `This channel now receives requests for ${label}. Anyone whose Azure roles allow them to create the exemption can approve them here.`,
        ]
      : []),
    `To stop, send: ${alerts ? 'unsubscribe' : 'unsubscribe approvals'}`,
  ].join(' ');
};

export const wordsOf = (text: string): string[] =>
  text
    .replace(/["“”]/g, '')
    .split(/\s+/)
    .filter((word) => word !== '');
