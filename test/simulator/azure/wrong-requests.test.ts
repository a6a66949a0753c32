import {
  assignmentId,
  contoso,
  corp,
  databricksGroup,
  exemptionBody,
  exemptionList,
  exemptionPath,
  machine,
  openAzure,
  shop,
} from './simulated-azure.ts';
import type { SimulatedAzure } from './simulated-azure.ts';

let azure: SimulatedAzure;
beforeAll(async () => {
  azure = await openAzure();
  azure.tenant.locks.push({ name: 'frozen', scope: machine('vm-shop-10'), level: 'ReadOnly' });
});
afterAll(() => azure.simulator.close());

type Wrong = {
  readonly what: string;
  readonly as?: string;
  readonly method?: string;
  readonly path: string;
  readonly body?: unknown;
  readonly status: number;
  readonly code: string;
  readonly says: string;
};

const vm = machine('vm-shop-1');
const groupWithDirectAssignment = `${corp}/resourceGroups/rg-corp-web`;
const direct = assignmentId(groupWithDirectAssignment, 'secure-transfer');
const bodyInvalid = { status: 400, code: 'InvalidCreatePolicyExemptionRequest' } as const;
const bodyUnreadable = { status: 400, code: 'InvalidRequestContent' } as const;

const put = (properties: Record<string, unknown>, more: Omit<Wrong, 'path' | 'method' | 'body'>): Wrong => ({
  method: 'PUT',
  path: exemptionPath(vm, 'wrong'),
  body: exemptionBody(properties),
  ...more,
});
const putAt = (scope: string, name: string, more: Omit<Wrong, 'path' | 'method' | 'body'>): Wrong => ({
  ...put({}, more),
  path: exemptionPath(scope, name),
});
const list = `${vm}/providers/Microsoft.Authorization/policyExemptions`;

