/** What the roster of a conversation says of one person. Teams leaves out what it does not know. */
export type RosterEntry = {
  /** The id of Teams for this person and the bot. */
  readonly id: string | undefined;
  readonly objectId: string | undefined;
  readonly tenantId: string | undefined;
  readonly userRole: string | undefined;
  readonly userPrincipalName: string | undefined;
  readonly email?: string | undefined;
};

/** A guest has an account in the directory here, but belongs to another organisation. An outsider has none. */
export type Belonging = 'member' | 'guest' | 'outsider';

const isSame = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/**
 * Whether somebody belongs to one of the organisations that are answered; undefined where the entry does not say, or is about somebody else. Microsoft
 * documents no list of roles, so only the known ones of strangers exclude somebody, and an entry without a role makes them a guest.
 */
export const belongingOf = (
  { objectId, tenantId, userRole, userPrincipalName }: RosterEntry,
  asked: string,
  allowedTenants: readonly string[],
): Belonging | undefined => {
  if (objectId !== undefined && !isSame(objectId, asked)) return undefined;
  const role = userRole?.toLowerCase() ?? '';
  // The tenant of an anonymous person is that of the meeting.
  if (role === 'anonymous') return 'outsider';
  if (tenantId === undefined || tenantId === '') return undefined;
  if (!allowedTenants.some((tenant) => isSame(tenant, tenantId))) return 'outsider';
  const isGuest = role === '' || role === 'guest' || userPrincipalName?.toUpperCase().includes('#EXT#') === true;
  return isGuest ? 'guest' : 'member';
};
