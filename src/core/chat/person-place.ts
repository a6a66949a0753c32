const prefix = 'person ';

/** Where news wait for somebody who has no personal chat, in the place of the id of that chat. Takes an Entra object id. */
export const personPlace = (objectId: string): string => `${prefix}${objectId.toLowerCase()}`;

export const isPersonPlace = (placeId: string): boolean => placeId.startsWith(prefix);

/** Why nothing could be posted there. */
export const noChatYet = 'They have no personal chat with Exemption Desk. It is posted once they begin one.';

/** The people for whom something waits, and how much. */
export const unreachedIn = (
  undelivered: readonly { readonly channelId: string }[],
): { readonly people: number; readonly messages: number } => {
  const theirs = undelivered.map(({ channelId }) => channelId).filter(isPersonPlace);
  return { people: new Set(theirs).size, messages: theirs.length };
};
