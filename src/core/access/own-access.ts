import type { Hierarchy } from '../tenant/hierarchy.ts';
import type { Denial } from './access.ts';

/** A lock on a subscription, resource group or resource. It applies to everything below. */
export type Lock = { readonly scope: string; readonly name: string; readonly level: 'ReadOnly' | 'CanNotDelete' };

/**
 * conditional: a role names the permission, but its condition is not provably true of it. hidden: Azure does not let Exemption Desk see its
 * roles there, or it has none. unknown: Azure did not answer.
 */
export type OwnRight = 'held' | 'lacking' | 'conditional' | 'hidden' | 'unknown';

/** The limits on what Exemption Desk itself may do, read live. Undefined results: Azure did not say, or Exemption Desk may not ask. */
export type OwnAccess = {
  /** How the roles of Exemption Desk at a scope cover each permission. A `*` inside a requested permission matches anything. */
  readonly rightsAt: (scope: string, actions: readonly string[]) => Promise<readonly OwnRight[]>;
  /**
   * Whether the roles of Exemption Desk include each of some permissions. Deny assignments are not considered here; see `denials`. Permissions above
   * others, by the hierarchy as it is now, cost no question of their own.
   */
  readonly mayWrite: (
    rights: readonly { readonly action: string; readonly scope: string }[],
    hierarchy: Hierarchy,
  ) => Promise<readonly OwnRight[]>;
  /** The deny assignments at, above and below a scope that apply to Exemption Desk. */
  readonly denials: (scope: string) => Promise<Denial[] | undefined>;
  /** The locks at, above and below a scope. */
  readonly locks: (scope: string) => Promise<Lock[] | undefined>;
};
