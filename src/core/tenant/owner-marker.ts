/**
 * Written into the metadata of every exemption as `pacOwnerId`. EPAC deletes exemptions that name no owner when it deploys in full mode, and
 * leaves those alone that name another owner.
 */
export const ownPacOwner = 'exemption-desk';

const ownerKeys = ['managedby', 'deployedby', 'provisionedby', 'provisioner', 'createdwith', 'source'];

const tools: readonly (readonly [RegExp, string])[] = [
  [/\bepac\b|enterprise-azure-policy-as-code/i, 'EPAC'],
  [/terraform/i, 'Terraform'],
  [/opentofu/i, 'OpenTofu'],
  [/pulumi/i, 'Pulumi'],
  [/bicep/i, 'Bicep'],
];

/** The tool whose metadata marks a policy assignment or exemption as kept in its own files. Such a tool reverts changes by others. */
export const ownerInMetadata = (metadata: Readonly<Record<string, unknown>>): string | undefined => {
  for (const [key, value] of Object.entries(metadata)) {
    if (typeof value !== 'string' || value === '') continue;
    const name = key.replace(/[^a-z]/gi, '').toLowerCase();
    if (name === 'pacownerid') {
      if (value === ownPacOwner) continue;
      return 'EPAC';
    }
    const tool = ownerKeys.includes(name) ? tools.find(([pattern]) => pattern.test(value)) : undefined;
    if (tool !== undefined) return tool[1];
  }
  return undefined;
};