const wrongCalls: readonly Wrong[] = [
  { what: 'no token', as: '', path: exemptionList(vm), status: 401, code: 'AuthenticationFailed', says: 'missing' },
  {
    what: 'a token of nobody',
    as: 'mallory',
    path: exemptionList(vm),
    status: 401,
    code: 'InvalidAuthenticationToken',
    says: 'nobody of this tenant',
  },
  { what: 'no api-version', path: list, status: 400, code: 'MissingApiVersionParameter', says: 'is required' },
  {
    what: 'an api-version that is not one of this type',
    path: `${list}?api-version=2023-04-01`,
    status: 400,
    code: 'InvalidApiVersionParameter',
    says: "'2020-07-01-preview,2022-07-01-preview,",
  },
  {
    what: 'a double slash in the path',
    path: exemptionList(`/${vm}`),
    status: 400,
    code: 'InvalidRequestUri',
    says: 'empty segment',
  },
  {
    what: 'a filter that the list does not know',
    path: exemptionList(vm, "displayName eq 'x'"),
    status: 400,
    code: 'InvalidFilterInQueryString',
    says: 'displayName',
  },
  {
    what: 'a body that is no JSON',
    method: 'PUT',
    path: exemptionPath(vm, 'wrong'),
    body: '{',
    ...bodyUnreadable,
    says: 'could not be deserialized',
  },
  {
    what: 'a body that is a list',
    method: 'PUT',
    path: exemptionPath(vm, 'wrong'),
    body: [],
    ...bodyUnreadable,
    says: 'no object',
  },
  {
    what: 'a body without properties',
    method: 'PUT',
    path: exemptionPath(vm, 'wrong'),
    body: {},
    ...bodyInvalid,
    says: 'no properties',
  },
  {
    what: 'a member beside properties that no contract has',
    method: 'PUT',
    path: exemptionPath(vm, 'wrong'),
    body: { ...exemptionBody(), tags: {} },
    ...bodyUnreadable,
    says: "Could not find member 'tags'",
  },
  put({ expireOn: '2026-12-31T00:00:00Z' }, { what: 'a misspelt property', ...bodyUnreadable, says: "'expireOn'" }),
  {
    ...put(
      { resourceSelectors: [] },
      { what: 'selectors at the older api-version', ...bodyUnreadable, says: "'resourceSelectors'" },
    ),
    path: exemptionPath(vm, 'wrong', '2020-07-01-preview'),
  },
  put({ policyAssignmentId: undefined }, { what: 'no assignment', ...bodyInvalid, says: "'policyAssignmentId'" }),
  put(
    { policyAssignmentId: vm },
    { what: 'an assignment id that is none', ...bodyInvalid, says: "'policyAssignmentId'" },
  ),
  put({ exemptionCategory: undefined }, { what: 'no category', ...bodyInvalid, says: "'exemptionCategory'" }),
  put(
    { exemptionCategory: 'Accepted' },
    { what: 'an unknown category', ...bodyInvalid, says: "'Waiver' or 'Mitigated'" },
  ),
  put({ expiresOn: '31.12.2026' }, { what: 'a date in German', ...bodyInvalid, says: 'ISO 8601' }),
  put({ expiresOn: 1_798_675_200 }, { what: 'a date as a number', ...bodyInvalid, says: 'ISO 8601' }),
  put({ displayName: 'x'.repeat(129) }, { what: 'a display name of 129 characters', ...bodyInvalid, says: '128' }),
  put({ description: 'x'.repeat(513) }, { what: 'a description of 513 characters', ...bodyInvalid, says: '512' }),
  put({ metadata: 'ticket 7' }, { what: 'metadata that is a text', ...bodyInvalid, says: "'metadata'" }),
  put(
    { metadata: { why: 'x'.repeat(1025) } },
    { what: 'a metadata text of 1,025 characters', ...bodyInvalid, says: '1024' },
  ),
  put(
    { policyDefinitionReferenceIds: 'jit' },
    { what: 'reference ids that are a text', ...bodyInvalid, says: 'a list of' },
  ),
  put(
    { resourceSelectors: Array.from({ length: 11 }, (_, number) => ({ name: `s${number}`, selectors: [] })) },
    { what: 'eleven resource selectors', ...bodyInvalid, says: 'at most 10' },
  ),
  put(
    { resourceSelectors: [{ name: 'both', selectors: [{ kind: 'resourceType', in: ['a'], notIn: ['b'] }] }] },
    { what: 'a selector with in and notIn', ...bodyInvalid, says: "'in' or 'notIn'" },
  ),
  put(
    { assignmentScopeValidation: 'Never' },
    { what: 'an unknown scope validation', ...bodyInvalid, says: 'DoNotValidate' },
  ),
  put(
    { policyDefinitionReferenceIds: ['madeUp'] },
    {
      what: 'a reference id that the initiative lacks',
      status: 400,
      code: 'InvalidPolicyDefinitionReference',
      says: "'madeUp'",
    },
  ),
  {
    ...put(
      { policyAssignmentId: direct },
      {
        what: 'reference ids on a direct assignment',
        status: 400,
        code: 'InvalidPolicyDefinitionReference',
        says: 'is an assignment of a policy definition',
      },
    ),
    path: exemptionPath(groupWithDirectAssignment, 'wrong'),
  },
  put(
    { policyAssignmentId: assignmentId(shop, 'gone') },
    { what: 'an assignment that is gone', status: 404, code: 'PolicyAssignmentNotFound', says: "'gone'" },
  ),
  {
    ...put(
      { policyAssignmentId: assignmentId(shop, 'SecurityCenterBuiltIn') },
      { what: 'a scope above its assignment', ...bodyInvalid, says: 'not at or under' },
    ),
    path: exemptionPath(contoso, 'wrong'),
  },
  putAt(vm, 'n'.repeat(65), {
    what: 'a name of 65 characters',
    status: 400,
    code: 'InvalidPolicyExemptionName',
    says: '64',
  }),
  putAt(vm, 'a%3Ab', { what: 'a colon in the name', status: 400, code: 'InvalidPolicyExemptionName', says: 'a:b' }),
  putAt(vm, 'a%07b', {
    what: 'a control character in the name',
    status: 400,
    code: 'InvalidPolicyExemptionName',
    says: 'control',
  }),
  putAt(vm, 'a%20', {
    what: 'a name that ends with a space',
    status: 400,
    code: 'InvalidPolicyExemptionName',
    says: 'space',
  }),
  putAt(machine('vm-shop-11'), 'wrong', {
    what: 'a resource that is not there',
    status: 404,
    code: 'ResourceNotFound',
    says: 'vm-shop-11',
  }),
  putAt(`${shop}/resourceGroups/rg-none`, 'wrong', {
    what: 'a resource group that is not there',
    status: 404,
    code: 'ResourceGroupNotFound',
    says: 'rg-none',
  }),
  putAt(vm, 'wrong', {
    what: 'a writer without the right',
    as: 'alice',
    status: 403,
    code: 'AuthorizationFailed',
    says: 'policyExemptions/write',
  }),
  putAt(databricksGroup, 'wrong', {
    what: 'a managed resource group',
    status: 403,
    code: 'DenyAssignmentAuthorizationFailed',
    says: 'Azure Databricks',
  }),
  putAt(machine('vm-shop-10'), 'wrong', {
    what: 'a locked machine',
    status: 409,
    code: 'ScopeLocked',
    says: 'Please remove the lock',
  }),
  {
    what: 'an exemption that is not there',
    path: exemptionPath(vm, 'none'),
    status: 404,
    code: 'PolicyExemptionNotFound',
    says: "'none' is not found",
  },
];

