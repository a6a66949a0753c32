import { standardAssignmentId, standardAssignmentType } from '../../tenant/standard-assignments.ts';
import type { StandardAssignment } from '../../tenant/tenant.ts';

/** A standard assignment as Resource Manager shows it. */
export const standardAssignmentDocument = (assignment: StandardAssignment) => {
  const { properties, systemData, name } = assignment;
  return {
    id: standardAssignmentId(assignment),
    name,
    type: standardAssignmentType,
    properties: {
      ...properties,
      metadata: {
        createdBy: systemData.createdBy,
        createdOn: systemData.createdAt,
        lastUpdatedBy: systemData.lastModifiedBy,
        lastUpdatedOn: systemData.lastModifiedAt,
      },
    },
    systemData,
  };
};
