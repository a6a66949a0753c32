import {
  firstDenyAssignments,
  firstEligibilities,
  firstRoleAssignments,
  groups,
  patPortal,
  principals,
} from './access.ts';
import { managementGroupId, normalised } from '../arm-id.ts';
import { benchmark, nist, policyDefinitions } from '../catalogue/initiatives.ts';
import { recommendations } from '../catalogue/recommendations.ts';
import { buildEstate, connectorsOf } from './estate.ts';
import { createExemptionStore } from '../exemption-store.ts';
import { firstExemptions } from './first-exemptions.ts';
import { corpBaseline } from './corp-baseline.ts';
import { createChains } from '../hierarchy.ts';
import { managementGroups } from './hierarchy.ts';
import { individualRecommendations } from './individual-recommendations.ts';
import type { KeptTenant } from '../kept-tenant.ts';
import { otherTenantId, people, tenantId, visitors } from './people.ts';
import { firstPolicyAssignments } from './policy-assignments.ts';
import { governanceOwnerOf } from './tags.ts';
import { resourceIndexOf } from '../resources/resource-index.ts';
import { roleDefinitions } from '../role-definitions.ts';
import { firstStandardAssignments } from './first-standard-assignments.ts';
import { usualSettings } from '../settings.ts';
import type { Tenant, TenantSettings } from '../tenant.ts';

export type TenantOptions = {
  readonly now: () => Date;
  /** The number of copies of Contoso's subscriptions and resources; 1 unless a benchmark needs more. */
  readonly scale?: number;
  readonly settings?: Partial<TenantSettings>;
  /** The state of an earlier run, to continue with. */
  readonly kept?: KeptTenant | undefined;
};

/** Contoso at the start of its story, always the same except for dates, which count from now(); or in its kept state. */
export const createTenant = ({ now, scale = 1, settings = {}, kept }: TenantOptions): Tenant => {
  const estate = buildEstate(scale);
  const scopes = new Set([
    ...managementGroups.map(({ name }) => normalised(managementGroupId(name))),
    ...estate.subscriptions.map(({ subscriptionId }) => `/subscriptions/${subscriptionId}`),
    ...estate.resourceGroups.map(({ id }) => normalised(id)),
  ]);
  const removed = new Set(kept?.removedResources ?? []);
  const resources = estate.resources.filter(({ id }) => !removed.has(normalised(id)));
  const tenant: Tenant = {
    tenantId,
    people,
    visitors,
    otherTenantId,
    portalAuthor: patPortal,
    now,
    createdAt: kept === undefined ? now() : new Date(kept.createdAt),
    settings: { ...usualSettings, ...kept?.settings, ...settings },
    ...estate,
    managementGroups: [...managementGroups],
    subscriptions: [...estate.subscriptions],
    resources,
    firstResources: estate.resources,
    goneResources: [],
    azureBots: [],
    connectors: connectorsOf(estate),
    governanceOwnerOf,
    remedied: [...(kept?.remedied ?? [])],
    recommendations: [...recommendations, ...individualRecommendations],
    policyDefinitions,
    initiatives: [benchmark, nist, corpBaseline],
    policyAssignments: [...(kept?.policyAssignments ?? firstPolicyAssignments(estate))],
    exemptions: createExemptionStore(now, kept?.exemptions),
    standardAssignments: [...(kept?.standardAssignments ?? firstStandardAssignments(estate, now()))],
    locks: [...(kept?.locks ?? [])],
    principals,
    groups,
    roleDefinitions,
    roleAssignments: [...(kept?.roleAssignments ?? firstRoleAssignments(estate))],
    firstRoleAssignments: firstRoleAssignments(estate),
    denyAssignments: firstDenyAssignments(estate),
    roleEligibilities: firstEligibilities(),
    chainOf: createChains(managementGroups, estate.subscriptions),
    exists: (scope) => scopes.has(normalised(scope)) || resourceIndexOf({ resources }).byId.has(normalised(scope)),
  };
  if (kept !== undefined) return tenant;
  for (const exemption of firstExemptions(tenant, estate)) tenant.exemptions.write(exemption, { settled: true });
  return tenant;
};
