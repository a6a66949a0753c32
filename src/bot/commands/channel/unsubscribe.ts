import { namesTyped } from '../../../core/alert/subscription-words.ts';
import { placeWord } from '../../../core/chat/conversation.ts';
import { unsubscribeChannel } from '../../../workflow/subscribe/unsubscribe-channel.ts';
import type { Command } from '../../command.ts';
import { say } from '../../outcome.ts';
import { sharedPlaceOf } from './channel-subscription.ts';

/** `unsubscribe approvals here for contoso` undoes `approvals here for contoso` and `subscribe contoso requests`. */
const approvalsWords = /^(?:approvals|requests)(?:\s+here)?(?:\s+for)?(?=\s|$)/i;

export const unsubscribeCommand: Command = {
  name: 'unsubscribe',
  usage: 'unsubscribe [approvals] [scope]',
  description: 'Stop sending alerts, or requests to approve, here',
  menus: ['channel'],
  changes: false,
  guests: 'nothing',
  run: async (desk, turn, { rest }) => {
    const approvals = approvalsWords.test(rest);
    const names = namesTyped(rest.replace(approvalsWords, ''));
    const kind = approvals ? 'approvals' : 'alerts';
    const ended = await unsubscribeChannel(desk, turn.person, sharedPlaceOf(turn), kind, names);
    const place = placeWord(turn.conversation);
    if (ended.length === 0) return say(`This ${place} has no such subscription. To see what it receives, send: subscriptions`);
    return say(`This ${place} no longer receives these ${approvals ? 'requests' : 'alerts'}.`);
  },
};
