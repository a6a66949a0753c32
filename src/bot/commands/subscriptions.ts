import { kindWords } from '../../core/alert/alert-kinds.ts';
import { filterWords } from '../../core/alert/filter-words.ts';
import { GovernanceError } from '../../core/governance-error.ts';
import { everyAlert } from '../../core/alert/subscription.ts';
import { subscriptionWish, type SubscriptionWish } from '../../core/alert/subscription-words.ts';
import { subscribeChannel, subscriptionsOf, unsubscribeChannel } from '../../workflow/alert/subscribe-channel.ts';
import type { Command } from '../command.ts';
import { say } from '../outcome.ts';
import type { Turn } from '../turn.ts';

const channelOf = (turn: Turn): string => {
  if (turn.conversation.kind !== 'channel')
    throw new GovernanceError('invalid', 'Say this in the channel that it is for, after mentioning me.');
  return turn.conversation.id;
};

const howToSay = `Say of which scope, like this: subscribe contoso. You may add which alerts (${[...kindWords.keys()].join(', ')}, or requests to decide), severity:high, digest daily or weekly, quiet 20:00-07:00, and zone Europe/Berlin.`;

/** What was arranged, as the channel hears it. */
const arranged = ({ filter, alerts, requests }: SubscriptionWish, label: string): string => {
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

export const subscribeCommand: Command = {
  name: 'subscribe',
  usage:
    'subscribe <scope|everything> [created] [expiring] [expired] [requests] [severity:high] [digest daily|weekly] [quiet 20:00-07:00] [zone Europe/Berlin]',
  description: 'Alerts of exemptions on that scope come to this channel: all of them, or the kinds that you name',
  menus: ['channel'],
  run: async (desk, turn, { rest }) => {
    const channel = channelOf(turn);
    const wish = subscriptionWish(rest);
    if (wish.scopeWords.length === 0) throw new GovernanceError('invalid', howToSay);
    return say(arranged(wish, await subscribeChannel(desk, turn.person, channel, wish)));
  },
};

/** "unsubscribe approvals here for contoso" ends what "approvals here for contoso" or "subscribe contoso requests" began. */
const approvalsWords = /^(?:approvals|requests)(?:\s+here)?(?:\s+for)?(?=\s|$)/i;
const wordsOf = (text: string): string[] =>
  text
    .replace(/["“”]/g, '')
    .split(/\s+/)
    .filter((word) => word !== '');

export const unsubscribeCommand: Command = {
  name: 'unsubscribe',
  usage: 'unsubscribe [approvals] [scope]',
  description: 'Stop the alerts in this channel, or the requests to approve',
  menus: ['channel'],
  run: async (desk, turn, { rest }) => {
    const approvals = approvalsWords.test(rest);
    const scope = wordsOf(rest.replace(approvalsWords, ''));
    const kind = approvals ? 'approvals' : 'alerts';
    const ended = await unsubscribeChannel(desk, turn.person, channelOf(turn), kind, scope);
    if (ended === 0) return say('This channel had no such subscription.');
    return say(`Done: this channel gets no more of these ${approvals ? 'requests' : 'alerts'}.`);
  },
};

export const subscriptionsCommand: Command = {
  name: 'subscriptions',
  usage: 'subscriptions',
  description: 'What this channel gets, and who arranged it',
  menus: ['channel'],
  run: async (desk, turn) => {
    const rows = await subscriptionsOf(desk, channelOf(turn));
    if (rows.length === 0) return say('This channel is subscribed to nothing. Say: subscribe <scope>');
    const lines = rows.map(({ subscription, label }) => {
      const what = subscription.kind === 'alerts' ? 'Alerts' : 'Requests to approve';
      const only = filterWords(subscription.filter);
      return `${what} for ${label}${only === '' ? '' : ` (${only})`}, arranged by ${subscription.subscribedBy.name} on ${subscription.subscribedAt.toISOString().slice(0, 10)}`;
    });
    return say(lines.join('\n'));
  },
};

export const approvalsHereCommand: Command = {
  name: 'approvals here',
  usage: 'approvals here [for <scope>]',
  description: 'Requests for that scope come to this channel to be approved',
  menus: ['channel'],
  run: async (desk, turn, { rest }) => {
    const scope = wordsOf(rest.replace(/^for\s+/i, ''));
    const wish = {
      scopeWords: scope.length === 0 ? ['everything'] : scope,
      filter: everyAlert,
      alerts: false,
      requests: true,
    };
    return say(arranged(wish, await subscribeChannel(desk, turn.person, channelOf(turn), wish)));
  },
};
