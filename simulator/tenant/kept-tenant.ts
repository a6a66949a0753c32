import type { ExemptionHistory } from './exemption-store.ts';
import type { ResourceLock, StandardAssignment, Tenant, TenantSettings } from './tenant.ts';

/** What happens to a tenant while it lives, as JSON; all the rest of Contoso is the same every time. */
export type KeptTenant = {
  readonly createdAt: string;
  readonly settings: TenantSettings;
  readonly exemptions: ExemptionHistory;
  readonly standardAssignments: readonly StandardAssignment[];
  readonly locks: readonly ResourceLock[];
};

export const keptTenant = (tenant: Tenant): KeptTenant => ({
  createdAt: tenant.createdAt.toISOString(),
  settings: tenant.settings,
  exemptions: tenant.exemptions.history(),
  standardAssignments: tenant.standardAssignments,
  locks: tenant.locks,
});
