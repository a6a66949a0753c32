import type { GuestRights } from '../core/access/guest-rights.ts';
import type { Person } from '../core/person.ts';

/** The rights that Entra grants a token, by the name of their scope (of people) or app role (of applications). */
export const scopes = { read: 'Exemptions.Read', act: 'Exemptions.ReadWrite' } as const;
export const appRoles = { read: 'Exemptions.Read.All', draft: 'Drafts.Create' } as const;

/** The right that a call needs. `act` is what only people do: send, decide, withdraw. */
export type Need = 'read' | 'draft' | 'act';

/** The caller, as proved by a token of Entra. */
export type Caller = {
  /** An application has no person behind it, and therefore decides nothing. */
  readonly kind: 'person' | 'application';
  /** The person; of an application its service principal, for looking up what it may read in Azure. */
  readonly person: Person;
  /** The client id of the application that calls. */
  readonly appId: string;
  readonly may: readonly Need[];
  /** Undefined for a member of the organisation, and for an application. */
  readonly guest: GuestRights | undefined;
};
