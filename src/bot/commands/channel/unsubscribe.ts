import { namesTyped } from '../../../core/alert/subscription-words.ts';
import { subscribeLines } from '../../../core/alert/subscribe-line.ts';
import type { ChannelSubscription } from '../../../core/alert/subscription.ts';
import { placeWord } from '../../../core/chat/conversation.ts';
import { samePerson } from '../../../core/person.ts';
import { saying } from '../../../cards/card-action.ts';
import { messageCard } from '../../../cards/message-card.ts';
import { namesOfEnded, tellEnded } from '../../../workflow/subscribe/tell-ended.ts';
import { unsubscribeChannel } from '../../../workflow/subscribe/unsubscribe-channel.ts';
import type { Desk } from '../../../workflow/desk.ts';
import type { Command } from '../../command.ts';
import { say, type Outcome } from '../../outcome.ts';
import type { Turn } from '../../turn.ts';
import { sharedPlaceOf } from './channel-subscription.ts';

/** `unsubscribe approvals here for contoso` undoes `approvals here for contoso` and `subscribe contoso requests`. */
const approvalsWords = /^(?:approvals|requests)(?:\s+here)?(?:\s+for)?(?=\s|$)/i;

const mostVisible = 3;

/** What ended and who had arranged it, with a button for the way back: it says the line, for which whoever presses needs the rights. */
const endedCard = async (desk: Desk, turn: Turn, ended: readonly ChannelSubscription[]): Promise<Outcome> => {
  const { person, conversation } = turn;
  const hierarchy = await desk.hierarchy();
  const names = namesOfEnded(ended, hierarchy).join('; ');
  const makers = [...new Set(ended.flatMap(({ subscribedBy: by }) => (samePerson(by, person) ? [] : [by.name])))];
  const areTold = makers.length === 1 ? 'is told' : 'are told';
  const whose =
    makers.length === 0 ? '' : ` ${new Intl.ListFormat('en-GB').format(makers)} had set this up and ${areTold}.`;
  const what = ended.some(({ kind }) => kind === 'approvals') ? 'requests' : 'alerts';
  const lines = subscribeLines(ended);
  const buttons = lines.map((line, index) =>
    saying(lines.length === 1 ? 'Subscribe again' : `Subscribe again (${index + 1} of ${lines.length})`, line, {
      secondary: index >= mostVisible,
    }),
  );
  const text = `This ${placeWord(conversation)} no longer receives these ${what}: ${names}.${whose}`;
  return { kind: 'card', card: messageCard({ title: 'Unsubscribed', text, buttons }) };
};

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
    const place = sharedPlaceOf(turn);
    const ended = await unsubscribeChannel(desk, turn.person, place, approvals ? 'approvals' : 'alerts', names);
    if (ended.length === 0)
      return say(
        `This ${placeWord(turn.conversation)} has no such subscription. To see what it receives, send: subscriptions`,
      );
    await tellEnded(desk, turn.person, (await desk.database.conversations.find(place)) ?? turn.conversation, ended);
    return endedCard(desk, turn, ended);
  },
};
