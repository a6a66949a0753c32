import { lastSegment, normalised, sameId } from './tenant/arm-id.ts';
import type { Assessment, Assessments } from './tenant/assessments.ts';
import { holdersInForce } from './tenant/assignments-in-force.ts';
import { requiredTagDefinition } from './tenant/catalogue/initiatives.ts';
import { exemptionBy } from './tenant/exemption-by-person.ts';
import type { PolicyExemption } from './tenant/policy-exemption.ts';
import type { Recommendation, Tenant } from './tenant/tenant.ts';

type PortalWish = {
  readonly scope: string | undefined;
  /** A key or a title. */
  readonly recommendation: string | undefined;
  readonly expiresInDays: number;
  /** Defender goes on to show the recommendation as open for as long as after any other write. */
  readonly takesTime: boolean;
};
type PortalResult = {
  readonly scope: string;
  readonly recommendation: string;
  readonly exemptions: readonly string[];
};

const dayInMs = 86_400_000;

const isMeant = ({ assessmentKey, displayName }: Recommendation, wish: string): boolean =>
  [assessmentKey, displayName].some((name) => name.toLowerCase() === wish.toLowerCase());

const holdersOf = (tenant: Tenant, { policyDefinitionId }: Recommendation, scope: string) =>
  policyDefinitionId === undefined ? [] : holdersInForce(tenant, scope, policyDefinitionId);

/** The shop comes first, because the stories of Contoso begin there. */
const isOfTheShop = ({ resource }: Assessment): boolean => resource.resourceGroup === 'rg-shop-prod';

/** An open assessment that matches and can be exempted by policy. */
const chooseAssessment = (
  tenant: Tenant,
  assessments: Assessments,
  { scope, recommendation }: PortalWish,
): Assessment => {
  const fitting = assessments
    .all()
    .filter(
      ({ status, resource }) => status.code === 'Unhealthy' && (scope !== undefined || resource.resourceGroup !== ''),
    )
    .filter((one) => recommendation === undefined || isMeant(one.recommendation, recommendation))
    .filter(({ resource }) => scope === undefined || tenant.chainOf(resource.id).includes(normalised(scope)))
    .filter((one) => holdersOf(tenant, one.recommendation, scope ?? one.resource.id).length > 0);
  const chosen = fitting.find(isOfTheShop) ?? fitting[0];
  if (chosen === undefined) throw new RangeError('Nothing here is unhealthy and can be exempted by policy.');
  return chosen;
};

const freeName = (tenant: Tenant, scope: string, wanted: string): string => {
  const isTaken = (name: string): boolean =>
    tenant.exemptions.find(`${scope}/providers/Microsoft.Authorization/policyExemptions/${name}`) !== undefined;
  const short = wanted.replace(/[^A-Za-z0-9_()-]/g, '-').slice(0, 60);
  const numbers = Array.from({ length: 1000 }, (_, number) => (number === 0 ? short : `${short}-${number + 1}`));
  return numbers.find((name) => !isTaken(name)) ?? short;
};

/** The result of the click is visible to every reader at once, unless it takes time. */
const keep = (tenant: Tenant, exemption: PolicyExemption, takesTime = false): string => {
  tenant.exemptions.write(exemption, { settled: !takesTime });
  return exemption.id;
};

/** Somebody exempts in the portal, without the bot: one object for every assignment that includes the policy. */
export const exemptInPortal = (tenant: Tenant, assessments: Assessments, wish: PortalWish): PortalResult => {
  const { recommendation, resource } = chooseAssessment(tenant, assessments, wish);
  const scope = wish.scope ?? resource.id;
  const now = tenant.now();
  const exemptions = holdersOf(tenant, recommendation, scope).map(({ assignment, referenceIds }) => {
    const subject = `ASC-${lastSegment(scope)}-${referenceIds[0] ?? assignment.name}-BuiltIn`;
    const exemption = exemptionBy(tenant.portalAuthor, now, scope, freeName(tenant, scope, subject), {
      policyAssignmentId: assignment.id,
      ...(referenceIds.length > 0 && { policyDefinitionReferenceIds: referenceIds }),
      exemptionCategory: 'Waiver',
      displayName: subject.slice(0, 128),
      description: 'Created in the portal by Pat.',
      expiresOn: new Date(now.getTime() + wish.expiresInDays * dayInMs).toISOString(),
    });
    return keep(tenant, exemption, wish.takesTime);
  });
  return { scope, recommendation: recommendation.displayName, exemptions };
};

/** Somebody exempts a resource group from the tagging policy, which does not concern Defender. */
export const exemptFromTagging = (tenant: Tenant): { readonly exemption: string } => {
  const assignment = tenant.policyAssignments.find((one) => sameId(one.policyDefinitionId, requiredTagDefinition));
  const group = tenant.resourceGroups.find(
    ({ id }) => assignment !== undefined && tenant.chainOf(id).includes(normalised(assignment.scope)),
  );
  if (assignment === undefined || group === undefined) throw new RangeError('Nobody is asked for tags here.');
  const now = tenant.now();
  const exemption = exemptionBy(tenant.portalAuthor, now, group.id, freeName(tenant, group.id, 'owner-tag'), {
    policyAssignmentId: assignment.id,
    exemptionCategory: 'Waiver',
    displayName: 'Owner tag of the shop',
    description: 'Tags follow with the next release.',
    expiresOn: new Date(now.getTime() + 30 * dayInMs).toISOString(),
  });
  return { exemption: keep(tenant, exemption) };
};
