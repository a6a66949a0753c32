import { managementGroupId, normalised } from '../arm-id.ts';
import { benchmark, nist, policyDefinitions } from '../catalogue/initiatives.ts';
import { createExemptionStore } from '../exemption-store.ts';
import { createChains } from '../hierarchy.ts';
import type { KeptTenant } from '../kept-tenant.ts';
import { resourceIndexOf } from '../resources/resource-index.ts';
import { usualSettings } from '../settings.ts';
import type { Recommendation, Tenant, TenantSettings } from '../tenant.ts';
import { fabrikamBaseline } from './baseline.ts';
import { classicRecommendations } from './classic-recommendations.ts';
import { connectorsOf } from './connectors.ts';
import { denyAssignmentsOf, eligibilitiesOf } from './denials.ts';
import { roll } from './dice.ts';
import { buildFabrikam } from './estate.ts';
import { laterMember } from './exemption-makers.ts';
import { exemptionsOf } from './exemptions.ts';
import { groupsOf } from './groups.ts';
import { individualRecommendationsOf } from './individual-recommendations.ts';
import { managementGroupsOf } from './management-groups.ts';
import { goneResourcesOf } from './odd-resources.ts';
import { hasOddity } from './oddities.ts';
import type { Oddities } from './oddities.ts';
import { employeesOf, otherTenantId, patPortal, people, principalsOf, tenantId, visitors } from './people.ts';
import { policyAssignmentsOf } from './policy-assignments.ts';
import { createRecommendationsFor } from './recommendations-for.ts';
import { roleAssignmentsOf } from './role-assignments.ts';
import { fabrikamRoles } from './roles.ts';
import { sizeOf } from './size.ts';
import { standardAssignmentsOf } from './standard-assignments.ts';
import { governanceOwnerOf } from './tags.ts';
import { subscriptionsOf } from './subscriptions.ts';

export type FabrikamOptions = {
  readonly now: () => Date;
  readonly subscriptions: number;
  /** As many as the size suggests without it. */
  readonly exemptions?: number | undefined;
  readonly oddities?: Oddities | undefined;
  readonly settings?: Partial<TenantSettings> | undefined;
  /** The state of an earlier run of the same size, to continue with. */
  readonly kept?: KeptTenant | undefined;
};

/** Recommendations of the stories are assessed on every resource of their type. */
const ofTheStories = ({ displayName }: Recommendation): boolean =>
  displayName.startsWith('Secure transfer to storage accounts');

/** Fabrikam, large and untidy: always the same for the same size and oddities, except for dates, which count from now(). */
export const createFabrikam = ({ now, kept, settings, ...wish }: FabrikamOptions): Tenant => {
  const has = hasOddity(wish.oddities ?? {});
  const size = sizeOf(wish.subscriptions, wish.exemptions);
  const createdAt = kept === undefined ? now() : new Date(kept.createdAt);
  const managementGroups = managementGroupsOf(size.managementGroups, has);
  const subscriptions = subscriptionsOf(size.subscriptions, managementGroups, has);
  const estate = buildFabrikam(subscriptions, has);
  const removed = new Set(kept?.removedResources ?? []);
  const resources = estate.resources.filter(({ id }) => !removed.has(normalised(id)));
  const individual = individualRecommendationsOf(size.individualRecommendations);
  const always = new Set(classicRecommendations.filter(ofTheStories).map(({ assessmentKey }) => assessmentKey));
  const employees = employeesOf(size.employees);
  const groups = groupsOf(employees, size.approvers);
  const firstRoles = roleAssignmentsOf(subscriptions, estate, groups, employees, has);
  const scopes = new Set([
    ...managementGroups.map(({ name }) => normalised(managementGroupId(name))),
    ...subscriptions.map(({ subscriptionId }) => `/subscriptions/${subscriptionId}`),
    ...estate.resourceGroups.map(({ id }) => normalised(id)),
  ]);
  const recommendations = [...classicRecommendations, ...individual];
  const tenant: Tenant = {
    tenantId,
    people,
    visitors,
    otherTenantId,
    portalAuthor: patPortal,
    now,
    createdAt,
    settings: {
      ...usualSettings,
      ...(has('laterMembers') && { laterProperties: { [laterMember.name]: laterMember.version } }),
      ...kept?.settings,
      ...settings,
    },
    managementGroups: [...managementGroups],
    subscriptions: [...subscriptions],
    resourceGroups: estate.resourceGroups,
    resources,
    firstResources: estate.resources,
    goneResources: [...goneResourcesOf(subscriptions, has)],
    spelledByDefender: (id) => (has('mixedCaseIds') && roll(`spelling ${id}`, 5) === 0 ? id.toLowerCase() : id),
    governanceOwnerOf,
    recommendationsFor: createRecommendationsFor(classicRecommendations, individual, always),
    azureBots: [],
    connectors: connectorsOf(estate.resourceGroups, has),
    remedied: [...(kept?.remedied ?? [])],
    recommendations,
    policyDefinitions,
    initiatives: [benchmark, nist, fabrikamBaseline],
    policyAssignments: [...(kept?.policyAssignments ?? policyAssignmentsOf(subscriptions, estate, has))],
    exemptions: createExemptionStore(now),
    standardAssignments: [
      ...(kept?.standardAssignments ??
        standardAssignmentsOf({ subscriptions: [...subscriptions], resources, recommendations, createdAt }, employees)),
    ],
    locks: [...(kept?.locks ?? [])],
    principals: principalsOf(employees),
    groups: groups.all,
    roleDefinitions: fabrikamRoles(has('customRoles')),
    roleAssignments: [...(kept?.roleAssignments ?? firstRoles)],
    firstRoleAssignments: firstRoles,
    denyAssignments: denyAssignmentsOf(estate, has),
    roleEligibilities: eligibilitiesOf(has),
    chainOf: createChains(managementGroups, subscriptions),
    exists: (scope) => scopes.has(normalised(scope)) || resourceIndexOf({ resources }).byId.has(normalised(scope)),
  };
  for (const exemption of exemptionsOf(tenant, size.exemptions, employees, has))
    tenant.exemptions.write(exemption, { settled: true });
  tenant.exemptions.seal(kept?.exemptions ?? []);
  return tenant;
};
