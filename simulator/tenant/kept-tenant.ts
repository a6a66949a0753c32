import type { ExemptionHistory } from './exemption-store.ts';
import { normalised } from './arm-id.ts';
import type {
  PolicyAssignment,
  ResourceLock,
  RoleAssignment,
  StandardAssignment,
  Tenant,
  TenantSettings,
} from './tenant.ts';

/** The changes to a tenant during its life, as JSON; the rest is the same every time. */
export type KeptTenant = {
  readonly createdAt: string;
  readonly settings: TenantSettings;
  readonly exemptions: ExemptionHistory;
  readonly standardAssignments: readonly StandardAssignment[];
  readonly locks: readonly ResourceLock[];
  readonly policyAssignments?: readonly PolicyAssignment[];
  readonly roleAssignments?: readonly RoleAssignment[];
  readonly removedResources?: readonly string[];
  readonly remedied?: readonly string[];
};

/** In lower case. */
const removedFrom = ({ resources, firstResources }: Tenant): readonly string[] => {
  const there = new Set(resources.map(({ id }) => normalised(id)));
  return firstResources.map(({ id }) => normalised(id)).filter((id) => !there.has(id));
};

export const keptTenant = (tenant: Tenant): KeptTenant => ({
  createdAt: tenant.createdAt.toISOString(),
  settings: tenant.settings,
  exemptions: tenant.exemptions.history(),
  standardAssignments: tenant.standardAssignments,
  locks: tenant.locks,
  policyAssignments: tenant.policyAssignments,
  roleAssignments: tenant.roleAssignments,
  removedResources: removedFrom(tenant),
  remedied: tenant.remedied,
});
