import { permits } from '../../src/core/access/access.ts';
import type { OwnAccess } from '../../src/core/access/own-access.ts';
import { covers } from '../../src/core/tenant/hierarchy.ts';
import type { FakeTenant } from './fake-tenant.ts';

/** What binds the bot itself in a fake tenant. */
export const fakeOwnAccess = (tenant: FakeTenant): OwnAccess => {
  const isAround = (scope: string) => (each: { readonly scope: string }) =>
    covers(each.scope, scope, tenant.hierarchy) || covers(scope, each.scope, tenant.hierarchy);
  const holds = (scope: string, action: string) =>
    tenant.botGrants.some((grant) => permits(grant, action) && covers(grant.scope, scope, tenant.hierarchy))
      ? ('held' as const)
      : ('lacking' as const);
  return {
    rightsAt: async (scope, actions) => actions.map((action) => holds(scope, action)),
    mayWrite: async (rights) => rights.map(({ action, scope }) => holds(scope, action)),
    denials: async (scope) => tenant.botDenials.filter(isAround(scope)),
    locks: async (scope) => tenant.locks.filter(isAround(scope)),
  };
};
