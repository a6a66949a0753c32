import { createClock } from '../../../simulator/clock.ts';
import { createAssessments } from '../../../simulator/tenant/assessments.ts';
import type { Assessment } from '../../../simulator/tenant/assessments.ts';
import { authorise } from '../../../simulator/tenant/authorization.ts';
import { createTenant } from '../../../simulator/tenant/contoso/create-tenant.ts';
import { exemptionBy } from '../../../simulator/tenant/exemption-by-person.ts';
import { controlScoresOf, secureScoreOf } from '../../../simulator/tenant/secure-scores.ts';
import { retiredKeys } from '../../../src/core/tenant/retired-recommendation.ts';
import type { PolicyAssignment, Principal, Tenant } from '../../../simulator/tenant/tenant.ts';

const open = (scale = 1) => {
  const clock = createClock(() => Date.parse('2026-03-02T09:00:00Z'));
  const tenant = createTenant({ now: () => clock.now(), scale });
  const assessments = createAssessments(tenant);
  const find = (resource: string, key: string): Assessment | undefined =>
    assessments.all().find((one) => one.resource.name === resource && one.recommendation.assessmentKey.startsWith(key));
  return { clock, tenant, assessments, find, statusOf: (resource: string, key: string) => find(resource, key)?.status };
};

const principal = ({ principals }: Tenant, key: string): Principal => principals.find((one) => one.key === key)!;
const idOf = ({ resources }: Tenant, name: string): string => resources.find((one) => one.name === name)!.id;

describe('Contoso', () => {
  it('is large and varied enough for its stories', () => {
    const { tenant } = open();
    expect(tenant.subscriptions).toHaveLength(8);
    expect(tenant.resources.length).toBeGreaterThanOrEqual(60);
    expect(new Set(tenant.resources.map(({ type }) => type)).size).toBeGreaterThanOrEqual(15);
    expect(tenant.recommendations).toHaveLength(50);
    expect(tenant.recommendations.filter(({ policyDefinitionId }) => policyDefinitionId === undefined)).toHaveLength(
      16,
    );
    expect(tenant.initiatives.map(({ members }) => members.length)).toEqual([223, 30, 4]);
  });

  it('knows no recommendation that Microsoft has retired, but its successors', () => {
    const { tenant, statusOf } = open();
    const keys = tenant.recommendations.map(({ assessmentKey }) => assessmentKey);
    expect(keys.filter((key) => retiredKeys.includes(key))).toEqual([]);
    const byCategory = Map.groupBy(tenant.recommendations, ({ recommendationCategory }) => recommendationCategory);
    expect(byCategory.get('SoftwareUpdate')).toMatchObject([{ severity: 'Critical' }, { severity: 'High' }]);
    expect(byCategory.get('Unknown')?.filter(({ policyDefinitionId }) => policyDefinitionId !== undefined)).toEqual([]);
    expect(byCategory.get('Unknown')).toHaveLength(5);
    expect(statusOf('vm-shop-1', '5a7f0c1e')?.code).toBe('Unhealthy');
  });

  it('has a subscription in which Defender assesses nothing, and an exemption of a recommendation that is gone', () => {
    const { tenant, assessments } = open();
    const without = tenant.subscriptions.find(({ name }) => name === 'sandbox-3')!;
    expect(assessments.of(without.subscriptionId)).toEqual([]);
    expect(tenant.resources.some(({ subscriptionId }) => subscriptionId === without.subscriptionId)).toBe(true);
    const exempted = tenant.standardAssignments.map(
      ({ properties }) => properties.exemptionData?.assignedAssessment.assessmentKey ?? '',
    );
    expect(exempted.filter((key) => retiredKeys.includes(key))).toHaveLength(1);
  });

  it('is the same every time', () => {
    const [first, second] = [open(), open()];
    expect(first.assessments.all()).toEqual(second.assessments.all());
    expect(first.tenant.exemptions.all()).toEqual(second.tenant.exemptions.all());
  });

  it('grows by whole copies for benchmarks', () => {
    const [one, three] = [open(), open(3)];
    expect(three.tenant.subscriptions).toHaveLength(24);
    expect(three.tenant.resources).toHaveLength(3 * one.tenant.resources.length);
    expect(new Set(three.tenant.resources.map(({ id }) => id)).size).toBe(three.tenant.resources.length);
  });

  it('knows the chain above a child resource and above a management group', () => {
    const { tenant } = open();
    expect(tenant.chainOf(idOf(tenant, 'payroll')).map((id) => id.split('/').at(-1))).toEqual([
      'payroll',
      'sql-corp-hr',
      'rg-corp-hr',
      '10000003-0000-4000-8000-000000000000',
      'corp',
      'landingzones',
      'contoso',
      tenant.tenantId,
    ]);
    expect(tenant.chainOf('/providers/Microsoft.Management/managementGroups/PLATFORM')).toHaveLength(3);
  });
});

