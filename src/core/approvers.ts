import type { Person } from './person.ts';

/** A group (object id or display name) or a person (object id or user principal name) that the governance file names. */
export type Approver = { readonly kind: 'group' | 'person'; readonly named: string };

/** Who may approve, on top of the Azure roles: anybody who has those, or only the ones named here who have them too. */
export type Approvers = 'azure-roles' | readonly Approver[];

/** What is known about somebody who wants to decide. */
export type Candidate = {
  readonly person: Person;
  readonly userPrincipalName: string | undefined;
  /** Every group that holds them, directly or not; undefined where Microsoft Graph may not be asked: then no group counts. */
  readonly groups: readonly { readonly id: string; readonly name: string }[] | undefined;
};

/** `group:Cloud Security` or `person:bob@contoso.com`; undefined for anything else. */
export const approverIn = (text: string): Approver | undefined => {
  const [, kind, named] = /^(group|person):\s*(\S.*?)\s*$/.exec(text) ?? [];
  return named === undefined || (kind !== 'group' && kind !== 'person') ? undefined : { kind, named };
};

const is = (approver: Approver, { person, userPrincipalName, groups }: Candidate): boolean => {
  const names =
    approver.kind === 'person'
      ? [person.objectId, userPrincipalName]
      : (groups ?? []).flatMap((group) => [group.id, group.name]);
  return names.some((name) => name?.toLowerCase() === approver.named.toLowerCase());
};

/** Whether the governance file lets somebody approve: they must stand in every one of the lists. Grants nothing: Azure's roles are checked besides. */
export const isNamedApprover = (lists: readonly (readonly Approver[])[], candidate: Candidate): boolean =>
  lists.every((list) => list.some((approver) => is(approver, candidate)));
