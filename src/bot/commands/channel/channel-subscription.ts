import { filterWords } from '../../../core/alert/filter-words.ts';
import type { SubscriptionWish } from '../../../core/alert/subscription-words.ts';
import { everyAlert } from '../../../core/alert/subscription.ts';
import { placeWord } from '../../../core/chat/conversation.ts';
import { GovernanceError } from '../../../core/governance-error.ts';
import { counted } from '../../../core/first-few.ts';
import type { Arranged } from '../../../workflow/subscribe/subscribe-channel.ts';
import type { Turn } from '../../turn.ts';

/** The channel or group chat that a subscription is for. */
export const sharedPlaceOf = ({ conversation }: Turn): string => {
  if (conversation.kind === 'personal')
    throw new GovernanceError(
      'invalid',
      'Send this in the channel or group chat that it is for, after mentioning Exemption Desk.',
    );
  return conversation.id;
};

/** The same for a new subscription, which would post there. Throws GovernanceError forbidden where people of other organisations read along. */
export const placeToSubscribe = (turn: Turn): string => {
  if (turn.isOverheard === true)
    throw new GovernanceError(
      'forbidden',
      'People of other organisations can read what is posted there, so nothing can be arranged. Use a place that only your organisation reads.',
    );
  return sharedPlaceOf(turn);
};

const mostNamed = 10;

const listed = (names: readonly string[]): string =>
  new Intl.ListFormat('en-GB').format(
    names.length <= mostNamed
      ? names
      : [...names.slice(0, mostNamed), `${(names.length - mostNamed).toLocaleString('en')} more`],
  );

/** The number of scopes that a tag means, said because what gets it later is not subscribed. */
const tagWords = ({ filter: { tag }, labels, untold }: Arranged): string[] =>
  tag === undefined
    ? []
    : [
        `The tag means ${counted(labels.length, 'scope')} now. What gets it later is not among them: send the same line again then.`,
        ...(untold === undefined ? [] : [untold]),
      ];

/** What a channel or group chat is told about its new subscription. */
export const arranged = ({ conversation }: Turn, { alerts, requests }: SubscriptionWish, given: Arranged): string => {
  const { labels, filter } = given;
  const label = listed(labels);
  const place = placeWord(conversation);
  const words = filterWords(filter);
  const { recommendation, tag } = filter;
  const requestWords = filterWords({ ...everyAlert, recommendation, tag });
  const only = words === '' ? 'everything that happens to them' : words;
  return [
    ...(alerts
      ? [
          `This ${place} now receives alerts about exemptions in ${label}: ${only}. Everyone in this ${place} can see them.`,
        ]
      : []),
    ...(requests
      ? [
          `This ${place} now receives requests for ${label}${requestWords === '' ? '' : `: ${requestWords}`}. Anyone whose Azure roles allow them to create the exemption can approve them here.`,
        ]
      : []),
    ...tagWords(given),
    `To stop, send: ${alerts ? 'unsubscribe' : 'unsubscribe approvals'}`,
  ].join(' ');
};
