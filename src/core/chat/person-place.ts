const prefix = 'person ';

/** Where news wait for somebody who has no personal chat, in the place of the id of that chat. Takes an Entra object id. */
export const personPlace = (objectId: string): string => `${prefix}${objectId.toLowerCase()}`;

export const isPersonPlace = (placeId: string): boolean => placeId.startsWith(prefix);

/** Why nothing could be posted there. */
export const noChatYet = 'They have no personal chat with Exemption Desk. It is posted once they begin one.';
