import { readFileSync } from 'node:fs';
import type { HttpClient, PipelineResponse } from '@azure/core-rest-pipeline';
import { runContract, type ContractResult } from '../../scripts/contract/run-contract.ts';
import { tokenHolder } from '../../scripts/contract/token-holder.ts';
import { callPattern } from '../../scripts/contract/call-pattern.ts';
import { documentedCalls, documentedQueries, missingFrom } from '../azure-calls/documented-calls.ts';
import { redirectingHttpClient } from '../../simulator/azure/redirecting-http-client.ts';
import { startAzureSimulator, type AzureSimulator } from '../../simulator/azure/server.ts';
import { createClock } from '../../simulator/clock.ts';
import { createTenant } from '../../simulator/tenant/contoso/create-tenant.ts';
import { people } from '../../simulator/tenant/contoso/people.ts';
import type { Tenant } from '../../simulator/tenant/tenant.ts';
import { credential, sentBy } from '../azure/canned-http-client.ts';

const clock = createClock(() => Date.parse('2026-03-02T09:00:00Z'));
const bob = people.find(({ key }) => key === 'bob')!.objectId;

let tenant: Tenant;
let simulator: AzureSimulator;

beforeAll(async () => {
  tenant = createTenant({ now: () => clock.now() });
  simulator = await startAzureSimulator({ tenant, clock, port: 0 });
});
afterAll(() => simulator.close());

const line = (): HttpClient =>
  redirectingHttpClient({
    'https://management.azure.com': simulator.url,
    'https://graph.microsoft.com': simulator.url,
  });

/** The line, with one answer changed on its way. */
const tampering = (change: (response: PipelineResponse) => PipelineResponse): HttpClient => {
  const inner = line();
  return { sendRequest: async (request) => change(await inner.sendRequest(request)) };
};

const contract = (options: Partial<Parameters<typeof runContract>[0]> = {}): Promise<ContractResult> =>
  runContract({ credential, httpClient: line(), now: () => clock.now(), personId: bob, ...options });

const verdictOf = ({ findings }: ContractResult, title: string): string =>
  findings.find((each) => each.title.startsWith(title))?.verdict ?? 'not looked for';

const as = (key: string) => ({ getToken: async () => ({ token: key, expiresOnTimestamp: 32503680000000 }) });

const benchmark = () => tenant.policyAssignments.find(({ name }) => name === 'Deploy-MDC-MCSB')!.id;
const machine = () => tenant.resources.find(({ name }) => name === 'vm-shop-1')!.id;

// A database is called as a field of Resource Graph's answers is.
const wordsOfAzure = new Set(['', 'data']);

/** Every word by which somebody could tell Contoso from another company. */
const ownWords = (): string[] => [
  tenant.tenantId,
  ...tenant.managementGroups.flatMap(({ name, displayName }) => [name, displayName]),
  ...tenant.subscriptions.flatMap(({ subscriptionId, name }) => [subscriptionId, name]),
  ...tenant.resourceGroups.map(({ name }) => name),
  ...tenant.resources.map(({ name }) => name),
  ...tenant.policyAssignments.flatMap(({ name, displayName }) => [name, displayName]),
  ...tenant.exemptions.all().flatMap(({ name, properties }) => [name, properties.displayName ?? '']),
  ...tenant.principals.flatMap(({ objectId, signature }) => [objectId, signature]),
  ...tenant.groups.flatMap(({ id, displayName }) => [id, displayName]),
  ...tenant.denyAssignments.map(({ displayName }) => displayName),
];

/** The own words that stand in a text as words of their own. */
const toldIn = (text: string): string[] =>
  ownWords()
    .filter((word) => !wordsOfAzure.has(word))
    .filter((word) =>
      new RegExp(`(?<![\\w-])${word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}(?![\\w-])`, 'i').test(text),
    );

