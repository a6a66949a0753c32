import {
  contoso,
  errorOf,
  exemptionBody,
  exemptionList,
  exemptionPath,
  machine,
  namesOf,
  openAzure,
  rowsOf,
  shop,
  shopGroup,
} from './simulated-azure.ts';
import type { SimulatedAzure } from './simulated-azure.ts';

let azure: SimulatedAzure;
beforeEach(async () => {
  azure = await openAzure({ effectDelay: 'PT30S', resourceGraphDelay: 'PT1M' });
});
afterEach(() => azure.simulator.close());

const control = (name: string, body?: unknown) => azure.send('', 'POST', `/simulator/${name}`, body);
const causeOf = async (resource: string, recommendation: string): Promise<unknown> => {
  const reply = await azure.query(
    'bot',
    `securityresources | where properties.displayName == '${recommendation}' and properties.resourceDetails.Id =~ '${resource}' | project cause = tostring(properties.status.cause)`,
  );
  return rowsOf(reply)[0]?.cause;
};

it('tells the time and moves it, and lets everybody who asked to know finish first', async () => {
  const told: string[] = [];
  azure.clock.onMoved(async () => void told.push(azure.clock.now().toISOString()));
  expect((await azure.send('', 'GET', '/simulator/clock')).json).toEqual({ now: '2026-03-02T09:00:00.000Z' });
  expect((await control('clock', { advance: 'P7D' })).json).toEqual({ now: '2026-03-09T09:00:00.000Z' });
  expect(told).toEqual(['2026-03-09T09:00:00.000Z']);
});

it('exempts in the portal, one object for every initiative, in sight of every reader at once', async () => {
  const { json } = await control('portal-exemption');
  const { scope, recommendation, exemptions } = json as { scope: string; recommendation: string; exemptions: string[] };
  expect(scope.startsWith(`${shopGroup}/`)).toBe(true);
  expect(exemptions.length).toBeGreaterThan(1);
  expect(await causeOf(scope, recommendation)).toBe('Exempt');
  const listed = await azure.query(
    'bot',
    `policyresources | where type == 'microsoft.authorization/policyexemptions' and id startswith '${scope}/' | project id, properties, systemData`,
  );
  expect(rowsOf(listed).map(({ id }) => id)).toEqual(exemptions);
  expect(rowsOf(listed)[0]).toMatchObject({
    properties: { expiresOn: '2026-04-01T09:00:00.000Z', exemptionCategory: 'Waiver' },
    systemData: { createdBy: 'pat@contoso.com' },
  });
});

it('takes another assessment for the next click', async () => {
  const clicks = [(await control('portal-exemption')).json, (await control('portal-exemption')).json];
  expect(clicks[0]).not.toEqual(clicks[1]);
});

it('exempts what it is told to, for as long as it is told to', async () => {
  const recommendation = 'Secure transfer to storage accounts should be enabled';
  const { json } = await control('portal-exemption', { scope: shopGroup, recommendation, expiresInDays: 5 });
  expect(json).toMatchObject({ scope: shopGroup, recommendation });
  for (const account of ['stshopprod', 'stshoplogs'])
    expect(await causeOf(`${shopGroup}/providers/Microsoft.Storage/storageAccounts/${account}`, recommendation)).toBe(
      'Exempt',
    );
  await control('clock', { advance: 'P5D' });
  expect(await causeOf(`${shopGroup}/providers/Microsoft.Storage/storageAccounts/stshoplogs`, recommendation)).toBe('');
});

