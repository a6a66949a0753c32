import { PolicyClient } from '@azure/arm-policy';
import { ResourceGraphClient } from '@azure/arm-resourcegraph';
import { z } from 'zod';
import { createResourceGraph } from '../../../src/azure/client/resource-graph.ts';
import { createRest } from '../../../src/azure/client/rest.ts';
import { withTimeLimit } from '../../../src/azure/client/time-limit.ts';
import { GovernanceError } from '../../../src/core/governance-error.ts';
import { cannedHttpClient, credential, type Canned, type CannedAnswer } from '../canned-http-client.ts';

const retryOptions = { maxRetries: 0 };

const throughResourceManager = async (canned: Canned, limitInMs = 5000): Promise<unknown> => {
  const httpClient = cannedHttpClient(() => canned).client;
  const client = new PolicyClient(credential, 'none', { httpClient, retryOptions });
  const rest = createRest('https://management.azure.com', (request) => client.sendRequest(request));
  return withTimeLimit(limitInMs, (signal) =>
    rest.call({ method: 'PUT', path: '/subscriptions/s', apiVersion: '1', body: {}, signal }),
  );
};

const throughResourceGraph = async (canned: Canned): Promise<unknown> => {
  const httpClient = cannedHttpClient(() => canned).client;
  const client = new ResourceGraphClient(credential, { httpClient, retryOptions });
  return createResourceGraph(client, async () => undefined)(z.unknown(), { query: 'resources' });
};

const failureOf = async (work: Promise<unknown>): Promise<GovernanceError> => {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof GovernanceError)) throw new Error('Expected a GovernanceError', { cause: error });
  return error;
};

const refusal = (status: number, code: string, message = 'Because.'): Canned => ({
  status,
  body: { error: { code, message } },
  headers: { 'x-ms-correlation-request-id': 'c0ffee' },
});

const refusals = [
  ['a missing right as forbidden', refusal(403, 'AuthorizationFailed'), 'forbidden'],
  ['a missing object as not found', refusal(404, 'PolicyExemptionNotFound'), 'not-found'],
  ['a lock as a conflict', refusal(409, 'ScopeLocked'), 'conflict'],
  ['a disabled subscription as a conflict', refusal(409, 'ReadOnlyDisabledSubscription'), 'conflict'],
  ['a refused sign-in as no answer', refusal(401, 'InvalidAuthenticationToken'), 'unavailable'],
  ['throttling without a waiting time as no answer', refusal(429, 'TooManyRequests'), 'unavailable'],
  ['a fault of its own as no answer', refusal(500, 'InternalServerError'), 'unavailable'],
] as const;

const gateways = [
  ['a 502 page of a gateway', { status: 502, body: '<html><h1>Bad Gateway</h1></html>' }],
  ['a 403 page of a proxy', { status: 403, body: '<html>Blocked</html>' }],
  ['a 404 page of a proxy', { status: 404, body: '<html>Not here</html>' }],
  ['an empty 503', { status: 503 }],
  ['a page with status 200', { status: 200, body: '<html>Sign in to the hotel network</html>' }],
  ['a body cut in the middle', { status: 200, body: '{"data":[{"id":' }],
  ['an empty body with status 200', { status: 200 }],
  ['a reset connection', 'reset'],
] as const satisfies readonly (readonly [string, Canned])[];

const violation = (info: Readonly<Record<string, unknown>>) => ({ type: 'PolicyViolation', info });
const disallowed = (...additionalInfo: readonly unknown[]): Canned => ({
  status: 403,
  body: {
    error: {
      code: 'RequestDisallowedByPolicy',
      target: 'EX-1',
      message: `Resource 'EX-1' was disallowed by policy. Policy identifiers: '[]'.`,
      additionalInfo,
    },
  },
});
const tags = violation({
  policyDefinitionDisplayName: 'Require a tag on resources',
  policyDefinitionName: '871b6d14-10aa-478d-b590-94f262ecfa99',
  policyDefinitionEffect: 'deny',
  policyAssignmentId:
    '/providers/Microsoft.Management/managementGroups/contoso/providers/Microsoft.Authorization/policyAssignments/tags',
  policyAssignmentName: 'tags',
  policyAssignmentDisplayName: 'Tags of Contoso',
  policyAssignmentParameters: { tagName: { value: 'owner' } },
});

