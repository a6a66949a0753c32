import type { Conversation } from './conversation.ts';

/** What the setting calls the kinds of places that several people share. */
const placeKinds = ['channels', 'private-channels', 'shared-channels', 'group-chats'] as const;
type PlaceKind = (typeof placeKinds)[number];

/** Kinds of places, and ids of Teams of teams, channels or group chats. Undefined: everywhere. Personal chats are always allowed. */
export type AllowedPlaces = readonly string[] | undefined;

/** An id of Teams as an address of Teams holds it, decoded: `19:…@thread.tacv2`. */
const placeId = /^19:[\w.:-]+@[\w.]+$/;

/** Whether a word of the setting names a kind or an id. */
export const isPlaceWord = (word: string): boolean => placeKinds.some((kind) => kind === word) || placeId.test(word);

const kindOf = ({ kind, channelType }: Conversation): PlaceKind => {
  if (kind === 'group') return 'group-chats';
  if (channelType === 'standard') return 'channels';
  return channelType === 'private' ? 'private-channels' : 'shared-channels';
};

/** Whether Exemption Desk may answer and post in a place: its kind, its id or its team is listed. A channel of which Teams did not tell the type counts as shared. */
export const isAllowedPlace = (allowed: AllowedPlaces, place: Conversation): boolean =>
  allowed === undefined ||
  place.kind === 'personal' ||
  [kindOf(place), place.id, place.teamId].some((word) => word !== undefined && allowed.includes(word));

/** What a place is told, once, where Exemption Desk may not be, and why it counts as not reachable afterwards. */
export const notAllowedThere = 'The operator of Exemption Desk has not allowed it here, so it does nothing here.';
