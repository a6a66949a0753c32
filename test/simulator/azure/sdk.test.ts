import { PolicyClient } from '@azure/arm-policy';
import { ResourceGraphClient } from '@azure/arm-resourcegraph';
import type { QueryResponse } from '@azure/arm-resourcegraph';
import { isRestError } from '@azure/core-rest-pipeline';
import { redirectingHttpClient } from '../../../simulator/azure/redirecting-http-client.ts';
import { benchmarkAtContoso, machine, openAzure } from './simulated-azure.ts';
import type { SimulatedAzure } from './simulated-azure.ts';

let azure: SimulatedAzure;
beforeEach(async () => {
  azure = await openAzure({ pageSize: 5 });
});
afterEach(() => azure.simulator.close());

const clientsOf = (caller: string) => {
  const credential = { getToken: async () => ({ token: caller, expiresOnTimestamp: Number.MAX_SAFE_INTEGER }) };
  const options = { httpClient: redirectingHttpClient({ 'https://management.azure.com': azure.simulator.url }) };
  return {
    policy: new PolicyClient(credential, '10000001-0000-4000-8000-000000000000', options),
    graph: new ResourceGraphClient(credential, options),
  };
};

const scope = machine('vm-shop-1').slice(1);
const exemption = {
  policyAssignmentId: benchmarkAtContoso,
  policyDefinitionReferenceIds: ['jitNetworkAccessMonitoring'],
  exemptionCategory: 'Waiver',
  expiresOn: new Date('2026-12-31T00:00:00Z'),
};

it('serves the exemptions of Microsoft’s own client', async () => {
  const { policyExemptions } = clientsOf('bot').policy;
  const written = await policyExemptions.createOrUpdate(scope, 'sdk (1)', exemption);
  expect(written).toMatchObject({ name: 'sdk (1)', ...exemption });
  expect((await policyExemptions.get(scope, 'sdk (1)')).systemData?.createdByType).toBe('Application');
  await policyExemptions.delete(scope, 'sdk (1)');
  await expect(policyExemptions.get(scope, 'sdk (1)')).rejects.toMatchObject({ code: 'PolicyExemptionNotFound' });
});

it('follows the pages of a list', async () => {
  const names = [];
  for await (const { name } of clientsOf('bot').policy.policyExemptions.listForManagementGroup('contoso'))
    names.push(name);
  expect(names).toHaveLength(azure.tenant.exemptions.all().length);
});

it('serves assignments and initiatives', async () => {
  const { policy } = clientsOf('bot');
  const assignment = await policy.policyAssignments.getById(benchmarkAtContoso.slice(1));
  const initiative = await policy.policySetDefinitions.getBuiltIn(assignment.policyDefinitionId!.split('/').at(-1)!);
  expect(initiative.policyDefinitions).toHaveLength(223);
  const custom = await policy.policySetDefinitions.getAtManagementGroup('corp-baseline', 'contoso');
  expect(custom.displayName).toBe('Corp security baseline');
});

it('shows a refusal as the client’s own error', async () => {
  const refused = clientsOf('carol').policy.policyExemptions.createOrUpdate(scope, 'sdk', exemption);
  const error: unknown = await refused.catch((reason: unknown) => reason);
  expect(isRestError(error) && [error.statusCode, error.code]).toEqual([403, 'AuthorizationFailed']);
});

it('serves queries page by page, and their refusals', async () => {
  const { graph } = clientsOf('bot');
  const query = `resourcecontainers | where type != 'microsoft.resources/subscriptions/resourcegroups' | project id, name | order by id asc`;
  const rows: unknown[] = [];
  let skipToken: string | undefined;
  do {
    const token = skipToken === undefined ? {} : { skipToken };
    const page: QueryResponse = await graph.resources({
      query,
      managementGroups: ['contoso'],
      options: { top: 8, resultFormat: 'objectArray', ...token },
    });
    rows.push(...(page.data as unknown[]));
    skipToken = page.skipToken;
  } while (skipToken !== undefined);
  expect(rows).toHaveLength(6 + 8);
  const refused: unknown = await graph.resources({ query: 'resources | where' }).catch((reason: unknown) => reason);
  expect(isRestError(refused) && [refused.statusCode, refused.code]).toEqual([400, 'BadRequest']);
});
