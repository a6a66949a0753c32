import type { Person } from '../person.ts';

/** A group or a person that the governance file names by their Entra object id, in lower case. */
export type Approver = { readonly kind: 'group' | 'person'; readonly id: string };

/** Who may approve, on top of the Azure roles: anybody who has those, or only the ones named here who have them too. */
export type Approvers = 'azure-roles' | readonly Approver[];

/** What is known about somebody who wants to decide. */
export type Candidate = {
  readonly person: Pick<Person, 'objectId'>;
  /** Object ids of every group that holds them, directly or not; undefined where Microsoft Graph may not be asked: then no group counts. */
  readonly groups: readonly string[] | undefined;
};

/** `group:<object id>` or `person:<object id>`; undefined for anything else. A name would let in whoever can give it to a group of their own. */
export const approverIn = (text: string): Approver | undefined => {
  const [, kind, id] = /^(group|person):\s*([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\s*$/i.exec(text) ?? [];
  return id === undefined || (kind !== 'group' && kind !== 'person') ? undefined : { kind, id: id.toLowerCase() };
};

const is = (approver: Approver, { person, groups }: Candidate): boolean => {
  const ids = approver.kind === 'person' ? [person.objectId] : (groups ?? []);
  return ids.some((id) => id.toLowerCase() === approver.id);
};

/** Whether the governance file lets somebody approve: they must stand in every one of the lists. Grants nothing: Azure's roles are checked besides. */
export const isNamedApprover = (lists: readonly (readonly Approver[])[], candidate: Candidate): boolean =>
  lists.every((list) => list.some((approver) => is(approver, candidate)));

/** "members of the group 0f8f…, or the person 1a2b…"; an approver must be in each of the lists. */
export const approverWords = (list: readonly Approver[]): string =>
  list.map(({ kind, id }) => (kind === 'group' ? `members of the group ${id}` : `the person ${id}`)).join(' or ');
