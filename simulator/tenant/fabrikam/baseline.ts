import { extensionId, managementGroupId } from '../arm-id.ts';
import { builtInDefinition, secureTransferDefinition } from '../catalogue/initiatives.ts';
import type { Initiative, InitiativeMember } from '../tenant.ts';

const member = (policyDefinitionReferenceId: string, policyDefinitionId: string): InitiativeMember => ({
  policyDefinitionId,
  policyDefinitionReferenceId,
  groupNames: [],
});

const sqlAuditing = member('fabSqlAuditing', builtInDefinition('a6fb4358-5bf4-4ad7-ba82-2cd2f41ce5e9'));
const vaultFirewall = member('fabVaultFirewall', builtInDefinition('55615ac9-af46-4a59-874e-391cc3dfb490'));

/** Fabrikam's own initiative. The newest version renamed a reference; a preview has one policy only. */
export const fabrikamBaseline: Initiative = {
  id: extensionId(managementGroupId('fabrikam'), 'Microsoft.Authorization/policySetDefinitions', 'fab-baseline'),
  displayName: 'Fabrikam baseline',
  policyType: 'Custom',
  category: 'Security Center',
  version: '2.1.0',
  members: [member('fabSecureTransfer', secureTransferDefinition), sqlAuditing, vaultFirewall],
  olderVersions: [
    { version: '2.2.0-preview', members: [sqlAuditing] },
    { version: '1.3.5', members: [member('fabTransferOnly', secureTransferDefinition), sqlAuditing] },
  ],
};
