import { emptyWords } from '../../../core/access/empty-words.ts';
import { formatDay } from '../../../core/calendar.ts';
import { filterWords } from '../../../core/alert/filter-words.ts';
import { subscriptionsOf } from '../../../workflow/subscribe/subscribe-channel.ts';
import type { Command } from '../../command.ts';
import { say } from '../../outcome.ts';
import { sharedPlaceOf } from './channel-subscription.ts';

export const subscriptionsCommand: Command = {
  name: 'subscriptions',
  usage: 'subscriptions',
  description: 'List what is sent here and who set it up',
  menus: ['channel'],
  changes: false,
  guests: 'reads',
  run: async (desk, turn) => {
    const rows = await subscriptionsOf(desk, sharedPlaceOf(turn));
    if (rows.length === 0) return say(emptyWords('subscriptions', { kind: 'nothing-there' }));
    const lines = rows.map(({ subscription, label }) => {
      const what = subscription.kind === 'alerts' ? 'Alerts' : 'Requests to approve';
      const only = filterWords(subscription.filter);
      return `${what} for ${label}${only === '' ? '' : ` (${only})`}, set up by ${subscription.subscribedBy.name} on ${formatDay(subscription.subscribedAt, desk.timeZone)}`;
    });
    return say(lines.join('\n'));
  },
};
