/** Somebody in the directory. */
export type DirectoryPerson = {
  readonly objectId: string;
  readonly name: string;
  /** User principal name and mail, as far as they are known. */
  readonly signIns: readonly string[];
};

/** So many people are told of a name that many have. */
export const mostPeople = 10;

/** Who people are, and where they hold roles of their own. For lists, never for a decision. */
export type OwnerSource = {
  /**
   * The people whose display name, user principal name or mail begins so, in any casing; at most one more than `mostPeople`. Undefined where Microsoft
   * Graph may not tell. Throws GovernanceError unavailable.
   */
  readonly called: (beginning: string) => Promise<readonly DirectoryPerson[] | undefined>;
  /**
   * The scopes at which the role Owner or Contributor is assigned to somebody (Entra object id) themselves and not to a group, as read for lists. Throws
   * GovernanceError unavailable.
   */
  readonly ownRoles: (objectId: string) => Promise<readonly string[]>;
};
