import type { PipelineRequest } from '@azure/core-rest-pipeline';
import { createAzure } from '../../../src/azure/azure.ts';
import type { ExemptionToWrite } from '../../../src/core/exemption/exemption.ts';
import { cannedHttpClient, credential, sentBy, type Canned } from '../canned-http-client.ts';

const scope = '/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-shop-prod';
const id = `${scope}/providers/Microsoft.Authorization/policyExemptions/EX-1`;
const assignment =
  '/providers/Microsoft.Management/managementGroups/contoso/providers/Microsoft.Authorization/policyAssignments/mcsb';

const written: ExemptionToWrite = {
  id,
  policyAssignmentId: assignment,
  referenceIds: ['diskEncryption'],
  category: 'Mitigated',
  displayName: 'Disks',
  description: 'Encrypted by the appliance',
  expiresAt: new Date('2026-12-31T23:00:00Z'),
  metadata: { request: 'EX-12AB', requester: 'alice' },
};

const notThere: Canned = { status: 404, body: { error: { code: 'PolicyExemptionNotFound', message: 'No.' } } };

const isAboutVersions = ({ url }: { readonly url: string }) => url.includes('/providers/Microsoft.Authorization?');

/** A Resource Manager that keeps what is put, as it is put, and offers no later API version. */
const gatewayOver = (existing: unknown, answer?: (request: PipelineRequest) => Canned | undefined) => {
  let kept = existing;
  const requests: PipelineRequest[] = [];
  const { client } = cannedHttpClient((request) => {
    if (!isAboutVersions(request)) requests.push(request);
    const canned = answer?.(request);
    if (canned !== undefined) return canned;
    if (request.method === 'PUT') kept = { id, name: 'EX-1', ...sentBy(request) };
    if (isAboutVersions(request)) return { status: 200, body: { resourceTypes: [] } };
    if (request.method === 'DELETE') kept = undefined;
    return kept === undefined ? notThere : { status: 200, body: kept };
  });
  const azure = createAzure({ credential, httpClient: client, now: () => new Date('2026-03-01T12:00:00Z') });
  return { gateway: azure.exemptions, every: azure.everyExemption, requests, stored: () => kept };
};

const exemption = (properties: Record<string, unknown>) => ({
  id,
  name: 'EX-1',
  type: 'Microsoft.Authorization/policyExemptions',
  systemData: { createdBy: 'pat@contoso.com', createdAt: '2026-02-22T09:27:23.7962656Z' },
  properties: { policyAssignmentId: assignment, exemptionCategory: 'Waiver', ...properties },
});

