import { ownerInMetadata } from '../../../src/core/tenant/owner-marker.ts';

describe('the tool behind a policy object', () => {
  it.each([
    [{ pacOwnerId: 'c1a2' }, 'EPAC'],
    [{ deployedBy: 'epac/c1a2/prod' }, 'EPAC'],
    [{ managedBy: 'terraform' }, 'Terraform'],
    [{ managed_by: 'Terraform Cloud' }, 'Terraform'],
    [{ 'Managed-By': 'OpenTofu' }, 'OpenTofu'],
    [{ source: 'https://github.com/contoso/policy-bicep' }, 'Bicep'],
  ])('is told by %j', (metadata, tool) => {
    expect(ownerInMetadata(metadata)).toBe(tool);
  });

  it.each([
    {},
    { pacOwnerId: '' },
    { pacOwnerId: 'exemption-desk', exemptionDesk: { request: 'EX-12AB' } },
    { assignedBy: 'Terraform Terry' },
    { managedBy: 'the platform team' },
    { managedBy: { tool: 'terraform' } },
    { source: 'https://example.org' },
  ])('is not told by %j', (metadata) => {
    expect(ownerInMetadata(metadata)).toBeUndefined();
  });
});
