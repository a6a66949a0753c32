import { assessmentIdOf } from '../../tenant/standings.ts';
import type { Assessment } from '../../tenant/assessments.ts';
import type { Tenant } from '../../tenant/tenant.ts';
import { placeRow } from './placed-row.ts';
import type { PlacedRow } from './placed-row.ts';

export const governanceAssignmentType = 'Microsoft.Security/assessments/governanceAssignments';

const guidFor = (id: string): string => {
  let hash = 0x811c9dc5;
  for (const character of id) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return `60ed0000-0000-4000-8000-${hash.toString(16).padStart(12, '0')}`;
};

/** The governance assignments that Defender's rules made for owners: one for each unhealthy assessment of a resource that they own. */
export function* governanceRows(tenant: Tenant, assessments: Iterable<Assessment>): Generator<PlacedRow> {
  for (const assessment of assessments) {
    const { resource, status } = assessment;
    const owner = status.code === 'Unhealthy' ? tenant.governanceOwnerOf?.(resource.id) : undefined;
    if (owner === undefined) continue;
    const id = assessmentIdOf(assessment);
    const name = guidFor(id.toLowerCase());
    yield placeRow(tenant, resource.id, {
      id: `${id}/governanceAssignments/${name}`,
      name,
      type: governanceAssignmentType,
      properties: {
        owner,
        remediationDueDate: '2027-01-31T00:00:00.0000000Z',
        isGracePeriod: true,
        remediationEta: null,
        governanceEmailNotification: { disableManagerEmailNotification: false, disableOwnerEmailNotification: false },
        assignedResourceId: id,
        additionalData: null,
      },
    });
  }
}
