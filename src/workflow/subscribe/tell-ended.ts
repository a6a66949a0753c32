import { filterWords } from '../../core/alert/filter-words.ts';
import { subscribeLines } from '../../core/alert/subscribe-line.ts';
import type { ChannelSubscription } from '../../core/alert/subscription.ts';
import type { Conversation } from '../../core/chat/conversation.ts';
import { andMore } from '../../core/first-few.ts';
import { samePerson, type Person } from '../../core/person.ts';
import { scopeLabel, type Hierarchy } from '../../core/tenant/hierarchy.ts';
import { tellPerson } from '../alert/tell-person.ts';
import type { Desk } from '../desk.ts';

const mostNamed = 10;

/** What some subscriptions were, a line each: “alerts for shop-prod (expiring)”. */
export const namesOfEnded = (ended: readonly ChannelSubscription[], hierarchy: Hierarchy): string[] => [
  ...ended.slice(0, mostNamed).map(({ kind, scope, filter }) => {
    const words = filterWords(filter);
    const what = kind === 'alerts' ? 'alerts' : 'requests to approve';
    return `${what} for ${scopeLabel(scope, hierarchy)}${words === '' ? '' : ` (${words})`}`;
  }),
  ...(ended.length > mostNamed ? [andMore(ended.length, mostNamed)] : []),
];

/** Tells those who had arranged what somebody else ended, in their own chats, with the way back. */
export const tellEnded = async (
  desk: Desk,
  person: Person,
  place: Pick<Conversation, 'name' | 'kind'>,
  ended: readonly ChannelSubscription[],
): Promise<void> => {
  const others = ended.filter(({ subscribedBy }) => !samePerson(subscribedBy, person));
  const hierarchy = await desk.hierarchy();
  const where = place.name ?? (place.kind === 'group' ? 'a group chat' : 'a channel');
  for (const [objectId, theirs] of Map.groupBy(others, ({ subscribedBy }) => subscribedBy.objectId))
    await tellPerson(desk, objectId, {
      about: `subscriptions in ${where}`,
      reference: undefined,
      step: `told ended ${desk.now().toISOString()}`,
      text: [
        `${person.name} ended what you had set up in ${where}: ${namesOfEnded(theirs, hierarchy).join('; ')}.`,
        'To have it again as it was, press Subscribe again there, or send there, after mentioning Exemption Desk:',
        ...subscribeLines(theirs),
      ].join('\n'),
    });
};
