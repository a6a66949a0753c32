import { startWorld, type World } from '../../world.ts';
import { aroundRequests } from '../around-requests.ts';
import { latest, storageRecommendation } from '../steps.ts';
import { formInputs, offered, openForm } from '../steps.ts';
import { everyRequest } from '../../../scripts/soak/kept/every-request.ts';

const governance = `
rules:
  - name: Whoever could decide need not ask
    when: { category: [mitigated] }
    then: { approvals: 0 }
`;

describe('an initiative whose assignment fixes an older version', () => {
  let world: World;
  let reference: string;
  const { request, said } = aroundRequests(() => world);

  /** The assignments are only this one, of the baseline of Corp, in this version. */
  const pin = async (definitionVersion: string): Promise<void> => {
    const { policyAssignments } = world.tenant;
    const baseline = policyAssignments.find(({ name }) => name === 'corp-baseline')!;
    policyAssignments.splice(0, policyAssignments.length, { ...baseline, definitionVersion });
    await world.clock.advance('PT6M');
  };
  const references = () =>
    world.tenant.exemptions
      .all()
      .filter(({ properties }) => JSON.stringify(properties).includes('Legacy uploader'))
      .map(({ properties }) => properties.policyDefinitionReferenceIds);

  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent', governance });
    await pin('1.3.*');
  });
  afterAll(() => world.close());

  it('is exempted from by the references of that version', async () => {
    const form = await openForm(world, 'bob', storageRecommendation);
    const resources = offered(world, 'bob', form, 'st').split(',')[0]!;
    await world.teams.press('bob', form, 'Preview', { ...formInputs, category: 'Mitigated', resources });
    await world.teams.press('bob', form, 'Send', {});
    await world.app().idle();
    const [newest] = await everyRequest(world.app().desk.database.requests);
    reference = newest!.reference;

    expect(await request(reference)).toMatchObject({ status: 'applied', failure: undefined });
    expect(references()).toEqual([['corpTransferOnly']]);
  });

  it('leaves what is gone out of a renewal after an upgrade, by name', async () => {
    await pin('1.4.*');
    await said('bob', `renew ${reference}`);
    await world.teams.press('bob', latest(world, 'bob').id, 'Preview', {});
    expect(latest(world, 'bob').visibleText).toContain(
      'The initiative of Corp security baseline no longer includes corpTransferOnly in the version that is assigned.',
    );
    await world.teams.press('bob', latest(world, 'bob').id, 'Send', {});
    await world.app().idle();
    const [renewal] = await everyRequest(world.app().desk.database.requests);
    expect(renewal).toMatchObject({ status: 'applied', renewal: { of: reference } });
    expect(references()).toContainEqual(['corpSecureTransfer']);
  });

  it('is not planned for where the bot may not read versions', async () => {
    const { roleDefinitions } = world.tenant;
    const at = roleDefinitions.findIndex(({ roleName }) => roleName === 'Exemption Desk');
    const own = roleDefinitions[at]!;
    const role = (actions: readonly string[]) => ((roleDefinitions as (typeof own)[])[at] = { ...own, actions });
    role(own.actions.filter((action) => !action.endsWith('policySetDefinitions/versions/read')));
    try {
      await pin('1.3.*');
      const form = await openForm(world, 'bob', storageRecommendation);
      const resources = offered(world, 'bob', form, 'st').split(',').at(-1)!;
      await world.teams.press('bob', form, 'Preview', { ...formInputs, resources });
      const card = JSON.stringify(world.teams.cardFor('bob', latest(world, 'bob').id));
      expect(card).toContain('Corp security baseline (version 1.3.*)');
      expect(card).toContain('Microsoft.Authorization/policySetDefinitions/versions/read');
    } finally {
      // The roles belong to every world of this process.
      role(own.actions);
    }
  });
});