it.each(wrongCalls)('refuses $what', async ({ as = 'bot', method = 'GET', path, body, status, code, says }) => {
  const before = azure.tenant.exemptions.all();
  const reply = await azure.send(as, method, path, body);
  expect([reply.status, reply.json]).toEqual([
    status,
    { error: { code, message: expect.stringContaining(says) as string } },
  ]);
  expect(reply.headers.get('content-type')).toContain('application/json');
  expect(azure.tenant.exemptions.all()).toEqual(before);
});

const standard = (name: string): string =>
  `${vm}/providers/Microsoft.Security/standardAssignments/${name}?api-version=2024-08-01`;
const guid = '5a5a5a5a-0000-4000-8000-000000000001';
const standardBody = (properties: Record<string, unknown>) => ({
  properties: {
    displayName: 'Not needed here',
    effect: 'Exempt',
    assignedStandard: { id: '/providers/Microsoft.Security/Standards/1f3afdf9-d0c9-4c3d-847f-89da613e70a8' },
    exemptionData: {
      exemptionCategory: 'waiver',
      assignedAssessment: { assessmentKey: 'd79a60ef-d490-484e-91ed-f45ceb0e7cfb' },
    },
    ...properties,
  },
});

it.each([
  ['a name that is no GUID', 'mine', {}, 'InvalidStandardAssignment', 'GUID'],
  [
    'a category with a capital',
    guid,
    { exemptionData: { exemptionCategory: 'Waiver' } },
    'InvalidStandardAssignment',
    "'waiver'",
  ],
  ['an effect that this simulator has not', guid, { effect: 'Attest' }, 'InvalidStandardAssignment', "'Exempt'"],
  ['a standard that is none', guid, { assignedStandard: { id: vm } }, 'InvalidStandardAssignment', 'standard'],
  ['a member that is not there', guid, { exemptionCategory: 'waiver' }, 'InvalidRequestContent', "'exemptionCategory'"],
])('Defender refuses %s in a standard assignment', async (_what, name, properties, code, says) => {
  const reply = await azure.send('bob', 'PUT', standard(name), standardBody(properties));
  expect([reply.status, reply.json]).toEqual([
    400,
    { error: { code, message: expect.stringContaining(says) as string } },
  ]);
});

it('says yes to the requests from which the wrong ones differ', async () => {
  expect((await azure.send('bot', 'PUT', exemptionPath(vm, 'right'), exemptionBody())).status).toBe(201);
  expect((await azure.send('bob', 'PUT', standard(guid), standardBody({}))).status).toBe(201);
});
