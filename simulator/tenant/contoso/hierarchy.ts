import { tenantId } from './people.ts';
import type { ManagementGroup } from '../tenant.ts';

export const managementGroups: readonly ManagementGroup[] = [
  { name: tenantId, displayName: 'Tenant Root Group' },
  { name: 'contoso', displayName: 'Contoso', parent: tenantId },
  { name: 'platform', displayName: 'Platform', parent: 'contoso' },
  { name: 'landingzones', displayName: 'Landing zones', parent: 'contoso' },
  { name: 'corp', displayName: 'Corp', parent: 'landingzones' },
  { name: 'online', displayName: 'Online', parent: 'landingzones' },
  { name: 'sandbox', displayName: 'Sandbox', parent: 'contoso' },
];
