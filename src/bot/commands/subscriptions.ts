import { GovernanceError } from '../../core/governance-error.ts';
import { subscribeChannel, subscriptionsOf, unsubscribeChannel } from '../../workflow/subscribe-channel.ts';
import type { Command } from '../command.ts';
import { say } from '../outcome.ts';
import type { Turn } from '../turn.ts';

const channelOf = (turn: Turn): string => {
  if (turn.conversation.kind !== 'channel')
    throw new GovernanceError('invalid', 'Say this in the channel that it is for, after mentioning me.');
  return turn.conversation.id;
};

export const subscribeCommand: Command = {
  name: 'subscribe',
  usage: 'subscribe <management group, subscription or everything>',
  description: 'Alerts of exemptions on that scope come to this channel',
  menus: ['channel'],
  run: async (desk, turn, { rest }) => {
    const channel = channelOf(turn);
    if (rest === '') throw new GovernanceError('invalid', 'Say of which scope, like this: subscribe contoso');
    const label = await subscribeChannel(desk, turn.person, channel, 'alerts', rest);
    return say(
      `This channel now gets an alert when an exemption in ${label} is created, about to expire or expired. Everybody here will see them. To stop: unsubscribe`,
    );
  },
};

/** "unsubscribe approvals here for contoso" ends what "approvals here for contoso" began. */
const approvalsWords = /^approvals(?:\s+here)?(?:\s+for)?(?=\s|$)/i;

export const unsubscribeCommand: Command = {
  name: 'unsubscribe',
  usage: 'unsubscribe [approvals] [scope]',
  description: 'Stop the alerts in this channel, or the requests to approve',
  menus: ['channel'],
  run: async (desk, turn, { rest }) => {
    const approvals = approvalsWords.test(rest);
    const scope = rest.replace(approvalsWords, '').trim();
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
      return `${what} for ${label}, arranged by ${subscription.subscribedBy.name} on ${subscription.subscribedAt.toISOString().slice(0, 10)}`;
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
    const scope = rest.replace(/^for\s+/i, '');
    const label = await subscribeChannel(
      desk,
      turn.person,
      channelOf(turn),
      'approvals',
      scope === '' ? 'everything' : scope,
    );
    return say(
      `Requests for ${label} now come to this channel. Whoever may create the exemption in Azure can approve them here.`,
    );
  },
};
