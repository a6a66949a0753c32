import { missingFrom, documentedCalls } from './documented-calls.ts';
import { shapeProblems, shapes } from './check-shape.ts';

const scope = '/subscriptions/10000001-0000-4000-8000-000000000000/resourceGroups/rg-shop';
const authorization = `${scope}/providers/Microsoft.Authorization`;
const putPath = `${authorization}/policyExemptions/ED-12ab?api-version=2026-01-01-preview`;
const properties = {
  policyAssignmentId: '/x/policyAssignments/y',
  exemptionCategory: 'Waiver',
  expiresOn: '2026-12-21T22:59:59.000Z',
  metadata: { anything: 1 },
  resourceSelectors: [{ name: 'eu', selectors: [{ kind: 'resourceLocation', in: ['westeurope'] }] }],
};
const put = (changes: Record<string, unknown>, path = putPath) => ({
  method: 'PUT',
  path,
  body: { properties: { ...properties, ...changes } },
});
const ask = (body: unknown, version = '2024-04-01') => ({
  method: 'POST',
  path: `/providers/Microsoft.ResourceGraph/resources?api-version=${version}`,
  body,
});
const get = (path: string) => ({ method: 'GET', path, body: undefined });

describe('a request to Azure', () => {
  it('has a published shape if docs/azure.md names it, with its source', () => {
    const published = documentedCalls().filter(({ apiVersion }) => apiVersion !== 'newest');
    const named = published.map((each) => ({ ...each, apiVersion: each.apiVersion === 'none' ? '' : each.apiVersion }));
    expect(missingFrom(shapes, named)).toEqual([]);
    expect(shapes.filter(({ source }) => !/^github\.com\/\S+ \S.* @[\da-f]{40}/.test(source))).toEqual([]);
  });

  it.each([
    put({}),
    put({ policyDefinitionReferenceIds: ['a'], assignmentScopeValidation: 'DoNotValidate', displayName: '' }),
    ask({ query: 'resources', options: { resultFormat: 'objectArray', $top: 1000, $skipToken: 'x' } }),
    get(`${authorization}/roleAssignments?api-version=2022-04-01&$filter=atScope()`),
    get('/providers/Microsoft.Authorization?api-version=2021-04-01'),
    { ...put({ unheardOf: 1 }), invented: ['unheardOf'] },
    // The newest version is asked for only to read.
    get(`${authorization}/policyExemptions/ED-12ab?api-version=2027-01-01`),
  ])('may be as it is published: $method $path', (sent) => {
    expect(shapeProblems(sent)).toEqual([]);
  });

  it.each([
    ['an unknown member', put({ owner: 'bob' }), '/body/properties must NOT have additional properties'],
    ['an unknown member around the properties', { ...put({}), body: { properties, tags: {} } }, '"tags"'],
    ['a member of an older selector', put({ resourceSelectors: [{ kind: 'resourceType' }] }), '"kind"'],
    ['a missing member', put({ policyAssignmentId: undefined }), "must have required property 'policyAssignmentId'"],
    ['no body', { ...put({}), body: undefined }, "must have required property 'body'"],
    ['another word', put({ exemptionCategory: 'Accepted' }), '/body/properties/exemptionCategory must be equal to one'],
    ['another kind', put({ resourceSelectors: [{ selectors: [{ kind: 'tag' }] }] }), 'must be equal to one'],
    ['another type', put({ policyDefinitionReferenceIds: 'a' }), 'must be array'],
    ['a day instead of an instant', put({ expiresOn: '2026-12-21' }), 'must match format "date-time"'],
    ['another version', put({}, putPath.replace('2026-01-01', '2026-02-02')), 'no published shape is known'],
    ['a name that Azure refuses', put({}, putPath.replace('ED-12ab', 'ED.12%3Cab')), '/name must match pattern'],
    ['no scope', put({}, `/somewhere${putPath}`), 'begins with no scope'],
    ['another call', get(`${authorization}/policyExemptions?api-version=2026-01-01-preview`), 'no published shape'],
    [
      'a body where none belongs',
      { ...get('/providers/Microsoft.Authorization?api-version=2021-04-01'), body: {} },
      'body',
    ],
    ['an unknown filter', get(`${authorization}/denyAssignments?api-version=2022-04-01&$filter=all()`), '$filter'],
    [
      'a filter of role assignments on deny assignments',
      get(
        `${authorization}/denyAssignments?api-version=2022-04-01&$filter=assignedTo('10000001-0000-4000-8000-000000000000')`,
      ),
      '$filter',
    ],
    [
      'too many versions on a page',
      get('/providers/Microsoft.Authorization/policySetDefinitions/x/versions?api-version=2023-04-01&$top=5000'),
      '$top',
    ],
    [
      'an assignment that Azure could not have',
      get(`${authorization}/policyAssignments/a%3Cb?api-version=2023-04-01`),
      '/name',
    ],
    ['an unknown parameter', get(`${authorization}/locks?api-version=2020-05-01&$expand=all`), '"$expand"'],
    ['a page too large', ask({ query: 'x', options: { $top: 5000 } }), 'must be <= 1000'],
    ['a question without a query', ask({ options: {} }), "required property 'query'"],
    ['a misspelt option', ask({ query: 'x', options: { skipToken: 'y' } }), '"skipToken"'],
  ])('may not have %s', (_, sent, problem) => {
    expect(shapeProblems(sent).join('\n')).toContain(problem);
  });
});
