import { scopesAllowing, type Access, type Grant } from './access.ts';
import type { Others } from './others-can.ts';
import type { Hierarchy } from '../tenant/hierarchy.ts';

/** The lists that people ask for. */
export const listNames = [
  'recommendations',
  'recommendations with exemptions',
  'exemptions',
  'my requests',
  'requests to decide',
  'all requests',
  'report',
  'score',
  'cleanup',
  'subscriptions',
] as const;
export type ListName = (typeof listNames)[number];

/** Why a list shows nothing. An empty list always has exactly one of these reasons, because empty is never all-clear by itself. */
export type WhyEmpty =
  /** No Azure role of the person allows it anywhere. `eligible`: none, or Azure did not say which roles they could activate. */
  | { readonly kind: 'no-role'; readonly eligible: 'none' | 'unknown' }
  /** They could activate a role in Privileged Identity Management that allows it. */
  | { readonly kind: 'eligible-only'; readonly roles: readonly string[] }
  /** Their role allows it only on a part of a subscription, where Azure has no such thing. */
  | { readonly kind: 'role-too-narrow' }
  /** What there is may only be changed by others. */
  | ({ readonly kind: 'not-yours' } & Others)
  /** Defender assesses nothing in any subscription there (their names). */
  | { readonly kind: 'not-assessed'; readonly subscriptions: readonly string[] }
  /** What they asked for is about so many recommendations whose resources are in other clouds. */
  | { readonly kind: 'other-clouds'; readonly count: number; readonly clouds: readonly string[] }
  /** What they asked for hides so many. */
  | { readonly kind: 'filtered-out'; readonly without: number }
  /** Azure did not answer, or not in full, or shows too little to Exemption Desk itself; what happened, as a sentence with the remedy. */
  | { readonly kind: 'could-not-read'; readonly because: string }
  | { readonly kind: 'nothing-there' };

/** Whether any role of somebody allows an action anywhere. */
export const holdsAnywhere = (access: Access, action: string, hierarchy: Hierarchy): boolean =>
  scopesAllowing(access, action, hierarchy).length > 0;

/** The names of the roles that would allow an action somewhere, if they were activated. */
export const rolesToActivate = (eligible: readonly Grant[], action: string, hierarchy: Hierarchy): string[] => [
  ...new Set(
    eligible
      .filter((grant) => holdsAnywhere({ grants: [grant], denials: [], eligible: [] }, action, hierarchy))
      .map(({ roleName }) => roleName),
  ),
];
