import { extensionId, lastSegment, normalised, sameId } from './arm-id.ts';
import { systemDataFor } from './exemption-by-person.ts';
import { botPrincipal } from './person.ts';
import type { ExemptionProperties, PolicyExemption } from './policy-exemption.ts';
import type { PolicyAssignment, Tenant } from './tenant.ts';

const exemptionNamed = (tenant: Tenant, wish: string): PolicyExemption => {
  const found = tenant.exemptions.all().find(({ id, name }) => sameId(id, wish) || name === wish);
  if (found === undefined) throw new RangeError(`There is no exemption ${wish}.`);
  return found;
};

/** Pat changes an exemption in the portal; every reader sees it at once. */
export const changeInPortal = (
  tenant: Tenant,
  wish: string,
  { expiresOn, ...changes }: Partial<Omit<ExemptionProperties, 'expiresOn'>> & { readonly expiresOn?: string | null },
): { readonly exemption: string } => {
  const exemption = exemptionNamed(tenant, wish);
  const { expiresOn: before, ...properties } = exemption.properties;
  const end = expiresOn === undefined ? before : (expiresOn ?? undefined);
  tenant.exemptions.write(
    {
      ...exemption,
      properties: { ...properties, ...changes, ...(end !== undefined && { expiresOn: end }) },
      systemData: systemDataFor(tenant.portalAuthor, tenant.now(), exemption.systemData),
    },
    { settled: true },
  );
  return { exemption: exemption.id };
};

export const deleteInPortal = (tenant: Tenant, wish: string): { readonly exemption: string } => {
  const { id } = exemptionNamed(tenant, wish);
  tenant.exemptions.remove(id);
  return { exemption: id };
};

/** Somebody assigns an initiative, given by its name or title. */
export const assignInitiative = (
  tenant: Tenant,
  wish: { readonly initiative: string; readonly scope: string; readonly name: string },
): { readonly assignment: string } => {
  const initiative = tenant.initiatives.find(({ id, displayName }) =>
    [id, lastSegment(id), displayName].some((each) => each.toLowerCase() === wish.initiative.toLowerCase()),
  );
  if (initiative === undefined) throw new RangeError(`There is no initiative ${wish.initiative}.`);
  if (!tenant.exists(wish.scope)) throw new RangeError(`There is no scope ${wish.scope}.`);
  const made: PolicyAssignment = {
    id: extensionId(wish.scope, 'Microsoft.Authorization/policyAssignments', wish.name),
    name: wish.name,
    scope: wish.scope,
    displayName: `${initiative.displayName} (${wish.name})`,
    policyDefinitionId: initiative.id,
    notScopes: [],
    assignedBy: 'Pat Portal',
  };
  tenant.policyAssignments.push(made);
  return { assignment: made.id };
};

/** Somebody deletes a policy assignment; Azure keeps its exemptions. */
export const unassign = (tenant: Tenant, wish: string): { readonly assignment: string } => {
  const at = tenant.policyAssignments.findIndex(({ id, name }) => sameId(id, wish) || name === wish);
  const [removed] = at < 0 ? [] : tenant.policyAssignments.splice(at, 1);
  if (removed === undefined) throw new RangeError(`There is no policy assignment ${wish}.`);
  return { assignment: removed.id };
};

const resourceNamed = (tenant: Tenant, wish: string) => {
  const found = tenant.resources.find(({ id, name }) => sameId(id, wish) || name === wish);
  if (found === undefined) throw new RangeError(`There is no resource ${wish}.`);
  return found;
};

/** Somebody deletes a resource; Azure also deletes its extensions and exemptions. Defender may go on assessing it for a while. */
export const deleteResource = (
  tenant: Tenant,
  { resource: wish, stillAssessed = false }: { readonly resource: string; readonly stillAssessed?: boolean },
): { readonly resource: string } => {
  const resource = resourceNamed(tenant, wish);
  const { id } = resource;
  if (stillAssessed) tenant.goneResources.push(resource);
  const isInside = (other: string): boolean => `${normalised(other)}/`.startsWith(`${normalised(id)}/`);
  const kept = tenant.resources.filter((resource) => !isInside(resource.id));
  tenant.resources.splice(0, tenant.resources.length, ...kept);
  for (const exemption of tenant.exemptions.all())
    if (isInside(exemption.scope)) tenant.exemptions.remove(exemption.id);
  return { resource: id };
};

/** Somebody fixes a resource, so that it meets a recommendation without an exemption. */
export const remedy = (
  tenant: Tenant,
  wish: { readonly resource: string; readonly recommendation: string },
): { readonly resource: string; readonly recommendation: string } => {
  const resource = resourceNamed(tenant, wish.resource);
  const recommendation = tenant.recommendations.find(({ assessmentKey, displayName }) =>
    [assessmentKey, displayName].some((each) => each.toLowerCase() === wish.recommendation.toLowerCase()),
  );
  if (recommendation === undefined) throw new RangeError(`There is no recommendation ${wish.recommendation}.`);
  tenant.remedied.push(extensionId(resource.id, 'Microsoft.Security/assessments', recommendation.assessmentKey));
  return { resource: resource.id, recommendation: recommendation.displayName };
};

/** Removes the role of the bot, or assigns it again. */
export const holdBotRole = (tenant: Tenant, held: boolean): { readonly held: boolean } => {
  const { roleAssignments } = tenant;
  const others = roleAssignments.filter(({ principalId }) => principalId !== botPrincipal.objectId);
  const own = tenant.firstRoleAssignments.filter(({ principalId }) => principalId === botPrincipal.objectId);
  roleAssignments.splice(0, roleAssignments.length, ...others, ...(held ? own : []));
  return { held };
};