describe('exemptions that were there before', () => {
  it('cover every kind', () => {
    const { tenant } = open();
    const now = tenant.now().getTime();
    const all = tenant.exemptions.all();
    const daysLeft = all.flatMap(({ properties: { expiresOn } }) =>
      expiresOn === undefined ? [] : (Date.parse(expiresOn) - now) / 86_400_000,
    );
    expect(daysLeft).toEqual(expect.arrayContaining([60, 6, -10, 90, 30]));
    expect(all.some(({ properties }) => properties.expiresOn === undefined)).toBe(true);
    expect(all.some(({ properties }) => properties.policyDefinitionReferenceIds === undefined)).toBe(true);
    const assignments = tenant.policyAssignments.map(({ id }) => id);
    const orphans = all.filter(({ properties }) => !assignments.includes(properties.policyAssignmentId));
    expect(orphans.map(({ name }) => name)).toEqual(['legacy-baseline']);
  });
});

describe('assessments', () => {
  it('are exempt by an exemption of a machine, and of no machine whose name begins alike', () => {
    const { tenant, statusOf, clock } = open();
    for (const holder of ['Deploy-MDC-MCSB', 'SecurityCenterBuiltIn', 'nist-sp-800-53-r5']) {
      const assignment = tenant.policyAssignments.find(({ name }) => name === holder)!;
      tenant.exemptions.write(
        exemptionBy(principal(tenant, 'pat'), clock.now(), idOf(tenant, 'vm-shop-1'), holder, {
          policyAssignmentId: assignment.id.toUpperCase(),
          exemptionCategory: 'Waiver',
        }),
        { settled: true },
      );
    }
    expect(statusOf('vm-shop-1', '805651bc')).toMatchObject({ code: 'NotApplicable', cause: 'Exempt' });
    expect(statusOf('vm-shop-10', '805651bc')?.code).toBe('Unhealthy');
  });

  it('turn back to what they were when the exemption expires', async () => {
    const { statusOf, clock } = open();
    expect(statusOf('vm-shop-2', '805651bc')?.code).toBe('NotApplicable');
    await clock.advance('P60D');
    expect(statusOf('vm-shop-2', '805651bc')?.code).toBe('Unhealthy');
  });

  it('need every reference of a definition that an initiative holds twice', () => {
    const { tenant, statusOf } = open();
    expect(statusOf('kv-hr', '52f7826a')?.code).toBe('NotApplicable');
    const strict = tenant.exemptions.all().find(({ name }) => name === 'ASC-kv-hr-firewall-corp-baseline')!;
    expect(strict.properties.policyDefinitionReferenceIds).toEqual(['corpVaultFirewall', 'corpVaultFirewallStrict']);
    const half = { ...strict.properties, policyDefinitionReferenceIds: ['corpVaultFirewall'] };
    tenant.exemptions.write({ ...strict, properties: half }, { settled: true });
    expect(statusOf('kv-hr', '52f7826a')?.code).toBe('Unhealthy');
  });

  it('turn unhealthy again when another initiative is assigned, which no exemption covers yet', () => {
    const { tenant, statusOf } = open();
    const benchmark = tenant.policyAssignments.find(({ name }) => name === 'Deploy-MDC-MCSB')!;
    const scope = idOf(tenant, 'vm-shop-2');
    tenant.policyAssignments.push({ ...benchmark, id: `${scope}/providers/x/y/again`, name: 'again', scope });
    expect(statusOf('vm-shop-2', '805651bc')?.code).toBe('Unhealthy');
  });

  it('are not made where the only assignment is excluded, but for those that need no policy', () => {
    const { assessments } = open();
    const subscription = '10000007-0000-4000-8000-000000000000';
    const there = assessments.all().filter(({ resource }) => resource.subscriptionId === subscription);
    expect(there.length).toBeGreaterThan(0);
    expect(there.every(({ recommendation }) => recommendation.evaluatedWithoutPolicy)).toBe(true);
  });

  it('count as healthy while mitigated, and not at all while waived', () => {
    const { tenant, assessments, find } = open();
    const scoreOf = (subscriptionId: string) => {
      const controls = controlScoresOf(
        assessments.all().filter(({ resource }) => resource.subscriptionId === subscriptionId),
        tenant.recommendations,
      );
      const named = (name: string) => controls.find(({ displayName }) => displayName === name);
      return { ...secureScoreOf(controls), configurations: named('Remediate security configurations') };
    };
    const hub = '10000005-0000-4000-8000-000000000000';
    expect(find('vm-dns-1', '6c99f570')).toMatchObject({ mitigated: true, status: { code: 'NotApplicable' } });
    expect(scoreOf(hub).configurations).toMatchObject({ healthy: 3, unhealthy: 0, score: { current: 4 } });
    const mitigation = tenant.exemptions.all().find(({ name }) => name.startsWith('guest-configuration'))!;
    const waived = { ...mitigation.properties, exemptionCategory: 'Waiver' };
    const before = scoreOf(hub).score;
    tenant.exemptions.write({ ...mitigation, properties: waived }, { settled: true });
    expect(scoreOf(hub).configurations).toMatchObject({ healthy: 0, unhealthy: 0, notApplicable: 3 });
    expect(scoreOf(hub).score.max).toBe(before.max - 4);
  });
});

