import { lastSegment } from '../arm-id.ts';
import type { Initiative, PolicyDefinition } from '../tenant.ts';
import benchmarkReferences from './benchmark.json' with { type: 'json' };
import { recommendations, recommendedDefinitions } from './recommendations.ts';

export const builtInDefinition = (name: string): string =>
  `/providers/Microsoft.Authorization/policyDefinitions/${name}`;
const builtInInitiative = (name: string): string => `/providers/Microsoft.Authorization/policySetDefinitions/${name}`;

export const benchmark: Initiative = {
  id: builtInInitiative('1f3afdf9-d0c9-4c3d-847f-89da613e70a8'),
  displayName: 'Microsoft cloud security benchmark',
  policyType: 'BuiltIn',
  category: 'Security Center',
  version: '57.56.0',
  members: benchmarkReferences.map(({ referenceId, policyDefinition, groups }) => ({
    policyDefinitionId: builtInDefinition(policyDefinition),
    policyDefinitionReferenceId: referenceId,
    groupNames: groups.map((group) => `Azure_Security_Benchmark_v3.0_${group}`),
  })),
};

const outsideOfNist = new Set(
  recommendations
    .filter(({ control }) => control === 'Implement security best practices')
    .map(({ policyDefinitionId }) => policyDefinitionId),
);

/** Regulatory initiatives often use the definition's GUID as the reference id. */
export const nist: Initiative = {
  id: builtInInitiative('179d1daa-458f-4e47-8086-2a68d0d6c38f'),
  displayName: 'NIST SP 800-53 Rev. 5',
  policyType: 'BuiltIn',
  category: 'Regulatory Compliance',
  version: '14.19.0',
  members: recommendedDefinitions
    .filter(({ id }) => !outsideOfNist.has(id) && benchmark.members.some((member) => member.policyDefinitionId === id))
    .map(({ id }) => ({
      policyDefinitionId: id,
      policyDefinitionReferenceId: lastSegment(id),
      groupNames: ['NIST_SP_800-53_R5.1.1_SC-7'],
    })),
};

export const secureTransferDefinition = builtInDefinition('404c3081-a854-4457-ae30-26a93ef643f9');
export const requiredTagDefinition = builtInDefinition('871b6d14-10aa-478d-b590-94f262ecfa99');

const benchmarkDefinitions: readonly PolicyDefinition[] = benchmarkReferences.map((reference) => ({
  id: builtInDefinition(reference.policyDefinition),
  displayName: reference.displayName,
  policyType: 'BuiltIn',
  category: 'Security Center',
  mode: reference.mode,
  effect: reference.effect ?? 'Audit',
}));

/** The policy definitions of Microsoft's initiatives and behind its recommendations. */
export const policyDefinitions: readonly PolicyDefinition[] = [
  ...benchmarkDefinitions,
  ...recommendedDefinitions
    .filter(({ id }) => !benchmarkDefinitions.some((definition) => definition.id === id))
    .map(({ id, displayName }): PolicyDefinition => ({
      id,
      displayName,
      policyType: 'BuiltIn',
      category: 'Security Center',
      mode: 'Indexed',
      effect: 'AuditIfNotExists',
    })),
  {
    id: requiredTagDefinition,
    displayName: 'Require a tag on resources',
    policyType: 'BuiltIn',
    category: 'Tags',
    mode: 'Indexed',
    effect: 'Deny',
  },
];
