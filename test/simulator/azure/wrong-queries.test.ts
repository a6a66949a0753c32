import { errorOf, openAzure, shop } from './simulated-azure.ts';
import type { SimulatedAzure } from './simulated-azure.ts';

let azure: SimulatedAzure;
beforeAll(async () => {
  azure = await openAzure();
});
afterAll(() => azure.simulator.close());

type WrongQuery = readonly [what: string, query: unknown, body: Record<string, unknown>, code: string, says: string];

const across = 'join (policyresources | project id) on id';

const wrongQueries: readonly WrongQuery[] = [
  ['no query', undefined, {}, 'EmptyQuery', 'empty'],
  ['a query that is a number', 7, {}, 'EmptyQuery', 'empty'],
  ['a query with a mistake', 'resources | where', {}, 'ParserFailure', 'line 1'],
  ['a table that is not there', 'secrets | count', {}, 'UnknownTable', 'secrets'],
  ['an operator that is not of Resource Graph', 'resources | getschema', {}, 'DisallowedLogicalOperator', 'schema'],
  [
    'a join flavour that is not allowed',
    'resources | join kind=fullouter (resources) on id',
    {},
    'UnsupportedJoinFlavor',
    'fullouter',
  ],
  ['four joins', `resources${' | join (resources | project id) on id'.repeat(4)}`, {}, 'InvalidQuery', 'at most 3'],
  [
    'two joins with other tables',
    `resources | ${across} | ${across}`,
    {},
    'InvalidQuery',
    'cross-table join at most 1',
  ],
  ['mv-expand of more than 400 rows', 'resources | mv-expand tags limit 401', {}, 'InvalidQuery', '400'],
  ['four times mv-expand', `resources${' | mv-expand tags'.repeat(4)}`, {}, 'InvalidQuery', 'at most 3'],
  ['a page of 1,001 rows', 'resources', { options: { $top: 1001 } }, 'InvalidRequest', '$top'],
  ['a page as a text', 'resources', { options: { $top: '10' } }, 'InvalidRequest', '$top'],
  ['an option that is not there', 'resources', { options: { top: 10 } }, 'InvalidRequest', "'options.top'"],
  ['a member that is not there', 'resources', { subscription: 'x' }, 'InvalidRequest', "'subscription'"],
  ['an unknown format', 'resources', { options: { resultFormat: 'csv' } }, 'InvalidRequest', 'resultFormat'],
  [
    'an unknown scope filter',
    'resources',
    { options: { authorizationScopeFilter: 'Up' } },
    'InvalidRequest',
    'AtScopeExact',
  ],
  ['a skip token of its own making', 'resources', { options: { $skipToken: 'abc' } }, 'InvalidSkipToken', 'not valid'],
  ['facets', 'resources', { facets: [{ expression: 'location' }] }, 'NotSupported', 'location'],
  [
    'subscriptions and management groups at once',
    'resources',
    { subscriptions: [shop.split('/')[2]], managementGroups: ['corp'] },
    'InvalidRequest',
    'not both',
  ],
  [
    'a subscription that nobody knows',
    'resources',
    { subscriptions: ['none'] },
    'NoValidSubscriptionsInQueryRequest',
    'No valid',
  ],
];

it.each(wrongQueries)('Resource Graph refuses %s in its own shape', async (_what, query, body, code, says) => {
  const path = '/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01';
  const reply = await azure.send('bot', 'POST', path, { query, ...body });
  expect([reply.status, errorOf(reply).code]).toEqual([400, 'BadRequest']);
  expect(errorOf(reply).details).toEqual([{ code, message: expect.stringContaining(says) as string }]);
  expect(reply.headers.get('x-ms-user-quota-remaining')).not.toBeNull();
});

it('answers queries that keep to the limits', async () => {
  const joins = `resources | ${across} | join (resources | project id) on id | join (resourcecontainers | project id) on id`;
  expect((await azure.query('bot', joins)).status).toBe(200);
  const expanded = 'resources | mv-expand tags limit 400 | project id';
  expect((await azure.query('bot', expanded, { options: { $top: 1000, allowPartialScopes: true } })).status).toBe(200);
});
