import { normalised } from '../arm-id.ts';
import benchmarkReferences from '../catalogue/benchmark.json' with { type: 'json' };
import { builtInDefinition } from '../catalogue/initiatives.ts';
import { recommendations as known } from '../catalogue/recommendations.ts';
import type { Recommendation } from '../tenant.ts';
import { guidOf, numbersTo, pick } from './dice.ts';

/** Subjects of the policies of the benchmark, by words of their names; the first that fits counts. */
const subjects: readonly (readonly [words: RegExp, resourceType: string, kind?: string])[] = [
  [/defender .*should be enabled$|autoprovisioning/i, 'Microsoft.Resources/subscriptions'],
  [/Arc enabled/, 'Microsoft.Kubernetes/connectedClusters'],
  [/Kubernetes|AKS|running container/, 'Microsoft.ContainerService/managedClusters'],
  [/registr/i, 'Microsoft.ContainerRegistry/registries'],
  [/^Function apps/, 'Microsoft.Web/sites', 'functionapp'],
  [/^App Service apps/, 'Microsoft.Web/sites', 'app'],
  [/Storage accounts/, 'Microsoft.Storage/storageAccounts'],
  [/SQL managed instance/i, 'Microsoft.Sql/managedInstances'],
  [/SQL Databases?/i, 'Microsoft.Sql/servers/databases'],
  [/MySQL/, 'Microsoft.DBforMySQL/servers'],
  [/MariaDB/, 'Microsoft.DBforMariaDB/servers'],
  [/PostgreSQL/, 'Microsoft.DBforPostgreSQL/servers'],
  [/SQL servers on machines|scale set|machines?\b/i, 'Microsoft.Compute/virtualMachines'],
  [/SQL (logical )?servers/, 'Microsoft.Sql/servers'],
  [/Key Vault|vaults|^Certificates/, 'Microsoft.KeyVault/vaults'],
  [/Service Bus/, 'Microsoft.ServiceBus/namespaces'],
  [/Event Hub/, 'Microsoft.EventHub/namespaces'],
  [/Logic Apps/, 'Microsoft.Logic/workflows'],
  [/Redis/, 'Microsoft.Cache/Redis'],
  [/AI [Ss]ervices/, 'Microsoft.CognitiveServices/accounts'],
  [/API (Management|endpoints)/, 'Microsoft.ApiManagement/service'],
  [/Cosmos/, 'Microsoft.DocumentDB/databaseAccounts'],
];

const severities = ['High', 'Medium', 'Medium', 'Low'] as const;
const controls = [
  'Remediate security configurations',
  'Restrict unauthorized network access',
  'Enable auditing and logging',
  'Manage access and permissions',
  'Enable encryption at rest',
] as const;

const described = (displayName: string) => ({
  severity: pick(`severity ${displayName}`, severities),
  control: pick(`control ${displayName}`, controls),
  description: `Defender for Cloud has found that this is not so: ${displayName}.`,
  remediationDescription: 'Change the configuration of the resource, or ask its owner to.',
});

/** Policies of the benchmark that still look for a recommendation of an older key, which Defender retired in 2026. */
const lookForRetired =
  /^(Guest|Blocked) accounts with|^SQL (databases|servers on machines) should have vulnerability findings|^System updates should be installed|container images should have vulnerabilities resolved|^Machines should have secret findings/;

const definitionsKnown = new Set(known.map(({ policyDefinitionId = '' }) => normalised(policyDefinitionId)));

const ofBenchmark: readonly Recommendation[] = benchmarkReferences
  .filter(({ policyDefinition }) => !definitionsKnown.has(normalised(builtInDefinition(policyDefinition))))
  .filter(({ displayName }) => !lookForRetired.test(displayName))
  .map(({ policyDefinition, displayName }) => {
    const [, resourceType = 'Microsoft.Resources/subscriptions', resourceKind] =
      subjects.find(([words]) => words.test(displayName)) ?? [];
    return {
      assessmentKey: guidOf(`recommendation ${policyDefinition}`),
      displayName,
      policyDefinitionId: builtInDefinition(policyDefinition),
      resourceType,
      ...(resourceKind !== undefined && { resourceKind }),
      category: 'Compute',
      evaluatedWithoutPolicy: false,
      ...described(displayName),
    };
  });

const withoutPolicy: readonly (readonly [title: string, resourceType: string])[] = [
  ['EDR configuration issues should be resolved on machines', 'Microsoft.HybridCompute/machines'],
  ['Machines with Azure Arc should report to Defender for Endpoint', 'Microsoft.HybridCompute/machines'],
  ['Instances of scale sets should run the newest model', 'Microsoft.Compute/virtualMachineScaleSets/virtualMachines'],
  ['Scale sets should use automatic repair', 'Microsoft.Compute/virtualMachineScaleSets'],
  ['Slots should not be reachable from the internet', 'Microsoft.Web/sites/slots'],
  ['Queues should not be reachable with shared keys', 'Microsoft.ServiceBus/namespaces/queues'],
  ['Databases of managed instances should be encrypted', 'Microsoft.Sql/managedInstances/databases'],
  ['Private endpoints should be approved by their owner', 'Microsoft.Network/privateEndpoints'],
  ['Public addresses should be protected by DDoS Protection', 'Microsoft.Network/publicIPAddresses'],
  ['Disks should not be exported over the internet', 'Microsoft.Compute/disks'],
];

const classicCount = 250;

/** The classic recommendations: the real ones, one for every other policy of the benchmark, and some without a policy. */
export const classicRecommendations: readonly Recommendation[] = [
  ...known,
  ...ofBenchmark,
  ...numbersTo(classicCount - known.length - ofBenchmark.length).map((number): Recommendation => {
    const [title, resourceType] = withoutPolicy[number % withoutPolicy.length] ?? ['', ''];
    const displayName =
      number < withoutPolicy.length
        ? title
        : `[Preview]: ${title} (part ${Math.floor(number / withoutPolicy.length) + 1})`;
    return {
      assessmentKey: guidOf(`recommendation without policy ${number}`),
      displayName,
      resourceType,
      category: 'Compute',
      evaluatedWithoutPolicy: true,
      ...described(displayName),
    };
  }),
];