describe('what others do in Azure', () => {
  const secureTransfer = 'Secure transfer to storage accounts should be enabled';
  const account = `${shopGroup}/providers/Microsoft.Storage/storageAccounts/stshopprod`;
  const madeInPortal = async (): Promise<string> => {
    const { json } = await control('portal-exemption', { scope: account, recommendation: secureTransfer });
    return (json as { exemptions: string[] }).exemptions[0]!;
  };
  const exemption = async (id: string) =>
    rowsOf(await azure.query('bot', `policyresources | where id == '${id}' | project properties, systemData`))[0];

  it('changes an exemption, and gives it another end or none', async () => {
    const id = await madeInPortal();
    await control('clock', { advance: 'PT1H' });
    await control('portal-change', { exemption: id, displayName: 'Renamed', expiresInDays: 60 });
    expect(await exemption(id)).toMatchObject({
      properties: { displayName: 'Renamed', expiresOn: '2026-05-01T10:00:00.000Z', exemptionCategory: 'Waiver' },
      systemData: { createdAt: '2026-03-02T09:00:00.000Z', lastModifiedAt: '2026-03-02T10:00:00.000Z' },
    });
    await control('portal-change', { exemption: id, expiresInDays: null });
    expect((await exemption(id))?.properties).not.toHaveProperty('expiresOn');
  });

  it('deletes an exemption, which Resource Graph shows for a while', async () => {
    const id = await madeInPortal();
    await control('portal-delete', { exemption: id });
    expect((await azure.send('bot', 'GET', `${id}?api-version=2022-07-01-preview`)).status).toBe(404);
    expect(await exemption(id)).toBeDefined();
    await control('clock', { advance: 'PT1M' });
    expect(await exemption(id)).toBeUndefined();
  });

  it('assigns an initiative, which brings an exempted recommendation back, and takes it away', async () => {
    await madeInPortal();
    expect(await causeOf(account, secureTransfer)).toBe('Exempt');
    await control('assign-initiative', { initiative: 'NIST SP 800-53 Rev. 5', scope: shop, name: 'again' });
    expect(await causeOf(account, secureTransfer)).toBe('');
    await control('unassign', { assignment: 'again' });
    expect(await causeOf(account, secureTransfer)).toBe('Exempt');
  });

  it('deletes a resource together with its exemptions', async () => {
    const id = await madeInPortal();
    await control('delete-resource', { resource: 'stshopprod' });
    const reply = await azure.send('bot', 'GET', `${id}?api-version=2022-07-01-preview`);
    expect([reply.status, errorOf(reply).code]).toEqual([404, 'ResourceNotFound']);
    expect(await causeOf(account, secureTransfer)).toBeUndefined();
    const query = `resources | where name == 'stshopprod' | project name`;
    expect(rowsOf(await azure.query('pat', query))).toEqual([]);
  });

  it('deletes a resource that Defender goes on assessing for a while', async () => {
    const id = await madeInPortal();
    await control('delete-resource', { resource: 'stshopprod', stillAssessed: true });
    const reply = await azure.send('bot', 'GET', `${id}?api-version=2022-07-01-preview`);
    expect([reply.status, errorOf(reply).code]).toEqual([404, 'ResourceNotFound']);
    expect(await causeOf(account, secureTransfer)).toBeDefined();
  });

  it('mends a resource underneath its exemption', async () => {
    await madeInPortal();
    const underneath = async () =>
      rowsOf(
        await azure.query(
          'bot',
          `policyresources | where type == 'microsoft.policyinsights/policystates' and properties.resourceId =~ '${account}' and properties.complianceState == 'Exempt' | summarize n = count() by sub = tostring(properties.stateDetails.complianceSubState)`,
        ),
      ).map(({ sub }) => sub);
    expect(await underneath()).toEqual(['NonCompliant']);
    await control('remedy', { resource: 'stshopprod', recommendation: secureTransfer });
    expect(await underneath()).toEqual(['Compliant']);
  });

  it("takes the bot's role away and gives it back", async () => {
    const count = async () => rowsOf(await azure.query('bot', 'policyresources | project id')).length;
    const before = await count();
    await control('bot-role', { held: false });
    expect(await count()).toBeLessThan(before);
    await control('bot-role', { held: true });
    expect(await count()).toBe(before);
  });

  it('has made very many exemptions over the years', async () => {
    await control('many-exemptions', { count: 2500 });
    const query = `policyresources | where name startswith 'bulk-' | summarize n = count()`;
    expect(rowsOf(await azure.query('bot', query))).toMatchObject([{ n: 2500 }]);
  });

  it.each([
    ['portal-change', { exemption: 'none' }, 'There is no exemption none.'],
    ['portal-change', { exemption: 'none', expiresOn: 'x' }, 'Unrecognized key'],
    ['portal-delete', {}, 'exemption'],
    ['assign-initiative', { initiative: 'none', scope: shop }, 'There is no initiative none.'],
    ['unassign', { assignment: 'none' }, 'There is no policy assignment none.'],
    ['delete-resource', { resource: 'none' }, 'There is no resource none.'],
    ['remedy', { resource: 'stshopprod', recommendation: 'none' }, 'There is no recommendation none.'],
    ['bot-role', { held: 'yes' }, 'held'],
    ['many-exemptions', { count: 0 }, 'count'],
  ])('but not by %s %j', async (name, body, message) => {
    const reply = await control(name, body);
    expect(reply.status).toBe(400);
    expect(errorOf(reply).message).toContain(message);
  });
});

