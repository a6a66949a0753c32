import { extensionId, sameId, subscriptionIdOf } from './arm-id.ts';
import type { ResourceLock, Tenant } from './tenant.ts';

const levels = ['ReadOnly', 'CanNotDelete'] as const;

export const lockType = 'Microsoft.Authorization/locks';

export const lockId = ({ scope, name }: ResourceLock): string => extensionId(scope, lockType, name);

/** The scopes at or above this one that are locked against a write or a deletion. */
export const scopesLockedAgainst = (
  { locks, chainOf }: Pick<Tenant, 'locks' | 'chainOf'>,
  scope: string,
  operation: 'write' | 'delete',
): readonly string[] => {
  const chain = chainOf(scope);
  return locks
    .filter(({ level }) => level === 'ReadOnly' || operation === 'delete')
    .filter((one) => chain.some((around) => sameId(around, one.scope)))
    .map((one) => one.scope);
};

/** Locks a subscription, resource group or resource; throws RangeError for anything else. */
export const lock = (tenant: Tenant, scope: string, wanted: string): ResourceLock => {
  const level = levels.find((one) => one === wanted);
  if (level === undefined) throw new RangeError(`'level' must be one of ${levels.join(', ')}.`);
  if (subscriptionIdOf(scope) === '' || !tenant.exists(scope))
    throw new RangeError(`There is no subscription, resource group or resource ${scope}.`);
  unlock(tenant, scope);
  const made: ResourceLock = { name: 'do-not-touch', scope, level };
  tenant.locks.push(made);
  return made;
};

/** Removes every lock at exactly this scope. */
export const unlock = (tenant: Tenant, scope: string): { readonly unlocked: number } => {
  const kept = tenant.locks.filter((one) => !sameId(one.scope, scope));
  const unlocked = tenant.locks.length - kept.length;
  tenant.locks.splice(0, tenant.locks.length, ...kept);
  return { unlocked };
};
