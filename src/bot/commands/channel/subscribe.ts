import { kindWords } from '../../../core/alert/alert-kinds.ts';
import { subscriptionWish } from '../../../core/alert/subscription-words.ts';
import { GovernanceError } from '../../../core/governance-error.ts';
import { subscribeChannel } from '../../../workflow/subscribe/subscribe-channel.ts';
import type { Command } from '../../command.ts';
import { say } from '../../outcome.ts';
import { arranged, placeToSubscribe } from './channel-subscription.ts';

const howToSay = `Name the scope, like this: subscribe contoso. Or name a recommendation: subscribe recommendation:"its title". Or what carries a tag: subscribe tag:env=prod. Or only what was asked for here: subscribe what we asked for. You may add which alerts (${[...kindWords.keys()].join(', ')}, or requests to decide), severity:high, digest daily or weekly, quiet 20:00-07:00, and zone Europe/Berlin.`;

export const subscribeCommand: Command = {
  name: 'subscribe',
  usage:
    'subscribe <scope|everything|what we asked for> [created] [expiring] [expired] [requests] [severity:high] [digest daily|weekly] [quiet 20:00-07:00] [zone Europe/Berlin]',
  description: 'Send alerts about exemptions in a scope here: all alerts, or only the kinds that you name',
  menus: ['channel'],
  changes: false,
  guests: 'nothing',
  run: async (desk, turn, { rest }) => {
    const channel = placeToSubscribe(turn);
    const wish = subscriptionWish(rest);
    if (
      wish.scopes.length === 0 &&
      wish.recommendation === undefined &&
      wish.tag === undefined &&
      wish.filter.ours !== true
    )
      throw new GovernanceError('invalid', howToSay);
    return say(arranged(turn, wish, await subscribeChannel(desk, turn.person, channel, wish)));
  },
};
