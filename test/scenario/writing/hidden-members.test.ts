import { startWorld, type World } from '../../world.ts';
import { managementGroupId } from '../../../simulator/tenant/arm-id.ts';
import { aroundRequests } from '../around-requests.ts';
import { latest, sendRequest } from '../steps.ts';
import { everyRequest } from '../../../scripts/soak/kept/every-request.ts';

const inUse = '2026-01-01-preview';
const later = '2027-01-01-preview';
const selectors = {
  resourceSelectors: [
    {
      name: 'some',
      selectors: [
        { kind: 'resourceLocation', in: ['westeurope', 'northeurope'] },
        { kind: 'userPrincipalId', notIn: ['00000000-0000-4000-8000-0000000000aa'] },
      ],
    },
  ],
};
const unheard = { unheardOf: { deeply: [{ nested: true }], amount: 7 } };

/** What somebody wrote into an exemption with a tool that knows more of Azure than Exemption Desk. */
describe('an exemption with members that Exemption Desk does not know', () => {
  let world: World;
  const { request, said, written } = aroundRequests(() => world);

  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent' });
    await said('bob', 'help');
  }, 120_000);
  afterAll(() => world.close());
  afterEach(() => Object.assign(world.tenant.settings, { laterProperties: {}, laterSelectorKinds: {} }));

  /** Changes exemptions as another tool does; every reader sees it at once. */
  const add = (ids: readonly string[], members: object): void => {
    for (const id of ids) {
      const found = world.tenant.exemptions.find(id)!;
      const properties = { ...found.properties, ...members };
      world.tenant.exemptions.write({ ...found, properties }, { settled: true });
    }
  };
  const properties = (ids: readonly string[]) => ids.map((id) => world.tenant.exemptions.find(id)?.properties);
  const idsOf = async (reference: string) => (await request(reference)).targets.map(({ exemptionId }) => exemptionId);
  let form: string;
  /** What the preview says. */
  const replace = async (deed: string, reference: string, inputs: Record<string, string> = {}): Promise<string> => {
    await said('alice', `request ${reference}`);
    const data = { verb: 'replace-request', reference, deed };
    const { replies } = await world.teams.submit('alice', latest(world, 'alice').id, data);
    form = replies.at(-1)!.id;
    await world.teams.press('alice', form, 'Preview', inputs);
    return world.teams.messages('alice').find(({ id }) => id === form)!.visibleText;
  };
  /** A renewal on the same day would end no later. */
  const renew = async (reference: string): Promise<string> => {
    await world.clock.advance('P1D');
    return replace('renew', reference);
  };
  const send = async () => {
    await world.teams.press('alice', form, 'Send', {});
    await world.app().idle();
    const [newest] = await everyRequest(world.app().desk.database.requests);
    return newest!.reference;
  };
  const approve = async (reference: string) => {
    await said('bob', `approve ${reference}`);
    await world.app().idle();
    return (await request(reference)).status;
  };

  it('keeps all of them when it is renewed, changed, and put back after a failed renewal', async () => {
    const first = await sendRequest(world, 'alice');
    expect(await approve(first)).toBe('applied');
    const ids = await idsOf(first);
    world.tenant.settings.laterProperties = { unheardOf: inUse };
    add(ids, { ...selectors, ...unheard });

    await renew(first);
    const renewed = await send();
    expect(await approve(renewed)).toBe('applied');
    expect(properties(ids)).toEqual(ids.map(() => expect.objectContaining({ ...selectors, ...unheard }) as unknown));

    await replace('change', renewed, { name: 'The same under another name' });
    const changed = await send();
    expect(await approve(changed)).toBe('applied');
    const standing = properties(ids);
    expect(standing).toEqual(
      ids.map(
        () =>
          expect.objectContaining({ ...selectors, ...unheard, displayName: 'The same under another name' }) as unknown,
      ),
    );

    await renew(changed);
    const refused = await send();
    world.tenant.policyAssignments.push({
      id: `${managementGroupId('contoso')}/providers/Microsoft.Authorization/policyAssignments/no-exemptions`,
      name: 'no-exemptions',
      scope: managementGroupId('contoso'),
      displayName: 'Contoso: no exemptions from this',
      policyDefinitionId: world.tenant.policyDefinitions[0]!.id,
      notScopes: [],
      assignedBy: 'Pat',
      deniesExemptions: [(await request(refused)).targets.at(-1)!.assignmentId],
    });
    expect(await approve(refused)).toBe('failed');
    world.tenant.policyAssignments.pop();
    expect(properties(ids)).toEqual(standing);
  });

  it('keeps all of them when it is adopted, and is not adopted where they are hidden', async () => {
    const ids = world.tenant.exemptions
      .all()
      .map(({ id }) => id)
      .filter((id) => id.includes('/ASC-vm-shop-2-jit'));
    expect(ids.length).toBeGreaterThan(0);
    world.tenant.settings.laterProperties = { unheardOf: later };
    add(ids, unheard);
    await world.clock.advance('PT6M');
    await said('bob', 'exemptions');
    const purpose = 'The break-glass machine is watched around the clock.';
    const data = { verb: 'adopt-exemption', id: ids[0], purpose };
    const { replies } = await world.teams.submit('bob', latest(world, 'bob').id, data);
    expect(replies.map(({ visibleText }) => visibleText).join('\n')).toContain('carries properties.unheardOf, which');
    world.tenant.settings.laterProperties = { unheardOf: inUse };
    await world.teams.submit('bob', latest(world, 'bob').id, data);
    await world.app().idle();
    const [adopted] = await everyRequest(world.app().desk.database.requests);
    expect(adopted).toMatchObject({ status: 'applied', governance: { adopted: true } });
    expect(written(adopted!.reference)).toHaveLength(ids.length);
    expect(properties(ids)).toEqual(ids.map(() => expect.objectContaining(unheard) as unknown));
  });

  it.each([
    ['a member', { laterProperties: { unheardOf: later } }, unheard, 'properties.unheardOf'],
    [
      'a kind of selector',
      { laterSelectorKinds: { workload: later } },
      { resourceSelectors: [{ name: 'some', selectors: [{ kind: 'workload', in: ['shop'] }] }] },
      'properties.resourceSelectors',
    ],
  ])('is neither renewed nor changed where %s is hidden from our API version', async (_, settings, members, name) => {
    const reference = (await everyRequest(world.app().desk.database.requests, ['applied'])).find(
      ({ governance }) => !governance.adopted,
    )!.reference;
    const ids = await idsOf(reference);
    const sentence = `carries ${name}, which Exemption Desk does not know and would delete. Renew or change it in the Azure portal.`;

    await renew(reference);
    const sent = await send();
    Object.assign(world.tenant.settings, settings);
    await world.clock.advance('PT6M');
    add(ids, members);
    const standing = properties(ids);
    expect(await approve(sent)).toBe('failed');
    expect((await request(sent)).failure).toContain(sentence);
    expect(properties(ids)).toEqual(standing);
    expect(await replace('change', reference, { name: 'Another name' })).toContain(sentence);
  });
});
