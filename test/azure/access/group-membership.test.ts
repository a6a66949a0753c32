import { startAzureSimulator } from '../../../simulator/azure/server.ts';
import { redirectingHttpClient } from '../../../simulator/azure/redirecting-http-client.ts';
import { createClock } from '../../../simulator/clock.ts';
import { createTenant } from '../../../simulator/tenant/contoso/create-tenant.ts';
import { people } from '../../../simulator/tenant/contoso/people.ts';
import { createAzure } from '../../../src/azure/azure.ts';
import { credential, type Canned } from '../canned-http-client.ts';
import { person, cloudSecurity, roleAssignment, roleDefinition, grant, accessOver } from './access-over.ts';

describe('somebody in more groups than Microsoft Graph lists at once', () => {
  it('includes what their groups may where they are in more groups than Microsoft Graph lists at once', async () => {
    const groups: Canned = {
      status: 400,
      body: { error: { code: 'Directory_ResultSizeLimitExceeded', message: 'Too many.' } },
    };
    const { azure, requests } = accessOver({ rows: [roleAssignment(cloudSecurity), roleDefinition], groups });
    expect((await azure.forReading(person)).grants).toEqual([grant]);
    const first = requests.find(({ url }) => url.includes('/transitiveMemberOf'))!;
    expect(first.headers.get('ConsistencyLevel')).toBe('eventual');
    expect(new URL(first.url).search).toBe('?$count=true&$top=999');
  });

  it('may read what they may read otherwise', async () => {
    const clock = createClock(() => Date.parse('2026-03-02T09:00:00Z'));
    const tenant = createTenant({ now: () => clock.now() });
    const simulator = await startAzureSimulator({ tenant, clock, port: 0 });
    const origins = { 'https://management.azure.com': simulator.url, 'https://graph.microsoft.com': simulator.url };
    const connect = () =>
      createAzure({
        credential,
        httpClient: redirectingHttpClient(origins),
        now: () => clock.now(),
        pause: async () => undefined,
      });
    const { objectId } = people.find(({ key }) => key === 'bob')!;
    const bob = { objectId, tenantId: tenant.tenantId, name: 'Bob' };
    try {
      const before = await connect().forReading(bob);
      expect(before.grants).not.toEqual([]);
      tenant.settings.mostGroups = 0;
      expect(await connect().forReading(bob)).toEqual(before);
    } finally {
      await simulator.close();
    }
  });
});
