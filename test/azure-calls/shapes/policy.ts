import { listOf, objectOf, specAt, text, texts, type Schema, type Shape } from './shape.ts';

const policy = 'resources/resource-manager/Microsoft.Authorization';
const exemptions = specAt(
  `${policy}/policy/PolicyExemption.tsp and models.tsp`,
  '0544fb022bc15534da2be1f9d4ebb1cd8a98651a',
);

// The unions of the definition are open to later values; a value that it does not name is none that we know Azure to take.
const selector = objectOf({
  kind: {
    enum: [
      'resourceLocation',
      'resourceType',
      'resourceWithoutLocation',
      'policyDefinitionReferenceId',
      'userPrincipalId',
      'groupPrincipalId',
    ],
  },
  in: texts,
  notIn: texts,
});

const exemption: Schema = objectOf(
  {
    properties: objectOf(
      {
        policyAssignmentId: text,
        policyDefinitionReferenceIds: texts,
        exemptionCategory: { enum: ['Waiver', 'Mitigated'] },
        expiresOn: { type: 'string', format: 'date-time' },
        displayName: text,
        description: text,
        // Open-ended in the definition.
        metadata: { type: 'object' },
        resourceSelectors: listOf(objectOf({ name: text, selectors: listOf(selector) })),
        assignmentScopeValidation: { enum: ['Default', 'DoNotValidate'] },
      },
      ['policyAssignmentId', 'exemptionCategory'],
    ),
  },
  ['properties'],
);

/** Of exemptions and assignments. */
const ofPolicies: Schema = { type: 'string', pattern: '^[^<>*%&:\\\\?.+/]*[^<>*%&:\\\\?.+/ ]+$' };

const ofExemptions = (method: string): Shape => ({
  call: `${method} {scope}/providers/Microsoft.Authorization/policyExemptions/{name}`,
  apiVersion: '2026-01-01-preview',
  source: exemptions,
  name: ofPolicies,
});

/** Azure Policy: exemptions, assignments and initiatives. */
export const policyShapes: readonly Shape[] = [
  ofExemptions('GET'),
  { ...ofExemptions('PUT'), body: exemption },
  ofExemptions('DELETE'),
  {
    call: 'GET {scope}/providers/Microsoft.Authorization/policyAssignments/{name}',
    apiVersion: '2023-04-01',
    source: specAt(`${policy}/stable/2023-04-01/policyAssignments.json`, '04c2cb7bb78946cf2fce656ee0ccff69bec99f5b'),
    name: ofPolicies,
  },
  {
    call: 'GET {scope}/providers/Microsoft.Authorization/policySetDefinitions/{name}',
    apiVersion: '2021-06-01',
    source: specAt(`${policy}/stable/2021-06-01/policySetDefinitions.json`, '1d62310f76fe82c5bb093503d688ba3205c42753'),
  },
  {
    call: 'GET {scope}/providers/Microsoft.Authorization/policySetDefinitions/{name}/versions',
    apiVersion: '2023-04-01',
    source: specAt(
      `${policy}/stable/2023-04-01/policySetDefinitionVersions.json`,
      '06ab5042e928f565d1dcfa9bbce37176e184624e',
    ),
    query: { $top: { type: 'string', pattern: '^([1-9][0-9]{0,2}|1000)$' } },
  },
];
