import fc from 'fast-check';
import { createAzure } from '../../../src/azure/azure.ts';
import { membersHidden } from '../../../src/azure/policy/hidden-members.ts';
import { cannedHttpClient, credential, sentBy, type Canned } from '../canned-http-client.ts';

const scope = '/subscriptions/11111111-1111-4111-8111-111111111111';
const id = `${scope}/providers/Microsoft.Authorization/policyExemptions/EX-1`;
const policyAssignmentId = `${scope}/providers/Microsoft.Authorization/policyAssignments/mcsb`;
const standing = { policyAssignmentId, exemptionCategory: 'Waiver', policyDefinitionReferenceIds: ['a', 'B', 'c'] };

const exemption = (properties: object) => ({ id, name: 'EX-1', properties: { ...standing, ...properties } });
const selecting = (...selectors: object[]) => ({ resourceSelectors: [{ name: 'x', selectors }] });

describe('what an older API version hides of an exemption', () => {
  it.each<[string, object, object, string[]]>([
    ['nothing new', {}, {}, []],
    ['a new member', {}, { enrolment: { mode: 'x' } }, ['properties.enrolment']],
    ['a new member without a value', {}, { enrolment: null, list: [] }, []],
    ['a new number', {}, { amount: 0 }, ['properties.amount']],
    ['a new kind of selector', selecting(), selecting({ kind: 'new' }), ['properties.resourceSelectors']],
    [
      'a new member of a selector',
      selecting({ kind: 'a' }),
      selecting({ kind: 'a', atLeast: 2 }),
      ['properties.resourceSelectors'],
    ],
    [
      'the same date in other words',
      { expiresOn: '2027-01-01T00:00:00Z' },
      { expiresOn: '2027-01-01T00:00:00.0000000Z' },
      [],
    ],
    ['a member that only the older one shows', { systemData: {}, old: 1 }, {}, []],
    ['an object in the place of a text', { owner: 'Pat' }, { owner: { name: 'Pat' } }, ['properties.owner']],
  ])('is found: %s', (_, ours, later, expected) => {
    expect(membersHidden(exemption(ours), exemption(later))).toEqual(expected);
  });

  it('is nothing if both show the same', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (properties) => {
        expect(membersHidden({ properties }, JSON.parse(JSON.stringify({ properties })))).toEqual([]);
      }),
    );
  });
});

describe('an Azure that offers a later API version', () => {
  const azureWith = (later: Canned, versions: Canned) => {
    const { client, requests } = cannedHttpClient(({ method, url }) => {
      if (url.includes('/providers/Microsoft.Authorization?')) return versions;
      if (method === 'GET' && url.includes('2030-01-01')) return later;
      return { status: 200, body: exemption({}) };
    });
    const now = () => new Date('2026-03-01T12:00:00Z');
    return { gateway: createAzure({ credential, httpClient: client, now }).exemptions, requests };
  };
  const offers = (...apiVersions: string[]): Canned => ({
    status: 200,
    body: {
      resourceTypes: [
        { resourceType: 'other', apiVersions: ['2040-01-01'] },
        { resourceType: 'PolicyExemptions', apiVersions },
      ],
    },
  });
  const written = {
    ...({ id, policyAssignmentId, referenceIds: ['a'], category: 'Waiver', displayName: 'x' } as const),
    ...{ description: 'x', expiresAt: undefined, metadata: {} },
  };

  it('is asked what it hides, and nothing is written if that is something', async () => {
    const { gateway, requests } = azureWith(
      { status: 200, body: exemption({ unheardOf: 7 }) },
      offers('2022-07-01-preview', '2030-01-01'),
    );
    expect(await gateway.hiddenMembers(id)).toEqual(['properties.unheardOf']);
    await expect(gateway.write(written)).rejects.toMatchObject({
      code: 'conflict',
      message:
        'The exemption EX-1 carries properties.unheardOf, which Exemption Desk does not know and would delete. Renew or change it in the Azure portal.',
    });
    expect(requests.map(({ method }) => method)).not.toContain('PUT');
  });

  it.each<[string, Canned, Canned]>([
    ['offers nothing later', { status: 500 }, offers('2026-01-01-preview', '2022-07-01-preview')],
    [
      'does not let us ask what it offers',
      { status: 500 },
      { status: 403, body: { error: { code: 'AuthorizationFailed', message: 'No.' } } },
    ],
    [
      'refuses the later version after all',
      { status: 400, body: { error: { code: 'InvalidApiVersionParameter', message: 'No.' } } },
      offers('2030-01-01'),
    ],
  ])('is written to if it %s', async (_, later, versions) => {
    const { gateway, requests } = azureWith(later, versions);
    expect(await gateway.hiddenMembers(id)).toEqual([]);
    await gateway.write(written);
    expect(requests.at(-1)?.method).toBe('PUT');
  });

  it('is not written to while it does not answer', async () => {
    const { gateway, requests } = azureWith({ status: 200, body: '<html>Sign in</html>' }, offers('2030-01-01'));
    await expect(gateway.write(written)).rejects.toMatchObject({ code: 'unavailable' });
    expect(requests.map(({ method }) => method)).not.toContain('PUT');
  });

  it.each<[string, string[] | undefined, string[] | undefined]>([
    ['everything', undefined, ['a', 'B', 'c']],
    ['what is still known', ['b', 'A', 'new'], ['a', 'B']],
    ['nothing, and the exemption goes', ['new'], undefined],
  ])('gets back of the reference ids of a snapshot %s', async (_, known, expected) => {
    const { gateway, requests } = azureWith({ status: 500 }, offers());
    const snapshot = await gateway.snapshot(id);
    await gateway.restore(id, snapshot!, known);
    const last = requests.at(-1)!;
    if (expected === undefined) expect(last.method).toBe('DELETE');
    else expect(sentBy(last)).toMatchObject({ properties: { policyDefinitionReferenceIds: expected } });
  });
});
