import type { Person } from '../person.ts';

/** A group or a person that the governance file names by their Entra object id, in lower case. */
export type Approver = { readonly kind: 'group' | 'person'; readonly id: string };

/** Who may approve, in addition to the Azure roles: everybody who has those, or only those of them who are named here. */
export type Approvers = 'azure-roles' | readonly Approver[];

/** The facts about a person who wants to decide. */
export type Candidate = {
  readonly person: Pick<Person, 'objectId'>;
  /**
   * Object ids of every group that the person is in, directly or through another group. Undefined where Microsoft Graph may not be asked:
   * then no group counts.
   */
  readonly groups: readonly string[] | undefined;
};

/**
 * Reads `group:<object id>` or `person:<object id>`; undefined for anything else. Names are not accepted, because anybody who may name a
 * group could let themselves in.
 */
export const approverIn = (text: string): Approver | undefined => {
  const [, kind, id] = /^(group|person):\s*([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\s*$/i.exec(text) ?? [];
  return id === undefined || (kind !== 'group' && kind !== 'person') ? undefined : { kind, id: id.toLowerCase() };
};

const is = (approver: Approver, { person, groups }: Candidate): boolean => {
  const ids = approver.kind === 'person' ? [person.objectId] : (groups ?? []);
  return ids.some((id) => id.toLowerCase() === approver.id);
};

/**
 * Whether the governance file names somebody as an approver: they must be in every list. Grants nothing by itself; Azure roles are checked
 * as well.
 */
export const isNamedApprover = (lists: readonly (readonly Approver[])[], candidate: Candidate): boolean =>
  lists.every((list) => list.some((approver) => is(approver, candidate)));

/** "members of the group 0f8f… or the person 1a2b…". */
export const approverWords = (list: readonly Approver[]): string =>
  list.map(({ kind, id }) => (kind === 'group' ? `members of the group ${id}` : `the person ${id}`)).join(' or ');
