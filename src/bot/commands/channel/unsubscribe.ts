import { unsubscribeChannel } from '../../../workflow/alert/subscribe-channel.ts';
import type { Command } from '../../command.ts';
import { say } from '../../outcome.ts';
import { channelOf, wordsOf } from './channel-subscription.ts';

/** "unsubscribe approvals here for contoso" ends what "approvals here for contoso" or "subscribe contoso requests" began. */
const approvalsWords = /^(?:approvals|requests)(?:\s+here)?(?:\s+for)?(?=\s|$)/i;

export const unsubscribeCommand: Command = {
  name: 'unsubscribe',
  usage: 'unsubscribe [approvals] [scope]',
  description: 'Stop the alerts in this channel, or the requests to approve',
  menus: ['channel'],
  changes: false,
  run: async (desk, turn, { rest }) => {
    const approvals = approvalsWords.test(rest);
    const scope = wordsOf(rest.replace(approvalsWords, ''));
    const kind = approvals ? 'approvals' : 'alerts';
    const ended = await unsubscribeChannel(desk, turn.person, channelOf(turn), kind, scope);
    if (ended === 0) return say('This channel had no such subscription.');
    return say(`Done: this channel gets no more of these ${approvals ? 'requests' : 'alerts'}.`);
  },
};
