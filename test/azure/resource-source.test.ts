import { createAzure } from '../../src/azure/azure.ts';
import { cannedHttpClient, credential, sentBy } from './canned-http-client.ts';
import { answerFrom } from './graph-rows.ts';

const subscription = '11111111-1111-4111-8111-111111111111';
const vm = `/subscriptions/${subscription}/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/vm1`;

describe('where resources are', () => {
  const { client, requests } = cannedHttpClient((request) =>
    answerFrom(
      'resources',
      ['', '0'].map((more) => ({ id: `${vm.toUpperCase()}${more}`, location: 'westeurope' })),
      request,
    ),
  );
  const { resources } = createAzure({ credential, httpClient: client, now: () => new Date('2026-03-01T12:00:00Z') });

  it('is told for exactly those asked about, in any casing', async () => {
    expect(await resources.locations([vm])).toEqual(new Map([[vm.toLowerCase(), 'westeurope']]));
    expect(sentBy(requests[0]!).subscriptions).toEqual([subscription]);
  });

  it('is not asked about nothing', async () => {
    expect(await resources.locations([])).toEqual(new Map());
    expect(requests).toHaveLength(1);
  });
});
