import type { Subscription } from '../tenant.ts';

export type GroupPlan = {
  readonly subscription: string;
  readonly name: string;
  readonly location: string;
  readonly owner: string;
  readonly managedBy?: string;
  /** Type and name as in an id: `Microsoft.Sql/servers/sql-shop/databases/orders`; functionapp is a kind of site. */
  readonly resources: readonly string[];
};

const of = (type: string, ...names: string[]): string[] => names.map((name) => `${type}/${name}`);
const machines = (...names: string[]) => of('Microsoft.Compute/virtualMachines', ...names);
const storage = (...names: string[]) => of('Microsoft.Storage/storageAccounts', ...names);
const vaults = (...names: string[]) => of('Microsoft.KeyVault/vaults', ...names);
const sites = (...names: string[]) => of('Microsoft.Web/sites', ...names);
const caches = (...names: string[]) => of('Microsoft.Cache/Redis', ...names);
const clusters = (...names: string[]) => of('Microsoft.ContainerService/managedClusters', ...names);
const registries = (...names: string[]) => of('Microsoft.ContainerRegistry/registries', ...names);
const gateways = (...names: string[]) => of('Microsoft.Network/applicationGateways', ...names);
const automation = (...names: string[]) => of('Microsoft.Automation/automationAccounts', ...names);
const postgres = (...names: string[]) => of('Microsoft.DBforPostgreSQL/servers', ...names);
const sql = (server: string, ...databases: string[]) => [
  `Microsoft.Sql/servers/${server}`,
  ...databases.map((database) => `Microsoft.Sql/servers/${server}/databases/${database}`),
];
const network = (name: string, ...subnets: string[]) => [
  `Microsoft.Network/virtualNetworks/${name}`,
  ...subnets.map((subnet) => `Microsoft.Network/virtualNetworks/${name}/subnets/${subnet}`),
];

export const subscriptionPlan: readonly Pick<Subscription, 'name' | 'managementGroup' | 'defender'>[] = [
  { name: 'shop-prod', managementGroup: 'online' },
  { name: 'shop-test', managementGroup: 'online' },
  { name: 'corp-prod', managementGroup: 'corp' },
  { name: 'corp-data', managementGroup: 'corp' },
  { name: 'connectivity', managementGroup: 'platform' },
  { name: 'sandbox-1', managementGroup: 'sandbox' },
  { name: 'sandbox-2', managementGroup: 'sandbox' },
  // Opened in November 2026, when a new subscription no longer had the free plan of Defender.
  { name: 'sandbox-3', managementGroup: 'sandbox', defender: 'no plan' },
];

export const groupPlans: readonly GroupPlan[] = [
  {
    subscription: 'shop-prod',
    name: 'rg-shop-prod',
    location: 'westeurope',
    owner: 'team-shop',
    resources: [
      ...machines('vm-shop-1', 'vm-shop-2', 'vm-shop-10'),
      ...storage('stshopprod', 'stshoplogs'),
      ...vaults('kv-shop-prod'),
      ...sql('sql-shop-prod', 'orders', 'catalog'),
      ...caches('redis-shop-prod'),
      ...sites('app-shop-web', 'app-shop-admin', 'func-shop-orders'),
      ...gateways('agw-shop-prod'),
      ...network('vnet-shop-prod', 'web', 'data'),
    ],
  },
  {
    subscription: 'shop-prod',
    name: 'rg-shop-platform',
    location: 'westeurope',
    owner: 'team-shop',
    resources: [
      ...clusters('aks-shop-prod'),
      ...registries('crshopprod'),
      ...machines('vm-shop-build-1'),
      ...storage('stshopbackup'),
      ...vaults('kv-shop-platform'),
    ],
  },
  {
    subscription: 'shop-test',
    name: 'rg-shop-test',
    location: 'westeurope',
    owner: 'team-shop',
    resources: [
      ...machines('vm-shop-test-1'),
      ...storage('stshoptest'),
      ...vaults('kv-shop-test'),
      ...sql('sql-shop-test', 'orders'),
      ...sites('app-shop-test', 'func-shop-test'),
    ],
  },
  {
    subscription: 'corp-prod',
    name: 'rg-corp-web',
    location: 'northeurope',
    owner: 'team-intranet',
    resources: [
      ...machines('vm-intranet-1', 'vm-intranet-2'),
      ...storage('stcorpweb'),
      ...sites('app-intranet', 'app-wiki'),
      ...vaults('kv-corp-web'),
      ...network('vnet-corp', 'web'),
    ],
  },
  {
    subscription: 'corp-prod',
    name: 'rg-corp-hr',
    location: 'northeurope',
    owner: 'team-hr',
    resources: [
      ...sql('sql-corp-hr', 'payroll', 'people'),
      ...storage('sthrdocuments'),
      ...vaults('kv-hr'),
      ...machines('vm-hr-1'),
      ...sites('func-hr-import'),
    ],
  },
  {
    subscription: 'corp-data',
    name: 'rg-corp-analytics',
    location: 'westeurope',
    owner: 'team-data',
    resources: [
      ...of('Microsoft.Databricks/workspaces', 'dbw-corp-analytics'),
      ...storage('stcorplake'),
      ...of('Microsoft.DocumentDB/databaseAccounts', 'cosmos-corp-events'),
      ...postgres('psql-corp-reports'),
      ...automation('aa-corp-jobs'),
      ...sql('sql-corp-dwh', 'dwh'),
      ...vaults('kv-analytics'),
    ],
  },
  {
    subscription: 'corp-data',
    name: 'databricks-rg-dbw-corp-analytics-x7k2q',
    location: 'westeurope',
    owner: 'team-data',
    managedBy: 'rg-corp-analytics/providers/Microsoft.Databricks/workspaces/dbw-corp-analytics',
    resources: [...machines('workers-0', 'workers-1'), ...storage('dbstoragex7k2q')],
  },
  {
    subscription: 'connectivity',
    name: 'rg-connectivity',
    location: 'westeurope',
    owner: 'team-network',
    resources: [
      ...machines('vm-dns-1', 'vm-dns-2', 'vm-nva-1'),
      ...gateways('agw-hub'),
      ...network('vnet-hub', 'gateway', 'dns'),
      ...storage('sthublogs'),
      ...vaults('kv-hub'),
      ...automation('aa-platform-jobs'),
    ],
  },
  {
    subscription: 'sandbox-1',
    name: 'rg-sandbox-anna',
    location: 'swedencentral',
    owner: 'anna',
    resources: [
      ...machines('vm-lab-1', 'vm-lab-2'),
      ...storage('stlabanna'),
      ...caches('redis-lab'),
      ...registries('crlab'),
      ...clusters('aks-lab'),
      ...sql('sql-lab', 'play'),
    ],
  },
  {
    subscription: 'sandbox-2',
    name: 'rg-sandbox-ben',
    location: 'swedencentral',
    owner: 'ben',
    resources: [
      ...machines('vm-try-1'),
      ...storage('sttryben'),
      ...vaults('kv-try'),
      ...sites('app-try'),
      ...postgres('psql-try'),
    ],
  },
  {
    subscription: 'sandbox-3',
    name: 'rg-sandbox-cleo',
    location: 'swedencentral',
    owner: 'cleo',
    resources: [...machines('vm-new-1'), ...storage('stnewcleo')],
  },
];
