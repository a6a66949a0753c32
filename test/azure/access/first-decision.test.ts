import { createAzure } from '../../../src/azure/azure.ts';
import { createWarmUp } from '../../../src/azure/client/warm-up.ts';
import { cannedHttpClient, type Canned } from '../canned-http-client.ts';
import { everybody, denial, group, list, person, roleAssignment, roleDefinition, subscription } from './access-over.ts';

const later = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** An Azure whose first token takes longer than a decision may. */
const azureWith = (answers: Readonly<Record<string, Canned>> = {}, tokenInMs = 0) => {
  const { client, requests } = cannedHttpClient(({ url }) => {
    const path = new URL(url).pathname;
    const found = Object.entries(answers).find(([end]) => path.endsWith(end));
    if (found !== undefined) return found[1];
    if (path.endsWith('/roleAssignments')) return list(roleAssignment(person.objectId));
    if (path.includes('/roleDefinitions/')) return { status: 200, body: roleDefinition };
    if (path.endsWith('/Microsoft.Authorization')) return { status: 200, body: { resourceTypes: [] } };
    return list();
  });
  let first = true;
  const getToken = async () => {
    if (first && tokenInMs > 0) await later(tokenInMs);
    first = false;
    return { token: 'bot', expiresOnTimestamp: 32503680000000 };
  };
  const azure = createAzure({
    credential: { getToken },
    httpClient: client,
    now: () => new Date('2026-03-01T12:00:00Z'),
    pause: async () => undefined,
    patience: { decisionInMs: 100, tries: 1 },
  });
  return { azure, asked: () => requests.map(({ url }) => new URL(url).pathname) };
};

describe('the time for a decision', () => {
  it('begins when the first token and connection are there', async () => {
    const { azure, asked } = azureWith({}, 300);
    expect((await azure.forDecision(person, [subscription])).grants).toHaveLength(1);
    expect(asked()[0]).toBe('/providers/Microsoft.Authorization');
  });

  it('begins likewise for the groups of somebody', async () => {
    const { azure } = azureWith({}, 300);
    expect(await azure.groupsForDecision(person)).toEqual([]);
  });

  it('costs no further question once Azure has answered', async () => {
    const { azure, asked } = azureWith();
    await azure.forDecision(person, [subscription]);
    await azure.forDecision(person, [subscription]);
    expect(asked().filter((path) => path === '/providers/Microsoft.Authorization')).toHaveLength(1);
  });

  it('costs one after a minute of silence, whatever the answer is', async () => {
    let time = 0;
    let knocks = 0;
    const warmUp = createWarmUp(() => time);
    const { client } = cannedHttpClient(() => ({ status: 503 }));
    const origin = 'https://management.azure.com';
    const knock = async () => {
      knocks += 1;
      await warmUp.listening(client).sendRequest({ url: `${origin}/x` } as never);
    };
    for (const at of [0, 59_999, 60_000, 60_001, 119_999, 120_000]) {
      time = at;
      await warmUp.ready(origin, knock);
    }
    expect(knocks).toBe(3);
  });

  it.each<[string, Readonly<Record<string, Canned>>, string]>([
    ['role assignments', { '/roleAssignments': 'silence' }, ' within 0.1 s'],
    ['deny assignments', { '/denyAssignments': 'silence' }, ' within 0.1 s'],
    [
      'role assignments and deny assignments',
      { '/roleAssignments': 'silence', '/denyAssignments': 'silence' },
      ' within 0.1 s',
    ],
    [
      'the groups of the person',
      { '/denyAssignments': list(denial([group])), '/getMemberGroups': 'silence' },
      ' within 0.1 s',
    ],
    ['role assignments', { '/roleAssignments': { status: 503, body: '<html></html>' } }, ''],
    ['role definitions', { [roleDefinition.id.split('/').at(-1)!.toLowerCase()]: { status: 500 } }, ''],
  ])('ends with a refusal that names what was not answered: %s', async (name, answers, limit) => {
    const { azure } = azureWith({ ...answers });
    await expect(azure.forDecision(person, [subscription])).rejects.toMatchObject({
      code: 'unavailable',
      message: `Azure did not answer the question for ${name}${limit}; nothing was changed. Please try again.`,
    });
  });

  it('keeps what Azure says otherwise', async () => {
    const { azure } = azureWith({ '/roleAssignments': { status: 429 }, '/denyAssignments': list(denial([everybody])) });
    await expect(azure.forDecision(person, [subscription])).rejects.toMatchObject({
      message: expect.stringContaining('slow down') as string,
    });
  });
});
