import { placesTyped } from '../../../core/alert/subscription-words.ts';
import { everyAlert } from '../../../core/alert/subscription.ts';
import { subscribeChannel } from '../../../workflow/subscribe/subscribe-channel.ts';
import type { Command } from '../../command.ts';
import { say } from '../../outcome.ts';
import { arranged, placeToSubscribe } from './channel-subscription.ts';

export const approvalsHereCommand: Command = {
  name: 'approvals here',
  usage: 'approvals here [for <scope>]',
  description: 'Send requests for a scope here for approval',
  menus: ['channel'],
  changes: false,
  guests: 'nothing',
  run: async (desk, turn, { rest }) => {
    const { scopes, recommendation, tag } = placesTyped(rest.replace(/^for(?=\s|$)/i, ''));
    const isBare = scopes.length === 0 && recommendation === undefined && tag === undefined;
    const wish = {
      scopes: isBare ? [['everything']] : scopes,
      recommendation,
      tag,
      filter: everyAlert,
      alerts: false,
      requests: true,
    };
    return say(arranged(turn, wish, await subscribeChannel(desk, turn.person, placeToSubscribe(turn), wish)));
  },
};
