import { createAzure } from '../../src/azure/azure.ts';
import { tagWanted } from '../../src/core/tenant/tag-filter.ts';
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

describe('what carries a tag', () => {
  const group = `/subscriptions/${subscription}/resourceGroups/rg`;
  const { client, requests } = cannedHttpClient((request) =>
    answerFrom(
      'resources',
      [
        { id: vm, tags: { ENV: 'Prod' } },
        { id: `${vm}0`, tags: { env: 'preprod' } },
        { id: `${vm}1`, tags: { owner: 'prod', other: 'env' } },
        { id: group, tags: { "cost'center": '42, "a" \\ b' } },
        { id: `/subscriptions/${subscription}`, tags: null },
      ],
      request,
    ),
  );
  const { resources } = createAzure({ credential, httpClient: client, now: () => new Date('2026-03-01T12:00:00Z') });
  const tagged = (tag: string) => resources.tagged(tagWanted(tag)!, [`/subscriptions/${subscription}`]);

  it('is compared without case, by its whole value and its own name', async () => {
    expect(await tagged('env=prod')).toEqual([vm]);
    expect(await tagged('env=*prod')).toEqual([vm, `${vm}0`]);
    expect(await tagged('env')).toEqual([vm, `${vm}0`]);
    expect(await tagged('env=')).toEqual([]);
  });

  it('is found with whatever characters it has', async () => {
    expect(await tagged(`cost'center=42, "a" \\ b`)).toEqual([group]);
  });

  it('is asked of these subscriptions, and of none where there are none', async () => {
    const before = requests.length;
    expect(await resources.tagged({ name: 'env', value: undefined }, [])).toEqual([]);
    expect(requests).toHaveLength(before);
    expect(sentBy(requests[0]!).subscriptions).toEqual([subscription]);
  });
});