it('says that a subscription is disabled, and that it has to be enabled before anybody tries again', async () => {
  const error = await failureOf(throughResourceManager(refusal(409, 'ReadOnlyDisabledSubscription')));
  expect(error.message).toBe(
    'Azure refused: the subscription is disabled, so nothing can be written there. Have its owner enable it again, which often means to pay a bill, then try again.',
  );
});

describe('a call that a policy of the organisation forbids', () => {
  it('is refused by the names of the policy and of its assignment', async () => {
    const error = await failureOf(throughResourceManager(disallowed(tags)));

    expect(error.code).toBe('forbidden');
    expect(error.message).toBe(
      'Azure refused: the policy “Require a tag on resources”, assigned as “Tags of Contoso” forbids this exemption. Ask the team that runs that policy to leave out policy exemptions, or request what it allows; trying again changes nothing.',
    );
  });

  it.each([
    [
      'each policy once',
      [tags, tags, violation({ policyAssignmentName: 'no-exemptions' })],
      /Contoso”, the policy assignment “no-exemptions” forbid this/,
    ],
    [
      'an assignment without a display name',
      [violation({ policyAssignmentName: 'tags' })],
      /the policy assignment “tags” forbids/,
    ],
    [
      'no GUID',
      [violation({ policyDefinitionName: '871b6d14-10aa-478d-b590-94f262ecfa99' })],
      /forbids it: Resource 'EX-1' was disallowed/,
    ],
    [
      'nothing that is not there',
      [],
      /because a policy of your organisation forbids it: Resource 'EX-1' was disallowed/,
    ],
    [
      'nothing of another shape',
      [null, 'text', { type: 'PolicyViolation' }, violation({ policyAssignmentName: 7 })],
      /forbids it: Resource/,
    ],
  ])('names %s', async (_, additionalInfo, sentence) => {
    expect((await failureOf(throughResourceManager(disallowed(...additionalInfo)))).message).toMatch(sentence);
  });
});

describe('what becomes of a refusal', () => {
  it.each(refusals)('takes %s', async (_story, canned, code) => {
    for (const work of [throughResourceManager(canned), throughResourceGraph(canned)]) {
      const error = await failureOf(work);
      expect(error.code).toBe(code);
      expect(error.cause).toMatchObject({ correlationId: 'c0ffee' });
    }
  });

  it.each(gateways)('takes %s as no answer, and shows nothing of it', async (_story, canned) => {
    for (const work of [throughResourceManager(canned), throughResourceGraph(canned)]) {
      const error = await failureOf(work);
      expect(error.code).toBe('unavailable');
      expect(error.message).toMatch(/^Azure (did not answer|gave an answer)/);
    }
  });

  it('gives up on a silent Azure', async () => {
    expect((await failureOf(throughResourceManager('silence', 20))).code).toBe('unavailable');
  });

  it('says which right is missing on the policy assignment, and where to give it', async () => {
    const error = await failureOf(throughResourceManager(refusal(403, 'LinkedAuthorizationFailed')));
    expect(error.message).toContain('policyAssignments/exempt/action');
    expect(error.message).toContain('where the policy is assigned');
  });

  it('explains a deny assignment instead of asking for more roles', async () => {
    const error = await failureOf(throughResourceManager(refusal(403, 'DenyAssignmentAuthorizationFailed')));
    expect(error.message).toContain('a deny assignment protects this scope');
    expect(error.message).not.toContain('grant');
  });

  it('names the action that Azure refused', async () => {
    const message =
      "The client 'x' with object id 'x' does not have authorization to perform action 'Microsoft.Authorization/policyExemptions/write' over scope '/subscriptions/s' or the scope is invalid.";
    const error = await failureOf(throughResourceManager(refusal(403, 'AuthorizationFailed', message)));
    expect(error.message).toContain('(Microsoft.Authorization/policyExemptions/write)');
  });

  it("takes a refused query as our own fault, and keeps Resource Graph's reason for the log", async () => {
    const details = [{ code: 'ParserFailure', message: 'No such column.' }];
    const body = { error: { code: 'BadRequest', message: 'Please provide this when asking.', details } };
    const error: unknown = await throughResourceGraph({ status: 400, body }).catch((reason: unknown) => reason);
    expect(error).not.toBeInstanceOf(GovernanceError);
    expect(String(error)).toContain('No such column.');
  });

  it("hands on Azure's words about a wrong request", async () => {
    const error = await failureOf(throughResourceManager(refusal(400, 'Invalid', 'The reference is\n unknown.')));
    expect(error.code).toBe('invalid');
    expect(error.message).toBe('Azure refused this as invalid: The reference is unknown.');
  });
});

