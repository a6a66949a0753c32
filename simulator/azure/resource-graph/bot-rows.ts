import type { AzureBot, Tenant } from '../../tenant/tenant.ts';
import { placeRow } from './placed-row.ts';
import type { PlacedRow } from './placed-row.ts';
import { rowsWithin } from './segment.ts';
import type { Segment } from './segment.ts';

const botRow = (tenant: Tenant, { id, name, endpoint, appId, appType, enabledChannels }: AzureBot): PlacedRow =>
  placeRow(tenant, id, {
    id,
    name,
    type: 'Microsoft.BotService/botServices',
    kind: 'azurebot',
    location: 'global',
    sku: { name: 'F0' },
    tags: {},
    properties: {
      displayName: name,
      endpoint,
      msaAppId: appId,
      msaAppType: appType,
      msaAppTenantId: tenant.tenantId,
      configuredChannels: enabledChannels,
      enabledChannels,
      provisioningState: 'Succeeded',
    },
  });

export const botSegment = (tenant: Tenant): Segment => ({
  types: ['microsoft.botservice/botservices'],
  rows: (within) =>
    rowsWithin(
      tenant.azureBots,
      within,
      ({ id }) => id,
      (bot) => botRow(tenant, bot),
    ),
});
