import { createAzure } from '../../../src/azure/azure.ts';
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
