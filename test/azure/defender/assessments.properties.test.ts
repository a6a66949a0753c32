import fc from 'fast-check';
import { createAzure } from '../../../src/azure/azure.ts';
import { cannedHttpClient, credential, sentBy } from '../canned-http-client.ts';
import { answerFrom } from '../graph-rows.ts';

const guids = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'];
const subscription = (index: number) => `/subscriptions/${guids[index] ?? ''}`;
const group = (index: number, name: string) => `${subscription(index)}/resourceGroups/${name}`;
const resource = (place: string, name: string) => `${place}/providers/Microsoft.Compute/virtualMachines/${name}`;

const keys = fc.constantFrom('aaaa', 'bbbb', 'cccc');
const owner = fc.nat({ max: 1 });
const groups = fc.tuple(owner, fc.constantFrom('rg', 'rg-2')).map(([index, name]) => group(index, name));
const resources = fc.tuple(groups, fc.constantFrom('vm', 'vm-2')).map(([place, name]) => resource(place, name));
const statuses = fc.constantFrom<string[]>(['Unhealthy', ''], ['Healthy', ''], ['NotApplicable', 'Exempt']);

const rowOf = ([key, resourceId, [code, cause]]: [string, string, string[]]) => ({
  id: `${resourceId}/providers/Microsoft.Security/assessments/${key}`,
  name: key,
  type: 'microsoft.security/assessments',
  subscriptionId: resourceId.split('/')[2],
  properties: { resourceDetails: { Source: 'Azure', Id: resourceId }, status: { code, cause } },
});

const places = fc.record({
  subscriptions: fc.uniqueArray(owner.map(subscription)),
  narrower: fc.uniqueArray(fc.oneof(groups, resources).map((scope) => scope.toLowerCase())),
  hidden: fc.uniqueArray(fc.oneof(groups, resources), { maxLength: 1 }),
});
const questions = fc.array(fc.record({ key: keys, where: places }), { maxLength: 6 });
const rows = fc.uniqueArray(fc.tuple(keys, resources, statuses).map(rowOf), { selector: ({ id }) => id });

const sourceOver = (table: readonly ReturnType<typeof rowOf>[]) => {
  const { client, requests } = cannedHttpClient((request) => answerFrom('securityresources', table, request));
  const { recommendations } = createAzure({ credential, httpClient: client, now: () => new Date(0) });
  return { source: recommendations, requests };
};

describe('the assessments of several questions at once', () => {
  it('are those that each question alone gets, and those that are there', async () => {
    await fc.assert(
      fc.asyncProperty(rows, questions, async (table, asked) => {
        const { source, requests } = sourceOver(table);
        const together = await source.assessmentsOfAll(asked);
        expect(requests.length).toBeLessThanOrEqual(1);
        expect(together).toHaveLength(asked.length);
        for (const [index, { key, where }] of asked.entries()) {
          expect(together[index]).toEqual(await source.assessments(key, where));
          const isInside = (id: string, scope: string) => `${id.toLowerCase()}/`.startsWith(`${scope.toLowerCase()}/`);
          const there = table
            .filter(({ name }) => name === key)
            .map(({ id }) => id.slice(0, id.indexOf('/providers/Microsoft.Security')))
            .filter((id) => [...where.subscriptions, ...where.narrower].some((scope) => isInside(id, scope)))
            .filter((id) => !where.hidden.some((scope) => isInside(id, scope)));
          expect(together[index]?.map(({ resourceId }) => resourceId).toSorted()).toEqual(there.toSorted());
        }
      }),
      // Reading a query takes the simulator long, and looking for a smaller example reads many.
      { numRuns: 15, endOnFailure: true },
    );
  }, 60_000);

  it('are asked for in portions that are short enough', async () => {
    const machines = Array.from({ length: 200 }, (_, index) => resource(group(0, 'rg'), `vm-${index}`));
    const { source, requests } = sourceOver(machines.map((id) => rowOf(['aaaa', id, ['Unhealthy', '']])));
    const alone = machines.map((id) => ({ key: 'aaaa', where: { subscriptions: [], narrower: [id.toLowerCase()] } }));
    const found = await source.assessmentsOfAll([...alone, ...alone]);

    expect(found.map(([first, ...others]) => [first?.resourceId, others.length])).toEqual(
      [...machines, ...machines].map((id) => [id, 0]),
    );
    expect(requests.length).toBeGreaterThan(1);
    expect(requests.length).toBeLessThan(12);
    for (const request of requests) expect(JSON.stringify(sentBy(request)).length).toBeLessThan(12_000);
  });
});