describe('assignments with conditions', () => {
  const holders = ['Deploy-MDC-MCSB', 'SecurityCenterBuiltIn', 'nist-sp-800-53-r5'];
  const change = ({ policyAssignments }: Tenant, names: readonly string[], more: Partial<PolicyAssignment>): void =>
    policyAssignments.forEach((one, position) => {
      if (names.includes(one.name)) policyAssignments[position] = { ...one, ...more };
    });
  const disabled = { kind: 'policyEffect', value: 'Disabled' } as const;
  const reference = { kind: 'policyDefinitionReferenceId', in: ['jitNetworkAccessMonitoring'] } as const;

  it('turn a recommendation off when all of them disable its policy, and leave it to the others until then', () => {
    const { tenant, statusOf } = open();
    change(tenant, ['nist-sp-800-53-r5'], { overrides: [disabled] });
    change(tenant, holders.slice(0, 1), { overrides: [{ ...disabled, selectors: [reference] }] });
    expect(statusOf('vm-shop-1', '805651bc')?.code).toBe('Unhealthy');
    change(tenant, holders.slice(1, 2), { overrides: [{ ...disabled, selectors: [reference] }] });
    expect(statusOf('vm-shop-1', '805651bc')).toMatchObject({ code: 'NotApplicable', cause: 'OffByPolicy' });
    expect(statusOf('vm-shop-1', 'bc303248')?.code).toBe('Unhealthy');
  });

  it('need no exemption where they are disabled', async () => {
    const { tenant, statusOf, clock } = open();
    const others = holders.slice(1);
    for (const { name, id } of tenant.exemptions.all())
      if (others.some((holder) => name === `ASC-vm-shop-2-jit-${holder}`)) tenant.exemptions.remove(id);
    await clock.advance('PT1M');
    expect(statusOf('vm-shop-2', '805651bc')?.code).toBe('Unhealthy');
    change(tenant, others, { overrides: [disabled] });
    expect(statusOf('vm-shop-2', '805651bc')?.cause).toBe('Exempt');
  });

  it('do not look at resources of other kinds and places', () => {
    const { tenant, find } = open();
    const select = (kind: 'resourceType' | 'resourceLocation', list: { in: string[] } | { notIn: string[] }) =>
      change(tenant, holders, { resourceSelectors: [{ name: 'some', selectors: [{ kind, ...list }] }] });
    select('resourceType', { in: ['microsoft.compute/VirtualMachines'] });
    expect(find('vm-shop-1', '805651bc')).toBeDefined();
    expect(find('stshopprod', '1c5de8e1')).toBeUndefined();
    select('resourceLocation', { notIn: ['westeurope'] });
    expect(find('vm-shop-1', '805651bc')).toBeUndefined();
  });

  it('are evaluated also where nothing is enforced', () => {
    const { tenant, statusOf } = open();
    change(tenant, holders, { enforcementMode: 'DoNotEnforce' });
    expect(statusOf('vm-shop-1', '805651bc')?.code).toBe('Unhealthy');
  });
});

