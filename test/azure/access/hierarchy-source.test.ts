import { createAzure } from '../../../src/azure/azure.ts';
import { scopeLabel, scopesCalled } from '../../../src/core/tenant/hierarchy.ts';
import { cannedHttpClient, credential } from '../canned-http-client.ts';
import { answerFrom } from '../graph-rows.ts';

const states = ['Enabled', 'Warned', 'PastDue', 'Disabled', 'Deleted', 'Hibernating', undefined];

describe('the state of a subscription', () => {
  it('is known unless it is simply enabled, missing, or a word that nobody knows', async () => {
    const rows = states.map((state, at) => ({
      id: `/subscriptions/1000000${at}-0000-4000-8000-000000000000`,
      name: `shop-${at}`,
      type: 'microsoft.resources/subscriptions',
      properties: state === undefined ? {} : { state },
    }));
    const { client } = cannedHttpClient((request) => answerFrom('resourcecontainers', rows, request));
    const { hierarchy } = createAzure({ credential, httpClient: client, now: () => new Date('2026-03-01T12:00:00Z') });
    const { subscriptions } = await hierarchy();
    const told = [undefined, 'Warned', 'PastDue', 'Disabled', 'Deleted', undefined, undefined];
    expect(subscriptions.map(({ state }) => state)).toEqual(told);
  });
});

describe('a management group that Exemption Desk has no role at', () => {
  const root = '9a1b22cc-0000-4000-8000-0000000000bb';
  const chain = [
    { name: 'fabrikam', displayName: 'Fabrikam' },
    { name: root, displayName: 'Fabrikam Group (root)' },
  ];
  const rows = [
    {
      id: '/providers/Microsoft.Management/managementGroups/fabrikam',
      name: 'fabrikam',
      type: 'microsoft.management/managementgroups',
      properties: { displayName: 'Fabrikam', details: { managementGroupAncestorsChain: chain.slice(1) } },
    },
    {
      id: '/subscriptions/10000001-0000-4000-8000-000000000000',
      name: 'shop',
      type: 'microsoft.resources/subscriptions',
      properties: { managementGroupAncestorsChain: chain },
    },
  ];
  const read = () => {
    const { client } = cannedHttpClient((request) => answerFrom('resourcecontainers', rows, request));
    return createAzure({ credential, httpClient: client, now: () => new Date('2026-03-01T12:00:00Z') }).hierarchy();
  };

  it('is called by the name that stands above those that it sees', async () => {
    const found = await read();
    const label = (name: string) => scopeLabel(`/providers/microsoft.management/managementGroups/${name}`, found);
    expect([label(root), label('fabrikam')]).toEqual(['Fabrikam Group (root)', 'Fabrikam']);
  });

  it('is none of those that it sees', async () => {
    const found = await read();
    expect(found.managementGroups.map(({ name }) => name)).toEqual(['fabrikam']);
    expect(scopesCalled('fabrikam group (root)', found)).toEqual([]);
  });
});