describe('a request to Resource Manager', () => {
  const signal = AbortSignal.timeout(5000);

  it('never leaves the path that the id names', async () => {
    const { client, requests } = cannedHttpClient(() => ({ status: 200, body: {} }));
    const rest = createRest('https://management.azure.com', (request) => client.sendRequest(request));
    for (const path of ['/subscriptions/s/../../x', '//subscriptions/s', 'subscriptions/s', '/subscriptions/'])
      await expect(rest.call({ method: 'GET', path, signal })).rejects.toMatchObject({ code: 'invalid' });
    await rest.call({ method: 'GET', path: '/subscriptions/s/x?y#z', apiVersion: '1', signal });
    expect(requests.map((request) => request.url)).toEqual([
      'https://management.azure.com/subscriptions/s/x%3Fy%23z?api-version=1',
    ]);
  });

  const restOver = (answers: Readonly<Record<string, CannedAnswer>>) => {
    const { client } = cannedHttpClient(({ url }) => answers[new URL(url).pathname] ?? { status: 500 });
    return createRest('https://management.azure.com', (request) => client.sendRequest(request));
  };

  it.each([
    ['an empty link', ''],
    ['null', null],
  ])('ends a list at %s', async (_story, nextLink) => {
    const rest = restOver({ '/list': { status: 200, body: { value: [1], nextLink } } });
    await expect(rest.list({ path: '/list', signal })).resolves.toEqual([1]);
  });

  it('counts a link that is no address as no answer', async () => {
    const rest = restOver({ '/list': { status: 200, body: { value: [1], nextLink: 'next' } } });
    await expect(rest.list({ path: '/list', signal })).rejects.toMatchObject({ code: 'unavailable' });
  });

  it.each([
    ['in a member with a capital letter', { Error: { code: 'ScopeLocked', message: 'Locked.' } }],
    ['with capital letters', { Code: 'ScopeLocked', Message: 'Locked.' }],
    ['without a member around it', { code: 'ScopeLocked', message: 'Locked.' }],
  ])('understands a refusal %s', async (_story, body) => {
    const rest = restOver({ '/list': { status: 409, body } });
    await expect(rest.list({ path: '/list', signal })).rejects.toThrow('a resource lock protects this scope');
  });

  it('follows every next page, but only at Azure', async () => {
    const pages: Record<string, unknown> = {
      '/list': { value: [1], nextLink: 'https://management.azure.com/page2?x=1' },
      '/page2': { value: [2], nextLink: 'https://elsewhere.example/page3' },
    };
    const { client, requests } = cannedHttpClient(({ url }) => ({ status: 200, body: pages[new URL(url).pathname] }));
    const rest = createRest('https://management.azure.com', (request) => client.sendRequest(request));
    await expect(rest.list({ path: '/list', signal })).rejects.toMatchObject({ code: 'unavailable' });
    pages['/page2'] = { value: [2] };
    await expect(rest.list({ path: '/list', signal })).resolves.toEqual([1, 2]);
    expect(requests.filter((request) => request.url.includes('elsewhere'))).toEqual([]);
  });
});