describe('exemptions with selectors', () => {
  it('free only what they select', () => {
    const { tenant, statusOf } = open();
    const narrow = tenant.exemptions.all().filter(({ name }) => name.startsWith('ASC-vm-shop-2-jit'));
    const at = (location: string): void =>
      narrow.forEach((one) => {
        const selectors = [{ kind: 'resourceLocation', in: [location] }] as const;
        const properties = { ...one.properties, resourceSelectors: [{ name: 'place', selectors }] };
        tenant.exemptions.write({ ...one, properties }, { settled: true });
      });
    at('northeurope');
    expect(statusOf('vm-shop-2', '805651bc')?.code).toBe('Unhealthy');
    at('WestEurope');
    expect(statusOf('vm-shop-2', '805651bc')?.cause).toBe('Exempt');
  });
});

describe('an exemption made in Defender', () => {
  it('frees a recommendation without a policy, where it stands and until it expires', async () => {
    const { tenant, statusOf, clock } = open();
    expect(statusOf('vm-intranet-1', 'd79a60ef')).toMatchObject({ code: 'NotApplicable', cause: 'Exempt' });
    expect(statusOf('vm-intranet-2', 'd79a60ef')?.code).not.toBe('NotApplicable');
    expect(tenant.standardAssignments.map(({ properties }) => properties.effect)).toEqual([
      'Audit',
      'Exempt',
      'Exempt',
    ]);
    await clock.advance('P45D');
    expect(statusOf('vm-intranet-1', 'd79a60ef')?.code).not.toBe('NotApplicable');
  });
});

describe('rights', () => {
  const may = (key: string, action: string, scope: string): string => {
    const { tenant } = open();
    return authorise(tenant, principal(tenant, key), action, scope).kind;
  };
  const subscription = '/subscriptions/10000004-0000-4000-8000-000000000000';

  it('are inherited downwards, and never upwards', () => {
    expect(
      may(
        'alice',
        'Microsoft.Sql/servers/read',
        `/subscriptions/10000001-0000-4000-8000-000000000000/resourceGroups/RG-SHOP-PROD`,
      ),
    ).toBe('allowed');
    expect(may('alice', 'Microsoft.Sql/servers/read', '/subscriptions/10000001-0000-4000-8000-000000000000')).toBe(
      'missing',
    );
    expect(may('bob', 'Microsoft.Authorization/policyExemptions/write', subscription)).toBe('allowed');
    expect(may('bot', 'Microsoft.Authorization/policyAssignments/exempt/action', subscription)).toBe('allowed');
    expect(may('bot', 'Microsoft.Authorization/policyAssignments/write', subscription)).toBe('missing');
  });

  it('end where a role says which actions are not meant', () => {
    const { tenant } = open();
    tenant.roleAssignments.push({
      name: 'contributor',
      scope: subscription,
      role: 'b24988ac-6180-42a0-ab88-20f7382dd24c',
      principalId: principal(tenant, 'dan').objectId,
      principalType: 'User',
    });
    const verdict = (action: string) => authorise(tenant, principal(tenant, 'dan'), action, subscription).kind;
    expect(verdict('Microsoft.Storage/storageAccounts/write')).toBe('allowed');
    expect(verdict('microsoft.authorization/policyexemptions/write')).toBe('missing');
  });
});
