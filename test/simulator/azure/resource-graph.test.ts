import { corpData, databricksGroup, errorOf, machine, openAzure, rowsOf, shop } from './simulated-azure.ts';
import type { Reply, SimulatedAzure } from './simulated-azure.ts';

let azure: SimulatedAzure;
beforeEach(async () => {
  azure = await openAzure();
});
afterEach(() => azure.simulator.close());

const shopId = shop.slice('/subscriptions/'.length);
const column = (reply: Reply, name = 'name'): unknown[] => rowsOf(reply).map((row) => row[name]);
const detailOf = (reply: Reply) => errorOf(reply).details?.[0];

describe('tables', () => {
  it('shows management groups and subscriptions with their chain, the direct parent first', async () => {
    const reply = await azure.query(
      'bot',
      `resourcecontainers | where name in ('contoso', 'shop-prod') | project name, type, subscriptionId, properties | order by name asc`,
    );
    const chain = (...names: string[]) => names.map((name) => expect.objectContaining({ name }) as unknown);
    expect(rowsOf(reply)).toMatchObject([
      {
        type: 'microsoft.management/managementgroups',
        subscriptionId: '',
        properties: { details: { managementGroupAncestorsChain: chain(azure.tenant.tenantId) } },
      },
      {
        type: 'microsoft.resources/subscriptions',
        subscriptionId: shopId,
        properties: {
          managementGroupAncestorsChain: chain('online', 'landingzones', 'contoso', azure.tenant.tenantId),
        },
      },
    ]);
  });

  it('shows who manages a managed resource group', async () => {
    const reply = await azure.query('erin', `resourcecontainers | where isnotempty(managedBy) | project id, managedBy`);
    expect(rowsOf(reply)).toEqual([
      {
        id: databricksGroup,
        managedBy: `${corpData}/resourceGroups/rg-corp-analytics/providers/Microsoft.Databricks/workspaces/dbw-corp-analytics`,
      },
    ]);
  });

  it('shows what a policy would say without the exemption', async () => {
    const reply = await azure.query(
      'alice',
      `policyresources | where type == 'microsoft.policyinsights/policystates' | where properties.resourceId endswith '/vm-shop-2' and properties.policyDefinitionReferenceId == 'jitNetworkAccessMonitoring' | project state = tostring(properties.complianceState), instead = tostring(properties.stateDetails.complianceSubState)`,
    );
    expect(rowsOf(reply)).toEqual([
      { state: 'Exempt', instead: 'NonCompliant' },
      { state: 'Exempt', instead: 'NonCompliant' },
    ]);
  });

  it('shows assessments as Defender spells them here', async () => {
    const id = machine('vm-shop-1');
    const reply = await azure.query(
      'bot',
      `securityresources | where type == 'microsoft.security/assessments' and name startswith '805651bc' | where properties.resourceDetails.Id =~ '${id}'`,
    );
    expect(rowsOf(reply)).toMatchObject([
      {
        id: `${id}/providers/Microsoft.Security/assessments/805651bc-6ecd-4c73-9b55-97a19d0582d0`,
        resourceGroup: 'rg-shop-prod',
        subscriptionId: shopId,
        properties: {
          resourceDetails: { Source: 'Azure', Id: id },
          status: { code: 'Unhealthy' },
          metadata: { severity: 'High', policyDefinitionId: expect.stringMatching(/b0f33259/) as string },
          links: { azurePortal: expect.stringMatching(/^portal\.azure\.com/) as string },
        },
      },
    ]);
  });

  it('shows an exemption with its author, and no reference ids as null', async () => {
    const reply = await azure.query('bot', `policyresources | where name == 'sandbox-anna-all'`);
    expect(rowsOf(reply)).toMatchObject([
      {
        type: 'microsoft.authorization/policyexemptions',
        properties: { policyDefinitionReferenceIds: null, exemptionCategory: 'Waiver' },
        systemData: { createdBy: 'pat@contoso.com', createdByType: 'User' },
      },
    ]);
  });

  it.each([
    ['resources', 'count', 80],
    // Two for each subscription but that without Defender, and those of two connectors.
    [`securityresources | where type == 'microsoft.security/securescores'`, 'count', 16],
    [`policyresources | where type == 'microsoft.authorization/policysetdefinitions'`, 'count', 3],
    [`policyresources | where type == 'microsoft.authorization/policydefinitions'`, 'count', 225],
    [`authorizationresources | where type == 'microsoft.authorization/roleassignments'`, 'count', 7],
    [`authorizationresources | where type == 'microsoft.authorization/roledefinitions'`, 'count', 7],
  ])('knows how many rows %s has', async (query, operator, count) => {
    // The bot's role does not read resources themselves; a Reader of everything does.
    azure.tenant.roleAssignments.push({
      name: 'reader',
      scope: `/providers/Microsoft.Management/managementGroups/${azure.tenant.tenantId}`,
      role: 'acdd72a7-3385-48ef-bd42-f606fba81ae7',
      principalId: '00000000-0000-4000-8000-000000000104',
      principalType: 'User',
    });
    expect(rowsOf(await azure.query('dan', `${query} | ${operator}`))).toEqual([{ Count: count }]);
  });
});