describe('writing an exemption', () => {
  it('sends what the request says, and our facts under a key of our own', async () => {
    const { gateway, requests, stored } = gatewayOver(undefined);
    await gateway.write(written);
    expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
      `GET https://management.azure.com${id}?api-version=2026-01-01-preview`,
      `PUT https://management.azure.com${id}?api-version=2026-01-01-preview`,
    ]);
    expect(stored()).toMatchObject({
      properties: {
        policyAssignmentId: assignment,
        policyDefinitionReferenceIds: ['diskEncryption'],
        exemptionCategory: 'Mitigated',
        displayName: 'Disks',
        description: 'Encrypted by the appliance',
        expiresOn: '2026-12-31T23:00:00.000Z',
        metadata: { exemptionDesk: { request: 'EX-12AB', requester: 'alice' } },
      },
    });
    expect(await gateway.read(id)).toMatchObject({ requestReference: 'EX-12AB', category: 'Mitigated', scope });
  });

  it('keeps fields that nobody has ever heard of when it renews', async () => {
    const foreign = {
      resourceSelectors: [{ name: 'one', selectors: [{ kind: 'resourceLocation', in: ['westeurope'] }] }],
      assignmentScopeValidation: 'DoNotValidate',
      fromTheFuture: { deeply: [{ nested: true }] },
    };
    const before = exemption({
      ...foreign,
      expiresOn: '2026-03-05T00:00:00Z',
      metadata: { owner: 'Pat', n: { a: 1 } },
    });
    const { gateway, stored } = gatewayOver({ ...before, alsoNew: 7 });
    await gateway.write(written);
    expect(stored()).toMatchObject({
      alsoNew: 7,
      properties: {
        ...foreign,
        expiresOn: '2026-12-31T23:00:00.000Z',
        metadata: { owner: 'Pat', n: { a: 1 }, pacOwnerId: 'exemption-desk', exemptionDesk: written.metadata },
      },
    });
  });

  it.each([
    ['new', undefined],
    ['without metadata', exemption({})],
    ['of an earlier version', exemption({ metadata: { exemptionDesk: { request: 'EX-OLD1' } } })],
    ['that EPAC once owned', exemption({ metadata: { pacOwnerId: 'c0ffee00-0000-4000-8000-000000000001' } })],
  ])('leaves nothing %s that a full deployment of EPAC would delete', async (_, before) => {
    // EPAC: Confirm-PacOwner, and the deletions at the end of Build-ExemptionsPlan.
    const deletes = (metadata: Readonly<Record<string, unknown>> | undefined): boolean =>
      metadata?.pacOwnerId === undefined || metadata.pacOwnerId === 'c0ffee00-0000-4000-8000-000000000001';
    const { gateway, stored } = gatewayOver(before);
    await gateway.write(written);

    const { properties } = stored() as { properties: { metadata?: Record<string, unknown> } };
    expect(deletes(properties.metadata)).toBe(false);
    expect(await gateway.read(id)).toMatchObject({ managedBy: undefined });
  });

  it('never sends back what Azure alone writes', async () => {
    const { gateway, requests } = gatewayOver(exemption({}));
    await gateway.write(written);
    expect(Object.keys(sentBy(requests[1]!))).toEqual(['properties']);
  });

  it('removes an expiry and reference ids that the request no longer has', async () => {
    const { gateway, requests } = gatewayOver(
      exemption({ expiresOn: '2026-03-05T00:00:00Z', policyDefinitionReferenceIds: ['a'] }),
    );
    await gateway.write({ ...written, expiresAt: undefined, referenceIds: undefined });
    const { properties } = sentBy(requests[1]!);
    expect(properties).not.toHaveProperty('expiresOn');
    expect(properties).not.toHaveProperty('policyDefinitionReferenceIds');
  });

  it("keeps Azure's own spelling of the assignment, which must not change", async () => {
    const { gateway, requests } = gatewayOver(exemption({ policyAssignmentId: assignment.toLowerCase() }));
    await gateway.write(written);
    expect(sentBy(requests[1]!).properties).toMatchObject({ policyAssignmentId: assignment.toLowerCase() });
  });

  it('does not write when it cannot see what stands there', async () => {
    const { gateway, requests } = gatewayOver(undefined, () => ({ status: 200, body: '<html>Sign in</html>' }));
    await expect(gateway.write(written)).rejects.toMatchObject({ code: 'unavailable' });
    expect(requests.map((request) => request.method)).toEqual(['GET']);
  });

  it('does not take a page for a written exemption', async () => {
    const { gateway } = gatewayOver(undefined, ({ method }) =>
      method === 'PUT' ? { status: 200, body: '<html>Sign in</html>' } : undefined,
    );
    await expect(gateway.write(written)).rejects.toMatchObject({ code: 'unavailable' });
  });
});

describe('reading an exemption', () => {
  const readWith = async (properties: Record<string, unknown>) => gatewayOver(exemption(properties)).gateway.read(id);

  it('tells who made it and when', async () => {
    expect(await readWith({})).toMatchObject({
      createdBy: 'pat@contoso.com',
      createdAt: new Date('2026-02-22T09:27:23.796Z'),
      requestReference: undefined,
      referenceIds: undefined,
      expiresAt: undefined,
    });
  });

  it.each([
    ['2026-12-31T23:59:00.0000000Z', '2026-12-31T23:59:00.000Z'],
    ['2026-12-31T23:59:00', '2026-12-31T23:59:00.000Z'],
    ['2026-12-31T23:59:00+01:00', '2026-12-31T22:59:00.000Z'],
    ['2026-12-31', '2026-12-31T00:00:00.000Z'],
  ])('understands the expiry %s', async (expiresOn, expected) => {
    expect((await readWith({ expiresOn }))?.expiresAt?.toISOString()).toBe(expected);
  });

  it('takes an expiry that nobody can read as past, not as never', async () => {
    expect((await readWith({ expiresOn: 'next summer' }))?.expiresAt).toEqual(new Date(0));
  });

  it.each(['mitigated', 'MITIGATED', 'Mitigated'])('understands the category %s', async (exemptionCategory) => {
    expect((await readWith({ exemptionCategory }))?.category).toBe('Mitigated');
  });

  it('does not stumble over metadata of any shape', async () => {
    for (const metadata of [null, 'text', { exemptionDesk: 'text' }, { exemptionDesk: { request: 5 } }])
      expect((await readWith({ metadata }))?.requestReference).toBeUndefined();
  });

  it('tells what narrows it and which tool keeps it', async () => {
    const selectors = [{ name: 'one', selectors: [{ kind: 'resourceLocation', in: ['westeurope'] }] }];
    expect(await readWith({ resourceSelectors: selectors, metadata: { pacOwnerId: 'x' } })).toMatchObject({
      resourceSelectors: [[{ kind: 'resourceLocation', in: ['westeurope'] }]],
      managedBy: 'EPAC',
    });
  });

  it("says that there is none only when Azure's own 404 says so", async () => {
    expect(await gatewayOver(undefined).gateway.read(id)).toBeUndefined();
    const proxy = gatewayOver(undefined, () => ({ status: 404, body: '<html>Not found</html>' }));
    await expect(proxy.gateway.read(id)).rejects.toMatchObject({ code: 'unavailable' });
    const empty = gatewayOver(undefined, () => ({ status: 200 }));
    await expect(empty.gateway.read(id)).rejects.toMatchObject({ code: 'unavailable' });
  });
});

