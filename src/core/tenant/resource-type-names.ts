import { nearest } from '../nearest.ts';

/** What people call types of resources, and the types that they mean, in lower case. */
const meant: Readonly<Record<string, readonly string[]>> = {
  vm: ['microsoft.compute/virtualmachines'],
  vmss: ['microsoft.compute/virtualmachinescalesets'],
  arc: ['microsoft.hybridcompute/machines'],
  disk: ['microsoft.compute/disks'],
  storage: ['microsoft.storage/storageaccounts'],
  sql: [
    'microsoft.sql/servers',
    'microsoft.sql/servers/databases',
    'microsoft.sql/managedinstances',
    'microsoft.sqlvirtualmachine/sqlvirtualmachines',
  ],
  postgres: ['microsoft.dbforpostgresql/servers', 'microsoft.dbforpostgresql/flexibleservers'],
  mysql: ['microsoft.dbformysql/servers', 'microsoft.dbformysql/flexibleservers'],
  cosmos: ['microsoft.documentdb/databaseaccounts'],
  redis: ['microsoft.cache/redis', 'microsoft.cache/redisenterprise'],
  keyvault: ['microsoft.keyvault/vaults', 'microsoft.keyvault/managedhsms'],
  aks: ['microsoft.containerservice/managedclusters'],
  acr: ['microsoft.containerregistry/registries'],
  web: ['microsoft.web/sites', 'microsoft.web/sites/slots'],
  logicapp: ['microsoft.logic/workflows'],
  apim: ['microsoft.apimanagement/service'],
  servicebus: ['microsoft.servicebus/namespaces'],
  eventhub: ['microsoft.eventhub/namespaces'],
  vnet: ['microsoft.network/virtualnetworks'],
  subnet: ['microsoft.network/virtualnetworks/subnets'],
  nsg: ['microsoft.network/networksecuritygroups'],
  ip: ['microsoft.network/publicipaddresses'],
  ai: ['microsoft.cognitiveservices/accounts', 'microsoft.machinelearningservices/workspaces'],
  databricks: ['microsoft.databricks/workspaces'],
  synapse: ['microsoft.synapse/workspaces'],
};

const others: Readonly<Record<string, string>> = {
  ...{ vms: 'vm', machine: 'vm', server: 'arc', disks: 'disk', sa: 'storage', mssql: 'sql', database: 'sql' },
  ...{ postgresql: 'postgres', cosmosdb: 'cosmos', kv: 'keyvault', vault: 'keyvault', kubernetes: 'aks' },
  ...{ registry: 'acr', app: 'web', webapp: 'web', function: 'web', functionapp: 'web', network: 'vnet', openai: 'ai' },
};

/** The short names of types, as people may write them. */
export const shortTypeNames: readonly string[] = Object.keys(meant);

/** The types that somebody means: those of a short name; otherwise what they typed, a type or the last part of one. In lower case. */
export const typesMeant = (typed: string): readonly string[] => {
  const name = typed.trim().toLowerCase();
  return meant[others[name] ?? name] ?? [name];
};

/** What to say about a type under which nothing was found; empty for a short name and for a whole type. */
export const typeHint = (typed: string): string => {
  const name = typed.trim().toLowerCase();
  if (name === '' || name.includes('/') || (others[name] ?? name) in meant) return '';
  const near = nearest(name, shortTypeNames);
  return `“${typed}” is no short name of a type.${near === undefined ? '' : ` Did you mean type:${near}?`} Short names are ${shortTypeNames.join(', ')}; otherwise write the type as Azure does, such as type:Microsoft.Compute/virtualMachines.`;
};
