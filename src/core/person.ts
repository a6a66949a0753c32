/** Somebody as Teams authenticated them: the Entra object id and the tenant are the identity, the name is for showing only. */
export type Person = {
  readonly objectId: string;
  readonly tenantId: string;
  readonly name: string;
};

/** Who caused a change: a person, or one of our own jobs by its name. */
export type Actor =
  { readonly kind: 'person'; readonly person: Person } | { readonly kind: 'job'; readonly name: string };

export const samePerson = (a: Person, b: Person): boolean =>
  a.objectId.toLowerCase() === b.objectId.toLowerCase() && a.tenantId.toLowerCase() === b.tenantId.toLowerCase();

export const asPerson = (person: Person): Actor => ({ kind: 'person', person });

export const actorName = (actor: Actor): string => (actor.kind === 'person' ? actor.person.name : 'Exemption Desk');
