import { runQuery } from '../../../../simulator/azure/kql/run-query.ts';
import type { Row, TableSet } from '../../../../simulator/azure/kql/run-query.ts';

const key = '4fb67663-9ab9-475d-b026-8c544cced439';
const definition = '/providers/Microsoft.Authorization/policyDefinitions/26a828e1-e88f-464e-bbb3-c134a282b9de';
const machine = '/subscriptions/s1/resourceGroups/Shop/providers/Microsoft.Compute/virtualMachines';

const assessment = (name: string, resource: string): Row => ({
  id: `${machine}/${resource}/providers/Microsoft.Security/assessments/${name}`,
  name,
  type: 'microsoft.security/assessments',
  subscriptionId: 's1',
  resourceGroup: 'shop',
  properties: {
    displayName: 'Endpoint protection should be installed',
    resourceDetails: { Source: 'Azure', Id: `${machine}/${resource}` },
    status: { code: 'NotApplicable', cause: 'Exempt' },
    metadata: { severity: 'High', policyDefinitionId: definition },
  },
});

const policyRow = (type: string, id: string, properties: Row): Row => ({
  id: `/subscriptions/S1/providers/Microsoft.Authorization/${type}/${id}`,
  name: id,
  type: `microsoft.authorization/${type.toLowerCase()}`,
  properties,
});

const columns = {
  id: 'string',
  name: 'string',
  type: 'string',
  subscriptionId: 'string',
  resourceGroup: 'string',
  properties: 'dynamic',
} as const;

const tables: TableSet = {
  securityresources: {
    columns,
    rows: () => [assessment(key, 'web1'), assessment(key, 'web10'), assessment('another', 'web1')],
  },
  policyresources: {
    columns,
    rows: () => [
      policyRow('policyAssignments', 'benchmark', {
        displayName: 'Benchmark',
        scope: '/subscriptions/S1',
        notScopes: ['/subscriptions/S1/resourceGroups/lab'],
        policyDefinitionId: '/providers/Microsoft.Authorization/policySetDefinitions/MCSB',
        enforcementMode: 'Default',
      }),
      policyRow('policySetDefinitions', 'holds', { policyDefinitions: [{ policyDefinitionId: definition }] }),
      policyRow('policySetDefinitions', 'misses', { policyDefinitions: [{ policyDefinitionId: '/other' }] }),
      policyRow('policyExemptions', 'soon', { expiresOn: '2026-02-20T00:00:00Z', policyAssignmentId: '/A/one' }),
      policyRow('policyExemptions', 'sooner', { expiresOn: '2026-02-10T00:00:00Z', policyAssignmentId: '/A/two' }),
      policyRow('policyExemptions', 'later', { expiresOn: '2026-06-01T00:00:00Z', policyAssignmentId: '/A/one' }),
      policyRow('policyExemptions', 'expired', { expiresOn: '2026-01-01T00:00:00Z', policyAssignmentId: '/A/one' }),
      policyRow('policyExemptions', 'forever', { policyAssignmentId: '/A/one' }),
    ],
  },
};

const rowsOf = (kql: string): readonly Row[] => runQuery(kql, tables, new Date('2026-02-01T00:00:00Z')).rows;

describe('the queries behind an exemption', () => {
  it('finds one assessment by its key and resource, never that of a longer name', () => {
    const rows = rowsOf(`
      securityresources
      | where type == 'microsoft.security/assessments'
      | where name == '${key}'
      | where tolower(tostring(properties.resourceDetails.Id)) == '${machine.toLowerCase()}/web1'
      | project name, subscriptionId, resourceGroup, displayName = tostring(properties.displayName),
          code = tostring(properties.status.code), cause = tostring(properties.status.cause),
          policyDefinitionId = tolower(tostring(properties.metadata.policyDefinitionId)),
          severity = tostring(properties.metadata.severity)`);
    expect(rows).toEqual([
      {
        name: key,
        subscriptionId: 's1',
        resourceGroup: 'shop',
        displayName: 'Endpoint protection should be installed',
        code: 'NotApplicable',
        cause: 'Exempt',
        policyDefinitionId: definition.toLowerCase(),
        severity: 'High',
      },
    ]);
  });

  it('lists policy assignments with their excluded scopes', () => {
    const rows = rowsOf(`
      policyresources
      | where type == 'microsoft.authorization/policyassignments'
      | project id = tolower(id), name, scope = tolower(tostring(properties.scope)), notScopes = properties.notScopes,
          defId = tolower(tostring(properties.policyDefinitionId)), enforcementMode = tostring(properties.enforcementMode)`);
    expect(rows).toEqual([
      {
        id: '/subscriptions/s1/providers/microsoft.authorization/policyassignments/benchmark',
        name: 'benchmark',
        scope: '/subscriptions/s1',
        notScopes: ['/subscriptions/S1/resourceGroups/lab'],
        defId: '/providers/microsoft.authorization/policysetdefinitions/mcsb',
        enforcementMode: 'Default',
      },
    ]);
  });

  it('finds the initiatives whose text holds a definition', () => {
    const rows = rowsOf(`
      policyresources
      | where type == 'microsoft.authorization/policysetdefinitions'
      | where tostring(properties.policyDefinitions) contains '26A828E1-e88f-464e-bbb3-c134a282b9de'
      | project name, policyDefinitions = properties.policyDefinitions`);
    expect(rows).toEqual([{ name: 'holds', policyDefinitions: [{ policyDefinitionId: definition }] }]);
  });

  it('lists the exemptions that expire within thirty days, the next first', () => {
    const rows = rowsOf(`
      policyresources
      | where type == 'microsoft.authorization/policyexemptions'
      | extend e = todatetime(properties.expiresOn)
      | where isnotnull(e) and e >= now() and e < now(+30d)
      | project name, e, assignment = tolower(tostring(properties.policyAssignmentId))
      | order by e asc`);
    expect(rows).toEqual([
      { name: 'sooner', e: '2026-02-10T00:00:00Z', assignment: '/a/two' },
      { name: 'soon', e: '2026-02-20T00:00:00Z', assignment: '/a/one' },
    ]);
  });
});
