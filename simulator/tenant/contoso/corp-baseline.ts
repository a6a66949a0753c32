import { extensionId, managementGroupId } from '../arm-id.ts';
import { builtInDefinition, secureTransferDefinition } from '../catalogue/initiatives.ts';
import type { Initiative, InitiativeMember } from '../tenant.ts';

const baselineMember = (policyDefinitionReferenceId: string, policyDefinitionId: string): InitiativeMember => ({
  policyDefinitionId,
  policyDefinitionReferenceId,
  groupNames: [],
});

const sqlAuditing = baselineMember('corpSqlAuditing', builtInDefinition('a6fb4358-5bf4-4ad7-ba82-2cd2f41ce5e9'));
const vaultFirewall = baselineMember('corpVaultFirewall', builtInDefinition('55615ac9-af46-4a59-874e-391cc3dfb490'));

/** Contoso's own initiative: it holds one definition twice, and older versions with other reference ids. */
export const corpBaseline: Initiative = {
  id: extensionId(managementGroupId('contoso'), 'Microsoft.Authorization/policySetDefinitions', 'corp-baseline'),
  displayName: 'Corp security baseline',
  policyType: 'Custom',
  category: 'Security Center',
  version: '1.4.0',
  members: [
    baselineMember('corpSecureTransfer', secureTransferDefinition),
    sqlAuditing,
    // One definition, twice: for the vaults of today and, stricter, for those of the new landing zone.
    vaultFirewall,
    baselineMember('corpVaultFirewallStrict', builtInDefinition('55615ac9-af46-4a59-874e-391cc3dfb490')),
  ],
  // Before, the transfer had another reference id, and the vaults only one. A preview has neither.
  olderVersions: [
    { version: '1.5.0-preview', members: [sqlAuditing] },
    {
      version: '1.3.2',
      members: [baselineMember('corpTransferOnly', secureTransferDefinition), sqlAuditing, vaultFirewall],
    },
    { version: '1.3.0', members: [sqlAuditing] },
  ],
};
