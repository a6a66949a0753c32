import type { Activity, TurnContext } from 'botbuilder';
import type { Conversation } from '../core/chat/conversation.ts';
import type { Desk } from '../workflow/desk.ts';
import { resumePlace, suspendPlace, type Where } from '../workflow/operate/follow-place.ts';
import { meetPerson } from '../workflow/operate/meet-person.ts';
import { leavePlace } from '../workflow/operate/leave-place.ts';
import { channelFacts } from './teams/channel-facts.ts';
import { turnOf } from './turn.ts';

/** As the front door accepts it. */
type PlaceData = {
  readonly eventType?: string;
  readonly channel?: { readonly id?: string; readonly name?: string; readonly type?: string } | null;
  readonly app?: { readonly version?: string } | null;
};

/** What happened, where, and the conversation that Teams reports it in, which for a channel is not the channel itself. */
type News = { readonly activity: Activity; readonly data: PlaceData; readonly where: Where; readonly in: Conversation };

const closing =
  (reason: string) =>
  (desk: Desk, { where }: News) =>
    suspendPlace(desk, where, reason);
const reopening = (desk: Desk, { where }: News) => resumePlace(desk, where);

/** By the event types of Teams. A deleted channel or team can be restored for some weeks, so only `teamHardDeleted` ends its subscriptions. */
const followed: ReadonlyMap<string, (desk: Desk, news: News) => Promise<void>> = new Map([
  ['channelDeleted', closing('The channel was deleted in Teams.')],
  ['channelRestored', reopening],
  [
    'channelRenamed',
    async (desk, { where, data }) => {
      if (data.channel?.name !== undefined) await desk.database.conversations.rename(where.id, `#${data.channel.name}`);
    },
  ],
  ['teamArchived', closing('The team is archived in Teams.')],
  ['teamUnarchived', reopening],
  ['teamDeleted', closing('The team was deleted in Teams.')],
  ['teamRestored', reopening],
  ['teamHardDeleted', (desk, { activity, in: place }) => leavePlace(desk, turnOf(activity, undefined)?.person, place)],
  // Only channels are called by their names.
  ['teamRenamed', async () => undefined],
]);

/**
 * Follows the removal of the bot from the members of a place. A private or shared channel has no other sign of it, so that its subscriptions end; anywhere
 * else an upgrade of the app may look the same and a removal is reported besides, so that nothing is posted until something comes from there again.
 */
const followRemoval = async (desk: Desk, activity: Activity, place: Conversation): Promise<void> => {
  const { membersRemoved = [], recipient } = activity;
  if (!membersRemoved.some(({ id }) => id === recipient.id)) return;
  const { channel } = (activity.channelData ?? {}) as PlaceData;
  const isOfChannel = channel?.type === 'private' || channel?.type === 'shared';
  if (!isOfChannel) return suspendPlace(desk, place, 'Exemption Desk was removed there.');
  const person = turnOf(activity, undefined)?.person;
  await leavePlace(desk, person, { ...place, id: channel.id ?? place.id, teamId: undefined });
};

/** Follows what Teams reports about a channel or a team: renamed, deleted, archived, or back, or that the bot was removed there. Everything else is left to others. */
export const followPlace = async (desk: Desk, activity: Activity, place: Conversation): Promise<void> => {
  const data = (activity.channelData ?? {}) as PlaceData;
  const { eventType = '', channel } = data;
  await followRemoval(desk, activity, place);
  const follow = followed.get(eventType);
  if (follow === undefined) return;
  const isOfChannel = eventType.startsWith('channel');
  if (isOfChannel && channel?.id === undefined) return;
  const where = isOfChannel ? { id: channel?.id ?? '', teamId: undefined } : place;
  await follow(desk, { activity, data, where, in: place });
};

/** Follows an upgrade of the app, which is neither a removal nor a new installation. False for what is no upgrade. */
export const followUpgrade = async (desk: Desk, activity: Activity, place: Conversation): Promise<boolean> => {
  switch (activity.action) {
    case 'remove-upgrade':
      await suspendPlace(desk, place, 'Exemption Desk is being upgraded there.');
      return true;
    case 'add-upgrade':
      await resumePlace(desk, place);
      return true;
    case 'upgrade':
      desk.tellOperator('The Teams app was upgraded.', {
        version: ((activity.channelData ?? {}) as PlaceData).app?.version,
        conversation: place.id,
      });
      return true;
    default:
      return false;
  }
};

/** The place with what is known of it. Activities do not always name their channel: Teams is asked for its name and type once. */
export const learnPlace = async (desk: Desk, context: TurnContext, place: Conversation): Promise<Conversation> => {
  const known = await desk.database.conversations.find(place.id);
  const name = place.name ?? known?.name;
  const channelType = place.channelType ?? known?.channelType;
  if (place.kind !== 'channel' || (name !== undefined && channelType !== undefined))
    return { ...place, name, channelType };
  const facts = await channelFacts(context);
  return { ...place, name: name ?? facts.name, channelType: channelType ?? facts.channelType };
};

/** Remembers a place from which an activity came. */
export const rememberPlace = async (desk: Desk, context: TurnContext, place: Conversation): Promise<void> => {
  const { conversations } = desk.database;
  const known = await conversations.find(place.id);
  const learned = await learnPlace(desk, context, place);
  if (known === undefined && place.kind === 'personal') return meetPerson(desk, learned);
  await conversations.remember(learned);
  if (known?.unreachable !== undefined) await resumePlace(desk, { id: place.id, teamId: undefined });
};
