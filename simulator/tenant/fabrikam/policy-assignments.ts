import { extensionId, managementGroupId } from '../arm-id.ts';
import { benchmark, nist, requiredTagDefinition } from '../catalogue/initiatives.ts';
import type { PolicyAssignment, Subscription } from '../tenant.ts';
import { fabrikamBaseline } from './baseline.ts';
import type { FabrikamEstate } from './estate.ts';
import type { Oddity } from './oddities.ts';
import { objectIdOf } from './people.ts';
import { parts, subscriptionIdAt } from './subscriptions.ts';

type Plan = Pick<PolicyAssignment, 'name' | 'scope' | 'displayName' | 'policyDefinitionId'> & Partial<PolicyAssignment>;

const assign = (plan: Plan): PolicyAssignment => ({
  id: extensionId(plan.scope, 'Microsoft.Authorization/policyAssignments', plan.name),
  notScopes: [],
  assignedBy: 'Pat Portal',
  ...plan,
});

const at = (position: number): string => `/subscriptions/${subscriptionIdAt(position)}`;

const scopedByDefender = ({ subscriptionId }: Subscription): PolicyAssignment =>
  assign({
    name: 'SecurityCenterBuiltIn',
    scope: `/subscriptions/${subscriptionId}`,
    displayName: `ASC Default (subscription: ${subscriptionId})`,
    policyDefinitionId: benchmark.id,
    assignedBy: 'Security Center',
  });

const pinned = (): readonly PolicyAssignment[] => [
  assign({
    name: 'fab-baseline-1',
    scope: managementGroupId('fab-corp'),
    displayName: 'Fabrikam baseline, first edition',
    policyDefinitionId: fabrikamBaseline.id,
    definitionVersion: '1.*.*',
  }),
  assign({
    name: 'fab-baseline-preview',
    scope: managementGroupId('fab-sandbox'),
    displayName: 'Fabrikam baseline, preview',
    policyDefinitionId: fabrikamBaseline.id,
    definitionVersion: '2.2.*-preview',
  }),
];

/** Where the benchmark is assigned, how it is narrowed, and the other initiatives. */
export const policyAssignmentsOf = (
  subscriptions: readonly Subscription[],
  { resourceGroups }: FabrikamEstate,
  has: (oddity: Oddity) => boolean,
): PolicyAssignment[] => {
  const leftOut = resourceGroups.filter(({ name }) => name.endsWith('-9')).slice(0, 5);
  const atRoot = assign({
    name: 'Deploy-MDC-MCSB',
    scope: managementGroupId('fabrikam'),
    displayName: 'Microsoft cloud security benchmark',
    policyDefinitionId: benchmark.id,
    notScopes: has('excludedScopes') ? [at(parts.warned), ...leftOut.map(({ id }) => id)] : [],
  });
  const again = assign({
    name: 'mcsb-corp',
    scope: managementGroupId('fab-corp'),
    displayName: 'Microsoft cloud security benchmark',
    policyDefinitionId: benchmark.id,
    ...(has('overrides') && {
      overrides: [
        {
          kind: 'policyEffect',
          value: 'Disabled',
          selectors: [
            { kind: 'policyDefinitionReferenceId', in: ['diskEncryptionMonitoring', 'systemUpdatesV2Monitoring'] },
          ],
        },
      ],
    }),
  });
  return [
    atRoot,
    ...(has('doubledAssignments') ? [again, ...subscriptions.map(scopedByDefender)] : []),
    ...(has('pinnedAssignments') ? pinned() : []),
    assign({
      name: 'fab-baseline',
      scope: managementGroupId('Fab-Online'),
      displayName: 'Fabrikam baseline',
      policyDefinitionId: fabrikamBaseline.id,
    }),
    assign({
      name: 'nist-sp-800-53-r5',
      scope: managementGroupId('fab-regulated'),
      displayName: 'NIST SP 800-53 Rev. 5',
      policyDefinitionId: nist.id,
      ...(has('selectors') && {
        resourceSelectors: [
          {
            name: 'europe',
            selectors: [{ kind: 'resourceLocation', in: ['westeurope', 'northeurope', 'swedencentral'] }],
          },
        ],
      }),
    }),
    ...(has('selectors')
      ? [
          assign({
            name: 'fab-baseline-pilot',
            scope: managementGroupId('Fab-Online'),
            displayName: 'Fabrikam baseline, for its pilots',
            policyDefinitionId: fabrikamBaseline.id,
            resourceSelectors: [
              { name: 'pilots', selectors: [{ kind: 'userPrincipalId', in: [objectIdOf('carol')] }] },
            ],
          }),
        ]
      : []),
    assign({
      name: 'require-owner-tag',
      scope: at(parts.shop),
      displayName: 'Every resource names its owner',
      policyDefinitionId: requiredTagDefinition,
    }),
  ];
};
