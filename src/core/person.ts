/** Somebody as authenticated by Teams. Object id and tenant are the identity; the name is only for display. */
export type Person = {
  readonly objectId: string;
  readonly tenantId: string;
  readonly name: string;
  /** A guest of the organisation asks at most; so nothing that a guest asks for goes ahead without somebody else. */
  readonly isGuest?: true;
};

/** The cause of a change: a person, or a job of Exemption Desk by its name. */
export type Actor =
  { readonly kind: 'person'; readonly person: Person } | { readonly kind: 'job'; readonly name: string };

export const samePerson = (a: Person, b: Person): boolean =>
  a.objectId.toLowerCase() === b.objectId.toLowerCase() && a.tenantId.toLowerCase() === b.tenantId.toLowerCase();

/** True if two are one object of the directory, whichever tenant each was said to come from. */
export const sameObject = (a: Person, b: Person): boolean => a.objectId.toLowerCase() === b.objectId.toLowerCase();

export const asPerson = (person: Person): Actor => ({ kind: 'person', person });

export const actorName = (actor: Actor): string => (actor.kind === 'person' ? actor.person.name : 'Exemption Desk');
