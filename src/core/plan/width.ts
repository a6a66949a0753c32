import { scopeKind } from '../tenant/arm-id.ts';
import { everything } from '../tenant/hierarchy.ts';

/** So many resources make a request wide, whatever its scopes are. */
export const manyResources = 100;

/** A subscription or more. */
export const isWideScope = (scope: string): boolean =>
  scope === everything || scopeKind(scope) === 'management-group' || scopeKind(scope) === 'subscription';

/**
 * Whether what somebody asks for is wide: it covers a subscription or more, or hits many resources. `resources`: how many it hits, undefined where
 * nobody counted them. The rule of the word “Wide” on cards and in rows; `isWide` in the store asks the same of the database.
 */
export const isWide = (scopes: readonly string[], resources: number | undefined): boolean =>
  scopes.some(isWideScope) || (resources ?? 0) >= manyResources;

/** The rule in words, for a filter. */
export const wideWords = `a subscription or more, or at least ${manyResources} resources`;