describe('putting an exemption back', () => {
  const strange = {
    expiresOn: '2026-03-05T00:00:00.0000000Z',
    resourceSelectors: [{ name: 'one', selectors: [{ kind: 'moonPhase', in: ['full'] }] }],
    fromTheFuture: { deeply: [{ nested: true }] },
    metadata: { owner: 'Pat' },
  };

  it('makes it what it was, down to fields that nobody has ever heard of', async () => {
    const { gateway, requests, stored } = gatewayOver({ ...exemption(strange), alsoNew: 7 });
    const snapshot = await gateway.snapshot(id);
    await gateway.write(written);
    await gateway.restore(id, snapshot ?? '');
    expect(sentBy(requests.at(-1)!)).toEqual({
      alsoNew: 7,
      properties: { policyAssignmentId: assignment, exemptionCategory: 'Waiver', ...strange },
    });
    expect(stored()).toMatchObject({ properties: strange });
    expect(stored()).not.toMatchObject({ properties: { displayName: 'Disks' } });
  });

  it('has nothing to put back where nothing stood', async () => {
    expect(await gatewayOver(undefined).gateway.snapshot(id)).toBeUndefined();
  });

  it('never puts anything anywhere but where an exemption can be', async () => {
    const { gateway, requests } = gatewayOver(undefined);
    await expect(gateway.restore(scope, '{}')).rejects.toMatchObject({ code: 'invalid' });
    expect(requests).toEqual([]);
  });
});

describe('removing an exemption', () => {
  it('is done when it is gone already', async () => {
    const { gateway, stored } = gatewayOver(exemption({}));
    await gateway.remove(id);
    await gateway.remove(id);
    expect(stored()).toBeUndefined();
  });

  it('never deletes anything but an exemption', async () => {
    const { gateway, requests } = gatewayOver(exemption({}));
    for (const wrong of [scope, `${scope}/providers/Microsoft.Authorization/policyAssignments/x`, `${id}/more`])
      await expect(gateway.remove(wrong)).rejects.toMatchObject({ code: 'invalid' });
    expect(requests).toEqual([]);
  });
});

describe('what became of an exemption', () => {
  const saying = (status: number, code?: string) =>
    gatewayOver(undefined, () => ({
      status,
      ...(code === undefined ? {} : { body: { error: { code, message: 'No.' } } }),
    })).gateway.fate(id);

  it.each([
    'ResourceNotFound',
    'ParentResourceNotFound',
    'ResourceGroupNotFound',
    'SubscriptionNotFound',
    'ManagementGroupNotFound',
  ])('is that it went with its scope where Azure says %s', async (code) => {
    expect(await saying(404, code)).toBe('gone-with-scope');
  });

  it('is that it was deleted where Azure says so of itself', async () => {
    expect(await saying(404, 'PolicyExemptionNotFound')).toBe('deleted');
  });

  it('is that it is there where Azure shows it', async () => {
    expect(await gatewayOver(exemption({})).gateway.fate(id)).toBe('there');
  });

  it.each<[number, string | undefined, string]>([
    [403, 'AuthorizationFailed', 'forbidden'],
    [404, undefined, 'unavailable'],
    [503, 'ServerBusy', 'unavailable'],
  ])('is not known after %i %s', async (status, code, error) => {
    await expect(saying(status, code)).rejects.toMatchObject({ code: error });
  });
});

describe('all exemptions, page by page', () => {
  it('are read past every cache', async () => {
    const body = { totalRecords: 1, count: 1, resultTruncated: 'false', facets: [], data: [exemption({})] };
    const { every, requests } = gatewayOver(undefined, () => ({ status: 200, body }));
    const read = async () => {
      const ids: string[] = [];
      for await (const page of every.ofPolicy()) ids.push(...page.map((each) => each.id));
      return ids;
    };
    expect(await read()).toEqual([id]);
    expect(await read()).toEqual([id]);
    expect(requests.map(sentBy)).toMatchObject([
      { options: { authorizationScopeFilter: 'AtScopeAboveAndBelow' } },
      { options: { authorizationScopeFilter: 'AtScopeAboveAndBelow' } },
    ]);
  });
});
