import type { Recommendation } from '../tenant.ts';
import { guidOf, numbersTo, pick, roll } from './dice.ts';

const machine = 'Microsoft.Compute/virtualMachines';
const software = [
  'OpenSSL',
  'Google Chrome',
  'Python',
  'Microsoft .NET',
  'Apache Log4j',
  'curl',
  'sudo',
  '7-Zip',
] as const;

/** One recommendation for each finding, by category; titles as Defender writes them. */
const categories: readonly {
  readonly category: string;
  readonly resourceType: string;
  readonly title: (number: number) => string;
}[] = [
  {
    category: 'SoftwareUpdate',
    resourceType: machine,
    title: (number) => `Update ${pick(`software ${number}`, software)} to version ${1 + (number % 9)}.${number}`,
  },
  {
    category: 'SoftwareUpdate',
    resourceType: 'Microsoft.ContainerService/managedClusters',
    title: (number) => `Update ${pick(`package ${number}`, software)} in running containers to version 2.${number}`,
  },
  {
    category: 'SoftwareUpdate',
    resourceType: 'Microsoft.HybridCompute/machines',
    title: (number) => `Update ${pick(`agent ${number}`, software)} on servers to version 5.${number}`,
  },
  {
    category: 'SystemUpdate',
    resourceType: machine,
    title: (number) => `Install system update KB${5_000_000 + number}`,
  },
  {
    category: 'HostMisconfigurations',
    resourceType: machine,
    title: (number) => `Correct the setting CCE-${10_000 + number} of the security baseline`,
  },
  {
    category: 'ExposedSecrets',
    resourceType: machine,
    title: (number) => `Remove the exposed secret in /srv/app-${number}/.env and rotate it`,
  },
  {
    category: 'ServiceUpgrade',
    resourceType: 'Microsoft.Storage/storageAccounts',
    title: (number) => `Move to generation ${2 + number} of the service before it is retired`,
  },
];

const severities = ['Critical', 'High', 'Medium', 'Low'] as const;

export const individualRecommendationsOf = (count: number): readonly Recommendation[] =>
  numbersTo(count).flatMap((number) => {
    const kind = categories[roll(`category ${number}`, categories.length)];
    if (kind === undefined) return [];
    const displayName = kind.title(number);
    return [
      {
        assessmentKey: guidOf(`individual recommendation ${number}`),
        displayName,
        severity: pick(`severity ${number}`, severities),
        resourceType: kind.resourceType,
        category: 'Compute',
        recommendationCategory: kind.category,
        control: 'Remediate vulnerabilities',
        description: `${displayName}, because the version in use is known to be vulnerable.`,
        remediationDescription: 'Follow the steps of the vendor.',
        evaluatedWithoutPolicy: true,
      },
    ];
  });
