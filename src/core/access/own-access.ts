import type { Denial } from './access.ts';

/** A lock on a subscription, resource group or resource; it holds for everything below. */
export type Lock = { readonly scope: string; readonly name: string; readonly level: 'ReadOnly' | 'CanNotDelete' };

/** Hidden: Azure does not let the bot see its roles there, as where it has none. Unknown: Azure did not answer. */
export type OwnRight = 'held' | 'lacking' | 'hidden' | 'unknown';

/** What binds the bot itself, read live. Undefined: Azure did not tell, or the bot may not ask. */
export type OwnAccess = {
  /** Whether the bot's roles at a scope hold each of some rights; a `*` in one stands for anything there. */
  readonly rightsAt: (scope: string, actions: readonly string[]) => Promise<readonly OwnRight[]>;
  /** Whether the bot's roles hold a right; deny assignments are told apart. */
  readonly mayWrite: (right: { readonly action: string; readonly scope: string }) => Promise<OwnRight>;
  /** The deny assignments at, above and below a scope that mean the bot. */
  readonly denials: (scope: string) => Promise<Denial[] | undefined>;
  /** The locks at, above and below a scope. */
  readonly locks: (scope: string) => Promise<Lock[] | undefined>;
};
