import type { World } from '../../../simulator/start.ts';
import type { ExemptionRequest } from '../../../src/core/request/request.ts';

/** An exemption of somebody else under the very id of a target, long expired, with things in it that we have never heard of. */
export const standsBefore = ({ tenant }: Pick<World, 'tenant'>, request: ExemptionRequest) => {
  const target = request.targets.find(({ assignmentId }) => assignmentId.includes('Deploy-MDC-MCSB'))!;
  const pat = { createdBy: 'pat@contoso.com', createdByType: 'User', createdAt: '2026-01-02T03:04:05Z' };
  const before = {
    id: target.exemptionId,
    name: target.exemptionId.split('/').at(-1)!,
    scope: target.scope,
    properties: {
      policyAssignmentId: target.assignmentId,
      policyDefinitionReferenceIds: [...(target.referenceIds ?? [])],
      exemptionCategory: 'Mitigated',
      displayName: 'Done another way',
      description: 'See the wiki.',
      expiresOn: '2026-02-01T00:00:00Z',
      metadata: { wiki: 'page 7', exemptionDesk: { request: 'EX-OLD1' } },
      resourceSelectors: [{ name: 'here', selectors: [{ kind: 'resourceLocation' as const, in: ['westeurope'] }] }],
      assignmentScopeValidation: 'Default',
    },
    systemData: {
      ...pat,
      lastModifiedBy: pat.createdBy,
      lastModifiedByType: pat.createdByType,
      lastModifiedAt: pat.createdAt,
    },
  };
  tenant.exemptions.write(before, { settled: true });
  return before;
};
