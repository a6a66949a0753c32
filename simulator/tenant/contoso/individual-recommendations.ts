import type { Recommendation } from '../tenant.ts';

type Finding = {
  readonly key: string;
  readonly title: string;
  readonly severity: 'Critical' | 'High' | 'Medium' | 'Low';
  /** The category, which exemption rules and governance rules of Defender name instead of the key. */
  readonly category: 'SoftwareUpdate' | 'SystemUpdate' | 'HostMisconfigurations' | 'ExposedSecrets';
  readonly description: string;
  readonly remediation: string;
  /** The names of the machines on which it was found. */
  readonly on: readonly string[];
};

/** Since August 2026 a recommendation for each finding, in the place of “Machines should have … findings resolved”; their keys are generated. */
const findings: readonly Finding[] = [
  {
    key: '5a7f0c1e-93d4-4b6a-8f21-0c6e2d9b4a01',
    title: 'Update Apache Log4j to version 2.25.3',
    severity: 'Critical',
    category: 'SoftwareUpdate',
    description:
      'The installed version runs code that a text in the log names. Attacks on it need no account and are common.',
    remediation: 'Install the fixed version, or the package of the vendor that contains it.',
    on: ['vm-shop-1', 'vm-shop-10', 'vm-intranet-1'],
  },
  {
    key: '5a7f0c1e-93d4-4b6a-8f21-0c6e2d9b4a02',
    title: 'Update curl to version 8.17.0',
    severity: 'High',
    category: 'SoftwareUpdate',
    description:
      'The installed version has four known vulnerabilities, one of which reveals passwords to another host.',
    remediation: 'Install the fixed version and restart what uses it.',
    on: ['vm-shop-1', 'vm-dns-1', 'vm-lab-1'],
  },
  {
    key: '5a7f0c1e-93d4-4b6a-8f21-0c6e2d9b4a03',
    title: 'Install system update KB5068861',
    severity: 'Medium',
    category: 'SystemUpdate',
    description: 'The cumulative update of November has not been installed.',
    remediation: 'Install it with Azure Update Manager in the next maintenance window.',
    on: ['vm-hr-1', 'vm-intranet-2'],
  },
  {
    key: '5a7f0c1e-93d4-4b6a-8f21-0c6e2d9b4a04',
    title: 'Ensure permissions on /etc/ssh/sshd_config are configured',
    severity: 'Low',
    category: 'HostMisconfigurations',
    description: 'Others than root may write the configuration of the SSH server.',
    remediation: 'Let root own the file, and nobody else write it.',
    on: ['vm-shop-2', 'vm-nva-1'],
  },
  {
    key: '5a7f0c1e-93d4-4b6a-8f21-0c6e2d9b4a05',
    title: 'Remove the plaintext database password in /srv/build/.env',
    severity: 'Critical',
    category: 'ExposedSecrets',
    description: 'Whoever reads this file can read and change everything in the database of the shop.',
    remediation: 'Change the password, and let the machine use its managed identity instead.',
    on: ['vm-shop-build-1'],
  },
];

const recommendationFor = ({ key, title, category, remediation, on, ...finding }: Finding): Recommendation => ({
  ...finding,
  assessmentKey: key,
  displayName: title,
  resourceType: 'Microsoft.Compute/virtualMachines',
  resourceNames: on,
  category: 'Compute',
  recommendationCategory: category,
  control: 'Remediate vulnerabilities',
  remediationDescription: remediation,
  evaluatedWithoutPolicy: true,
});

export const individualRecommendations: readonly Recommendation[] = findings.map(recommendationFor);
