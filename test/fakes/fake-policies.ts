import { GovernanceError } from '../../src/core/governance-error.ts';
import { sameId } from '../../src/core/tenant/arm-id.ts';
import { initiativeOf } from '../../src/core/tenant/assignment-references.ts';
import { covers } from '../../src/core/tenant/hierarchy.ts';
import type { PolicySource } from '../../src/core/tenant/policy.ts';
import type { FakeTenant } from './fake-tenant.ts';

const assignmentId = /^\/.+\/providers\/microsoft\.authorization\/policyassignments\/[^/]+$/i;
const pageSize = 2;

export const fakePolicies = (tenant: FakeTenant): PolicySource => ({
  assignments: async (scope) =>
    tenant.assignments.filter(
      (each) =>
        !tenant.hidden.includes(each.id) &&
        (covers(each.scope, scope, tenant.hierarchy) || covers(scope, each.scope, tenant.hierarchy)),
    ),
  initiative: async (definitionId, definitionVersion) =>
    initiativeOf({ definitionId, definitionVersion }, tenant.initiatives),
  async assignmentExists(id) {
    if (!assignmentId.test(id)) throw new GovernanceError('invalid', `This is no policy assignment: ${id}`);
    return tenant.assignments.some((each) => sameId(each.id, id));
  },
  async *exemptStates() {
    const all = tenant.exemptStates;
    for (let at = 0; at < all.length; at += pageSize) yield all.slice(at, at + pageSize);
  },
});
