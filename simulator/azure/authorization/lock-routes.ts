import { lockId, lockType, scopesLockedAgainst } from '../../tenant/locks.ts';
import type { ResourceLock, Tenant } from '../../tenant/tenant.ts';
import { ArmError } from '../arm/arm-error.ts';
import { createReach, parseFilter } from '../arm/list-filter.ts';
import { pageOf } from '../arm/paging.ts';
import { requireReadableScope } from '../arm/permission.ts';
import { listOf } from '../arm/route.ts';
import type { Call, Route, World } from '../arm/route.ts';

const document = (one: ResourceLock) => ({
  properties: { level: one.level, notes: 'Locked by the platform team.' },
  id: lockId(one),
  type: lockType,
  name: one.name,
});

/** Throws 409 if a lock is at the scope or above it. */
export const requireNoLock = (tenant: Tenant, scope: string, operation: 'write' | 'delete'): void => {
  const locked = scopesLockedAgainst(tenant, scope, operation);
  if (locked.length === 0) return;
  throw new ArmError(
    409,
    'ScopeLocked',
    `The scope '${scope}' cannot perform ${operation} operation because following scope(s) are locked: '${locked.join(',')}'. Please remove the lock and try again.`,
  );
};

/** Microsoft.Authorization/locks, read-only; the control routes create them. */
export const lockRoutes = ({ tenant }: World): readonly Route[] => [
  {
    method: 'GET',
    pattern: listOf(lockType),
    apiVersions: ['2016-09-01', '2020-05-01'],
    handle: (call: Call) => {
      const scope = call.part('scope');
      const filter = parseFilter(call.query.get('$filter'), ['atScope']);
      requireReadableScope(tenant, call.caller, `${lockType}/read`, scope);
      const isInReach = createReach(tenant, scope, filter);
      const found = tenant.locks.filter((one) => isInReach(one.scope));
      return pageOf(call, found.map(document), tenant.settings.pageSize);
    },
  },
];
