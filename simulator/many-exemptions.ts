import { lastSegment } from './tenant/arm-id.ts';
import type { Assessments } from './tenant/assessments.ts';
import { holdersInForce } from './tenant/assignments-in-force.ts';
import { exemptionBy } from './tenant/exemption-by-person.ts';
import type { Tenant } from './tenant/tenant.ts';

const dayInMs = 86_400_000;
const usualEnds = 400;

/** Exemptions that scripts made over the years, never twice with the same name: as found in large tenants. */
export const makeManyExemptions = (
  tenant: Tenant,
  assessments: Assessments,
  count: number,
): { readonly exemptions: number } => {
  const now = tenant.now();
  const places = assessments.all().flatMap(({ recommendation, resource }) =>
    holdersInForce(tenant, resource.id, recommendation.policyDefinitionId ?? '').map(
      ({ assignment, referenceIds }) => ({
        scope: resource.id,
        assignment,
        referenceIds,
      }),
    ),
  );
  for (let number = 0; number < count; number += 1) {
    const place = places[number % places.length];
    if (place === undefined) throw new RangeError('Nothing here can be exempted by policy.');
    const madeAt = new Date(now.getTime() - (10 + (number % 300)) * dayInMs);
    const name = `bulk-${number}-${lastSegment(place.scope)}`.slice(0, 64);
    tenant.exemptions.write(
      exemptionBy(tenant.portalAuthor, madeAt, place.scope, name, {
        policyAssignmentId: place.assignment.id,
        ...(place.referenceIds.length > 0 && { policyDefinitionReferenceIds: place.referenceIds }),
        exemptionCategory: 'Waiver',
        displayName: name,
        description: 'Made by a script.',
        expiresOn: new Date(now.getTime() + (1 + (number % usualEnds)) * dayInMs).toISOString(),
      }),
      { settled: true },
    );
  }
  return { exemptions: count };
};
