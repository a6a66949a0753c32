import { startWorld, type World } from '../../world.ts';
import { managementGroupId } from '../../../simulator/tenant/arm-id.ts';
import { sendRequest } from '../steps.ts';

/** Azure Policy evaluates exemptions like any other resource, so a broad Deny of the organisation also forbids them. */
describe('a policy of the organisation that forbids exemptions', () => {
  let world: World;

  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent' });
  });
  afterAll(() => world.close());

  it('is named, undoes what was written beside it, and is not tried again by itself', async () => {
    const reference = await sendRequest(world, 'alice');
    const find = async () => (await world.app().desk.database.requests.find(reference))!;
    const { targets } = await find();
    expect(targets.length).toBeGreaterThan(1);
    const [definition] = world.tenant.policyDefinitions;
    world.tenant.policyAssignments.push({
      id: `${managementGroupId('contoso')}/providers/Microsoft.Authorization/policyAssignments/no-exemptions`,
      name: 'no-exemptions',
      scope: managementGroupId('contoso'),
      displayName: 'Contoso: no exemptions from this',
      policyDefinitionId: definition!.id,
      notScopes: [],
      assignedBy: 'Pat',
      deniesExemptions: [targets.at(-1)!.assignmentId],
    });
    await world.teams.say('bob', 'personal', `approve ${reference}`);
    await world.app().idle();

    const after = await find();
    expect(after.status).toBe('failed');
    expect(after.failure).toBe(
      `Azure refused: the policy “${definition!.displayName}”, assigned as “Contoso: no exemptions from this” forbids this exemption. Ask the team that runs that policy to leave out policy exemptions, or request what it allows; trying again changes nothing.`,
    );
    const history = await world.app().desk.database.ledger.history(reference);
    expect(history.filter(({ event }) => event === 'exemption-written')).toHaveLength(targets.length - 1);
    expect(targets.map(({ exemptionId }) => world.tenant.exemptions.find(exemptionId))).toEqual(
      targets.map(() => undefined),
    );

    await world.clock.advance('P1D');
    expect(await find()).toEqual(after);
    const written = (await world.app().desk.database.ledger.history(reference)).length;
    expect(written).toBe(history.length);
  });
});
