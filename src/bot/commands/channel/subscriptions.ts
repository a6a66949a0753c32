import { filterWords } from '../../../core/alert/filter-words.ts';
import { subscriptionsOf } from '../../../workflow/alert/subscribe-channel.ts';
import type { Command } from '../../command.ts';
import { say } from '../../outcome.ts';
import { channelOf } from './channel-subscription.ts';

export const subscriptionsCommand: Command = {
  name: 'subscriptions',
  usage: 'subscriptions',
  description: 'What this channel gets, and who arranged it',
  menus: ['channel'],
  changes: false,
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