it('exempts from the tagging policy, which Defender does not look at', async () => {
  const before = await azure.query(
    'bot',
    `securityresources | summarize n = count() by tostring(properties.status.code)`,
  );
  await control('tagging-exemption');
  await control('tagging-exemption');
  expect(namesOf(await azure.send('bot', 'GET', exemptionList(shopGroup, 'atExactScope()')))).toEqual([
    'owner-tag',
    'owner-tag-2',
  ]);
  const after = await azure.query(
    'bot',
    `securityresources | summarize n = count() by tostring(properties.status.code)`,
  );
  expect(rowsOf(after)).toEqual(rowsOf(before));
});

it('changes how late Defender and Resource Graph are', async () => {
  await control('settings', { effectDelay: 'PT0S', resourceGraphDelay: 'PT0S' });
  await azure.send('bot', 'PUT', exemptionPath(machine('vm-shop-1'), 'now'), exemptionBody());
  expect(rowsOf(await azure.query('bot', `policyresources | where name == 'now' | project name`))).toHaveLength(1);
});

it.each([
  ['clock', { advance: '7 days' }, 'Not a duration'],
  ['clock', {}, "'advance' must be"],
  ['settings', { laterProperties: 'x' }, "'laterProperties' must be an object with texts"],
  ['settings', { laterSelectorKinds: { x: 1 } }, "'laterSelectorKinds' must be an object with texts"],
  ['lock', {}, "'scope' is missing"],
  ['lock', { scope: shop, level: 'Soft' }, "'level' must be one of"],
  ['settings', { effectDelay: 30 }, "'effectDelay' must be a string"],
  ['portal-exemption', { recommendation: 'No such thing' }, 'Nothing here is unhealthy'],
])('says what is wrong with a call of %s', async (name, body, message) => {
  const reply = await control(name, body);
  expect(reply.status).toBe(400);
  expect(errorOf(reply).message).toContain(message);
});

describe('late readers', () => {
  it('shows a write and a removal after the delay of Resource Graph', async () => {
    await control('settings', { resourceGraphDelay: 'PT10S' });
    const listed = async () =>
      rowsOf(await azure.query('bot', `policyresources | where name == 'late' | project name`)).length;
    const path = exemptionPath(machine('vm-shop-1'), 'late');
    await azure.send('bot', 'PUT', path, exemptionBody());
    const afterWrite = [await listed()];
    await azure.clock.advance('PT10S');
    afterWrite.push(await listed());
    await azure.send('bot', 'DELETE', path);
    const afterRemoval = [await listed()];
    await azure.clock.advance('PT10S');
    afterRemoval.push(await listed());
    expect([afterWrite, afterRemoval]).toEqual([
      [0, 1],
      [1, 0],
    ]);
  });

  it('shows a recommendation as exempt only when all its initiatives are exempted and Defender has looked', async () => {
    const causes = async () =>
      rowsOf(
        await azure.query(
          'bot',
          `securityresources | where name startswith '805651bc' and id startswith '${machine('vm-shop-10')}/' | project cause = tostring(properties.status.cause)`,
        ),
      ).map(({ cause }) => cause);
    const exempt = (name: string, policyAssignmentId: string, reference: string) =>
      azure.send(
        'bot',
        'PUT',
        exemptionPath(machine('vm-shop-10'), name),
        exemptionBody({ policyAssignmentId, policyDefinitionReferenceIds: [reference] }),
      );
    const authorization = 'providers/Microsoft.Authorization/policyAssignments';
    await exempt('a', `${contoso}/${authorization}/Deploy-MDC-MCSB`, 'jitNetworkAccessMonitoring');
    await exempt('b', `${shop}/${authorization}/SecurityCenterBuiltIn`, 'jitNetworkAccessMonitoring');
    await azure.clock.advance('PT1M');
    expect(await causes()).toEqual(['']);
    const nist = `/providers/Microsoft.Management/managementGroups/landingzones/${authorization}/nist-sp-800-53-r5`;
    expect((await exempt('c', nist, 'b0f33259-77d7-4c9e-aac6-3aabcfae693c')).status).toBe(201);
    expect(await causes()).toEqual(['']);
    await azure.clock.advance('PT30S');
    expect(await causes()).toEqual(['Exempt']);
  });
});
