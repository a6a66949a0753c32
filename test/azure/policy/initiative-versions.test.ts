import { createAzure } from '../../../src/azure/azure.ts';
import { cannedHttpClient, credential, type Canned } from '../canned-http-client.ts';
import { answerFrom } from '../graph-rows.ts';

const contoso = '/providers/Microsoft.Management/managementGroups/contoso';
const benchmark = '/providers/Microsoft.Authorization/policySetDefinitions/1f3afdf9-d0c9-4c3d-847f-89da613e70a8';
const own = `${contoso}/providers/Microsoft.Authorization/policySetDefinitions/own`;

const contents = (referenceId: string) => ({
  displayName: 'The benchmark',
  policyDefinitions: [{ policyDefinitionId: '/d/1', policyDefinitionReferenceId: referenceId }],
});
const set = (id: string, version: string, policyType = 'BuiltIn') => ({
  id,
  properties: { ...contents('newest'), policyType, metadata: { version } },
});
const version = (id: string, name: string, referenceId: string) => ({
  id: `${id}/versions/${name}`,
  name,
  properties: { ...contents(referenceId), version: name },
});

const sourceOver = (newest: unknown, versions: Canned = { status: 500 }) => {
  const { client, requests } = cannedHttpClient(({ url }) =>
    new URL(url).pathname.endsWith('/versions') ? versions : { status: 200, body: newest },
  );
  const azure = createAzure({
    credential,
    httpClient: client,
    now: () => new Date('2026-03-01T12:00:00Z'),
    pause: async () => undefined,
  });
  return {
    read: async (id: string, definitionVersion?: string) => azure.policies.initiative(id, definitionVersion),
    asked: () => requests.map(({ url }) => url.slice('https://management.azure.com'.length)),
  };
};
const list = (...value: unknown[]): Canned => ({ status: 200, body: { value } });

describe('an initiative of which an assignment fixes the version', () => {
  it('is the highest version that matches, not the newest', async () => {
    const { read, asked } = sourceOver(
      set(benchmark, '58.0.0'),
      list(
        version(benchmark, '57.9.0', 'nine'),
        version(benchmark, '57.40.0', 'forty'),
        version(benchmark, '57.41.0-preview', 'preview'),
        version(benchmark, '58.0.0', 'newest'),
      ),
    );
    expect(await read(benchmark, '57.*.*')).toMatchObject({
      id: benchmark,
      displayName: 'The benchmark',
      definitionVersion: '57.*.*',
      references: [{ referenceId: 'forty' }],
    });
    expect(asked().at(-1)).toBe(`${benchmark}/versions?api-version=2023-04-01`);
    expect(await read(benchmark, '57.*.*-preview')).toMatchObject({ references: [{ referenceId: 'preview' }] });
  });

  it('is read once for each set and version', async () => {
    const { read, asked } = sourceOver(set(benchmark, '58.0.0'), list(version(benchmark, '57.9.0', 'nine')));
    await Promise.all([read(benchmark, '57.*.*'), read(benchmark.toUpperCase(), '57.*.*'), read(benchmark)]);
    await read(benchmark, '57.*.*');
    expect(asked()).toHaveLength(3);
  });

  it('takes one question where the newest of Microsoft matches', async () => {
    const { read, asked } = sourceOver(set(benchmark, '57.56.0'));
    expect(await read(benchmark, '57.*.*')).toMatchObject({
      definitionVersion: '57.*.*',
      references: [{ referenceId: 'newest' }],
    });
    expect(asked()).toHaveLength(1);
  });

  it('does not believe what anybody may write into a custom initiative', async () => {
    const { read } = sourceOver(set(own, '1.3.0', 'Custom'), list(version(own, '1.3.7', 'seven')));
    expect(await read(own, '1.3.*')).toMatchObject({ references: [{ referenceId: 'seven' }] });
  });

  it('is unknown where no version matches, or the bot may not look', async () => {
    const other = sourceOver(set(benchmark, '58.0.0'), list(version(benchmark, '58.0.0', 'newest')));
    expect(await other.read(benchmark, '57.*.*')).toBeUndefined();
    const body = { error: { code: 'AuthorizationFailed', message: 'No.' } };
    expect(await sourceOver(set(benchmark, '58.0.0'), { status: 403, body }).read(benchmark, '57.*.*')).toBeUndefined();
  });

  it.each<[string, Canned]>([
    ['silence', { status: 503 }],
    ['an answer of no known shape', list({ name: '57.1.0', properties: {} })],
  ])('is not guessed after %s', async (_story, versions) => {
    const { read } = sourceOver(set(benchmark, '58.0.0'), versions);
    await expect(read(benchmark, '57.*.*')).rejects.toMatchObject({ code: 'unavailable' });
  });
});

describe('a policy assignment', () => {
  it.each([
    ['1.3.*-preview', '1.3.*-preview'],
    [undefined, undefined],
    [null, undefined],
  ])('of version %s', async (definitionVersion, expected) => {
    const row = {
      id: `${contoso}/providers/Microsoft.Authorization/policyAssignments/a`,
      name: 'a',
      type: 'microsoft.authorization/policyassignments',
      properties: { scope: contoso, policyDefinitionId: benchmark, enforcementMode: 'Default', definitionVersion },
    };
    const { client } = cannedHttpClient((request) => answerFrom('policyresources', [row], request));
    const azure = createAzure({ credential, httpClient: client, now: () => new Date('2026-03-01T12:00:00Z') });
    expect((await azure.policies.assignments(contoso))[0]?.definitionVersion).toBe(expected);
  });
});
