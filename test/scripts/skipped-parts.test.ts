import type { HttpClient } from '@azure/core-rest-pipeline';
import { runContract } from '../../scripts/contract/run-contract.ts';
import { redirectingHttpClient } from '../../simulator/azure/redirecting-http-client.ts';
import { startAzureSimulator, type AzureSimulator } from '../../simulator/azure/server.ts';
import { createClock } from '../../simulator/clock.ts';
import { createTenant } from '../../simulator/tenant/contoso/create-tenant.ts';
import { credential, sentBy } from '../azure/canned-http-client.ts';

const clock = createClock(() => Date.parse('2026-03-02T09:00:00Z'));

type Body = Record<string, unknown>;
type Answer = { readonly data?: readonly unknown[]; readonly count?: number };
type Tampering = { readonly body?: (body: Body) => Body; readonly answer?: (answer: Answer) => Answer };

const withoutSkip = ({ options, ...body }: Body): Body => {
  const { $skip: _, ...kept } = options as Body;
  return { ...body, options: kept };
};

/** What lists of recommendations lean on, against a Resource Graph that is another. */
describe('the contract about parts of a sorted answer', () => {
  let simulator: AzureSimulator;
  beforeAll(async () => {
    simulator = await startAzureSimulator({ tenant: createTenant({ now: () => clock.now() }), clock, port: 0 });
  });
  afterAll(() => simulator.close());

  const tampered = ({ body = (each) => each, answer = (each) => each }: Tampering): HttpClient => {
    const inner = redirectingHttpClient({
      'https://management.azure.com': simulator.url,
      'https://graph.microsoft.com': simulator.url,
    });
    return {
      sendRequest: async (request) => {
        if (!request.url.includes('ResourceGraph')) return inner.sendRequest(request);
        request.body = JSON.stringify(body(sentBy(request)));
        const response = await inner.sendRequest(request);
        return { ...response, bodyAsText: JSON.stringify(answer(JSON.parse(response.bodyAsText ?? '{}') as Answer)) };
      },
    };
  };

  it.each<[what: string, verdict: string, seen: RegExp, tampering: Tampering]>([
    ['is as documented', 'matches', /^rows 3 and 4 of \d+$/, {}],
    ['does not heed $skip', 'differs', /^the part has other rows$/, { body: withoutSkip }],
    [
      'does not sort',
      'differs',
      /the answer is not sorted/,
      { answer: ({ data = [], ...rest }) => ({ ...rest, data: data.toReversed() }) },
    ],
    [
      'counts only the part',
      'differs',
      /^the part counts other rows$/,
      { answer: ({ count, ...rest }) => ({ ...rest, totalRecords: count }) },
    ],
  ])('says so where Resource Graph %s', async (_what, verdict, seen, tampering) => {
    const { findings } = await runContract({
      ...{ credential, httpClient: tampered(tampering), now: () => clock.now(), personId: undefined },
    });
    const found = findings.find(({ title }) => title.startsWith('$skip'));
    expect(found).toMatchObject({ verdict, seen: expect.stringMatching(seen) as string });
  });
});