describe('scope of a query', () => {
  const assignments = `policyresources | where type == 'microsoft.authorization/policyassignments' | project name`;

  it('never shows a management group’s assignment to a subscription’s query that does not look up', async () => {
    const asked = await azure.query('bot', assignments, { subscriptions: [shopId] });
    expect(column(asked)).toEqual(['SecurityCenterBuiltIn', 'require-owner-tag']);
  });

  it.each([
    ['AtScopeAboveAndBelow', ['Deploy-MDC-MCSB', 'SecurityCenterBuiltIn', 'nist-sp-800-53-r5', 'require-owner-tag']],
    ['AtScopeAndAbove', ['Deploy-MDC-MCSB', 'SecurityCenterBuiltIn', 'nist-sp-800-53-r5', 'require-owner-tag']],
    ['AtScopeExact', ['SecurityCenterBuiltIn', 'require-owner-tag']],
  ])('looks up and down as %s says', async (authorizationScopeFilter, names) => {
    const body = { subscriptions: [shopId], options: { authorizationScopeFilter } };
    expect(column(await azure.query('bot', assignments, body))).toEqual(names);
  });

  it('can look at nothing but the scope itself', async () => {
    const body = { managementGroups: ['corp'], options: { authorizationScopeFilter: 'AtScopeExact' } };
    expect(column(await azure.query('bot', assignments, body))).toEqual(['corp-baseline']);
  });

  it('answers a management group with everything below it', async () => {
    const below = await azure.query('bot', assignments, { managementGroups: ['landingzones'] });
    expect(column(below)).not.toContain('Deploy-MDC-MCSB');
    expect(column(below)).toEqual(expect.arrayContaining(['nist-sp-800-53-r5', 'corp-baseline', 'secure-transfer']));
  });

  it('does not know the option at the oldest api-version', async () => {
    const body = {
      query: assignments,
      subscriptions: [shopId],
      options: { authorizationScopeFilter: 'AtScopeAndAbove' },
    };
    const path = '/providers/Microsoft.ResourceGraph/resources?api-version=2021-03-01';
    expect(column(await azure.send('bot', 'POST', path, body))).toEqual(['SecurityCenterBuiltIn', 'require-owner-tag']);
  });

  it('keeps built-in definitions in sight of every scope', async () => {
    const sets = `policyresources | where type == 'microsoft.authorization/policysetdefinitions' | count`;
    expect(rowsOf(await azure.query('alice', sets, { subscriptions: [shopId] }))).toEqual([{ Count: 2 }]);
  });

  it('shows people only what they may read', async () => {
    const groups = (as: string) => azure.query(as, 'resources | distinct resourceGroup | order by resourceGroup asc');
    expect(column(await groups('alice'), 'resourceGroup')).toEqual(['rg-shop-prod']);
    expect(column(await groups('erin'), 'resourceGroup')).toEqual([
      'databricks-rg-dbw-corp-analytics-x7k2q',
      'rg-corp-analytics',
    ]);
    // Security Reader reads Defender and policy, not resources.
    expect(rowsOf(await groups('carol'))).toEqual([]);
    const assessed = (as: string) => azure.query(as, `securityresources | summarize by resourceGroup`);
    expect(column(await assessed('carol'), 'resourceGroup')).toContain('rg-corp-hr');
    expect(column(await assessed('alice'), 'resourceGroup')).toEqual(['rg-shop-prod']);
    expect(rowsOf(await assessed('dan'))).toEqual([]);
  });
});