describe('the contract with Azure, only reading', () => {
  let result: ContractResult;
  const questions: string[] = [];
  let requests: ReturnType<AzureSimulator['requests']>;
  beforeAll(async () => {
    const before = simulator.requests().length;
    const inner = line();
    result = await contract({
      httpClient: {
        sendRequest: async (request) => {
          questions.push(String(sentBy(request).query));
          return inner.sendRequest(request);
        },
      },
    });
    requests = simulator.requests().slice(before);
  });

  it('finds nothing that differs in a tenant that is as documented', () => {
    expect(result.findings.filter(({ verdict }) => verdict === 'differs')).toEqual([]);
    expect(result.findings.filter(({ verdict }) => verdict === 'matches').length).toBeGreaterThan(20);
  });

  it('changes nothing', () => {
    expect(requests.filter(({ method }) => method === 'PUT' || method === 'DELETE')).toEqual([]);
  });

  it('makes every documented call of the product that reads', () => {
    const made = requests.map(({ method, path }) => callPattern(method, path));
    expect(
      missingFrom(
        made,
        documentedCalls().filter(({ call, apiVersion }) => !/^(PUT|DELETE) /.test(call) && apiVersion !== 'newest'),
      ),
    ).toEqual([]);
  });

  it.each(documentedQueries().map(({ file }) => file))('asks %s of Resource Graph', (file) => {
    const template = readFileSync(new URL(`../../src/azure/queries/${file}`, import.meta.url), 'utf8');
    const pieces = template.split(/\{\w+\}/);
    expect(questions.some((question) => pieces.every((piece) => question.includes(piece)))).toBe(true);
  });

  it.each([
    'a subscription has one secure score',
    'the score of a connector',
    'sums with a string id',
    '$skip leaves out the first rows',
    'the deny assignments of a subscription',
    'Resource Graph lists the standardAssignments',
    'the permissions for a decision',
    'an exemption made in Defender says',
    'Resource Graph has every member',
    'an assessment that an exemption made in Defender',
    'the list of a subscription has',
    'Resource Graph shows no deny assignments',
    'the deny assignments of a management group',
    'Resource Graph tells the texts',
  ])('finds out: %s', (title) => {
    expect([title, verdictOf(result, title)]).toEqual([title, 'matches']);
  });

  it('tells no name and no id of the tenant', () => {
    expect(toldIn('| vm-shop-1, Contoso |')).toEqual(expect.arrayContaining(['vm-shop-1', 'Contoso']));
    expect(toldIn(result.report)).toEqual([]);
    expect(result.report).not.toMatch(/[\da-f]{8}-[\da-f]{4}-/i);
    expect(result.report).not.toMatch(/(?<!microsoft\.resources)\/subscriptions\/(?!\{)/i);
  });
});

describe('a tenant that is not as documented', () => {
  const replaced = (from: string | RegExp, to: string, inCall = /./): HttpClient =>
    tampering((response) =>
      inCall.test(response.request.url)
        ? { ...response, bodyAsText: (response.bodyAsText ?? '').replaceAll(new RegExp(from, 'g'), to) }
        : response,
    );

  it('is reported with the field and what was expected of it', async () => {
    const result = await contract({ httpClient: replaced('"policyDefinitionReferenceId":"[^"]*"', '"x":1') });

    expect(verdictOf(result, 'initiatives')).toBe('differs');
    expect(result.report).toContain('field policyDefinitions.[].policyDefinitionReferenceId');
    expect(verdictOf(result, 'a reference id stands')).toBe('not checked');
    expect(toldIn(result.report)).toEqual([]);
  });

  it('is reported where a word of Azure is another', async () => {
    const result = await contract({ httpClient: replaced('"cause":"Exempt"', '"cause":"Excused"') });

    expect(verdictOf(result, 'an exempt assessment')).toBe('differs');
    expect(verdictOf(result, 'recommendations with their counts')).toBe('matches');
  });

  it('is reported where Azure refuses what we ask', async () => {
    const result = await contract({
      httpClient: tampering((response) =>
        /policySetDefinitions/i.test(response.request.url)
          ? {
              ...response,
              status: 400,
              bodyAsText: JSON.stringify({ error: { code: 'InvalidApiVersionParameter', message: 'for contoso' } }),
            }
          : response,
      ),
    });

    expect(verdictOf(result, 'initiatives')).toBe('differs');
    expect(result.report).toContain('400 InvalidApiVersionParameter');
  });

  it('is no news where only rights are missing', async () => {
    const result = await contract({ credential: as('dan'), personId: undefined });

    expect(result.findings.filter(({ verdict }) => verdict === 'differs')).toEqual([]);
    expect(verdictOf(result, 'one recommendation')).toBe('not checked');
  });
});

describe('the write test', () => {
  const count = () => tenant.exemptions.all().length;
  const referencesOfBenchmark = () =>
    tenant.initiatives
      .find(({ displayName }) => displayName === 'Microsoft cloud security benchmark')!
      .members.map((member) => member.policyDefinitionReferenceId);

  it('writes one exemption from one policy for an hour, reads it and takes it away', async () => {
    const before = count();
    const bodies: Record<string, unknown>[] = [];
    const inner = line();
    const httpClient: HttpClient = {
      sendRequest: async (request) => {
        if (request.method === 'PUT') bodies.push(sentBy(request));
        return inner.sendRequest(request);
      },
    };
    const result = await contract({ httpClient, writeTest: { scope: machine(), assignmentId: benchmark() } });

    expect(result.findings.filter(({ verdict }) => verdict === 'differs')).toEqual([]);
    expect(verdictOf(result, 'it is deleted')).toBe('matches');
    expect(verdictOf(result, 'an unknown reference id')).toBe('matches');
    const written = bodies.map(
      ({ properties }) => properties as { expiresOn: string; policyDefinitionReferenceIds: string[] },
    );
    expect(written.map(({ expiresOn }) => expiresOn)).toEqual(['2026-03-02T10:00:00.000Z', '2026-03-02T10:00:00.000Z']);
    for (const { policyDefinitionReferenceIds } of written)
      expect(referencesOfBenchmark()).toContain(policyDefinitionReferenceIds[0]);
    expect(count()).toBe(before);
    expect(result.leftBehind).toBeUndefined();
    expect(toldIn(result.report)).toEqual([]);
  });

  it('reports the words of Azure where the right at the assignment is missing', async () => {
    const scope = tenant.resourceGroups.find(({ name }) => name === 'rg-corp-analytics')!.id;
    const result = await contract({ credential: as('erin'), writeTest: { scope, assignmentId: benchmark() } });

    expect(verdictOf(result, 'LinkedAuthorizationFailed names')).toBe('matches');
    expect(verdictOf(result, 'an exemption of a resource needs')).toBe('matches');
    expect(toldIn(result.report)).toEqual([]);
  });

  it('reports whether Azure names the policy that forbids exemptions', async () => {
    const at = tenant.policyAssignments.findIndex(({ name }) => name === 'require-owner-tag');
    const [usual] = tenant.policyAssignments.slice(at);
    tenant.policyAssignments[at] = { ...usual!, deniesExemptions: 'all' };
    const result = await contract({ writeTest: { scope: machine(), assignmentId: benchmark() } });
    tenant.policyAssignments[at] = usual!;

    expect(verdictOf(result, 'RequestDisallowedByPolicy names')).toBe('matches');
    expect(toldIn(result.report)).toEqual([]);
  });

  it('says what it could not take away', async () => {
    const inner = line();
    const httpClient: HttpClient = {
      sendRequest: async (request) =>
        inner.sendRequest(request.method === 'DELETE' ? { ...request, method: 'GET' } : request),
    };
    const before = tenant.exemptions.all().map(({ id }) => id);
    const result = await contract({ httpClient, writeTest: { scope: machine(), assignmentId: benchmark() } });
    const left = tenant.exemptions.all().filter(({ id }) => !before.includes(id));
    for (const { id } of left) tenant.exemptions.remove(id);

    expect(left.map(({ id }) => id)).toEqual([result.leftBehind]);
    expect(verdictOf(result, 'it is deleted')).toBe('differs');
    expect(toldIn(result.report)).toEqual([]);
  });

  it.each([
    ['an assignment of a single policy', () => machine(), 'require-owner-tag', 'of a single policy'],
    ['a scope outside the assignment', () => machine(), 'corp-baseline', 'not at or under'],
    ['what is no scope', () => 'vm-shop-1', 'Deploy-MDC-MCSB', 'ARM id'],
    ['an assignment that is not there', () => machine(), 'nothing', 'does not exist'],
  ])('refuses %s before anything is written', async (_what, scope, name, reason) => {
    const assignmentId = tenant.policyAssignments.find((each) => each.name === name)?.id ?? name;
    const before = simulator.requests().length;

    await expect(contract({ writeTest: { scope: scope(), assignmentId } })).rejects.toThrow(reason);
    expect(
      simulator
        .requests()
        .slice(before)
        .filter(({ method }) => method === 'PUT'),
    ).toEqual([]);
  });
});

describe('the person whose rights are read', () => {
  const tokenOf = (claims: object): string => `x.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.x`;

  it('is the user who is signed in, and nobody for an application', () => {
    expect(tokenHolder(tokenOf({ oid: bob, idtyp: 'user' }))).toBe(bob);
    expect(tokenHolder(tokenOf({ oid: bob, idtyp: 'app' }))).toBeUndefined();
    expect(tokenHolder('opaque')).toBeUndefined();
  });
});