describe('pages', () => {
  const ordered = 'securityresources | project id | order by id asc';

  it('brings every row once through skip tokens', async () => {
    const ids: unknown[] = [];
    let token: unknown;
    do {
      const options = { $top: 100, ...(token !== undefined && { $skipToken: token }) };
      const page: Reply = await azure.query('bot', ordered, { options });
      expect(page.json).toMatchObject({ count: rowsOf(page).length, resultTruncated: 'false' });
      ids.push(...column(page, 'id'));
      token = page.json.$skipToken;
      expect(page.json.totalRecords).toBeGreaterThanOrEqual(ids.length);
    } while (token !== undefined);
    expect(ids.length).toBeGreaterThan(300);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('gives no token to a query that limits itself', async () => {
    const { json } = await azure.query('bot', `${ordered} | take 50`, { options: { $top: 20 } });
    expect(json).toMatchObject({ count: 20, totalRecords: 50, resultTruncated: 'true' });
    expect(json).not.toHaveProperty('$skipToken');
  });

  it('gives no token where every column is dynamic', async () => {
    const { json } = await azure.query('bot', 'securityresources | project properties', { options: { $top: 20 } });
    expect(json).toMatchObject({ count: 20, resultTruncated: 'true' });
  });

  it('skips rows but not those of a query that limits itself, and takes no token of another query', async () => {
    const all = column(await azure.query('bot', ordered), 'id');
    const skipped = await azure.query('bot', ordered, { options: { $top: 2, $skip: 3 } });
    expect(column(skipped, 'id')).toEqual(all.slice(3, 5));
    const limited = await azure.query('bot', `${ordered} | take 4`, { options: { $skip: 3 } });
    expect(column(limited, 'id')).toEqual(all.slice(0, 4));
    const foreign = { options: { $skipToken: skipped.json.$skipToken } };
    expect(detailOf(await azure.query('bot', 'securityresources | project name', foreign))?.code).toBe(
      'InvalidSkipToken',
    );
  });

  it('answers as a table when asked', async () => {
    const body = { options: { resultFormat: 'table' } };
    const { json } = await azure.query('bot', `resourcecontainers | where name == 'corp' | project name, tags`, body);
    expect(json.data).toEqual({
      columns: [
        { name: 'name', type: 'string' },
        { name: 'tags', type: 'object' },
      ],
      rows: [['corp', null]],
    });
  });
});

describe('refusals and quota', () => {
  it.each([
    ['a broken query', 'resources | where', {}, 'ParserFailure'],
    ['no query', ' ', {}, 'EmptyQuery'],
    ['two kinds of scope', 'resources', { subscriptions: [shopId], managementGroups: ['corp'] }, 'InvalidRequest'],
    ['more than 1000 rows a page', 'resources', { options: { $top: 1001 } }, 'InvalidRequest'],
    ['scopes that nobody knows', 'resources', { subscriptions: ['none'] }, 'NoValidSubscriptionsInQueryRequest'],
  ])('refuses %s in its own shape', async (_what, query, body, code) => {
    const reply = await azure.query('bot', query, body);
    expect([reply.status, errorOf(reply).code, detailOf(reply)?.code]).toEqual([400, 'BadRequest', code]);
  });

  it('says with every answer how much is left, which is plenty while nobody counts', async () => {
    const rests = async () =>
      [await azure.query('bot', 'resources | count'), await azure.query('bot', 'resources | where')].map(
        ({ headers }) => headers.get('x-ms-user-quota-remaining'),
      );
    expect(await rests()).toEqual(['14', '14']);
    azure.tenant.settings.throttling = true;
    expect(await rests()).toEqual(['14', '13']);
    const third = await azure.query('bot', 'resources | count');
    expect(third.headers.get('x-ms-user-quota-resets-after')).toBe('00:00:05');
  });

  it('throttles a caller after 15 queries in 5 seconds, when that is switched on', async () => {
    azure.tenant.settings.throttling = true;
    for (let query = 0; query < 15; query += 1)
      expect((await azure.query('bot', 'resources | count')).status).toBe(200);
    const refused = await azure.query('bot', 'resources | count');
    expect([refused.status, refused.headers.get('retry-after'), detailOf(refused)?.code]).toEqual([
      429,
      '5',
      'RateLimiting',
    ]);
    expect((await azure.query('bob', 'resources | count')).status).toBe(200);
    await azure.clock.advance('PT5S');
    expect((await azure.query('bot', 'resources | count')).status).toBe(200);
  });
});
