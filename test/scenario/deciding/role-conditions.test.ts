import { startWorld, type World } from '../../world.ts';
import { managementGroupId } from '../../../simulator/tenant/arm-id.ts';
import { people } from '../../../simulator/tenant/contoso/people.ts';
import { roles } from '../../../simulator/tenant/role-definitions.ts';
import { blobsOnly, delegation, ofDepartment } from '../../core/access/sample-conditions.ts';
import { aroundRequests } from '../around-requests.ts';
import { storageRecommendation } from '../steps.ts';
import { everyRequest } from '../../../scripts/soak/kept/every-request.ts';

const dan = people.find(({ key }) => key === 'dan')!;

describe('an owner of Contoso whose role has a condition', () => {
  let world: World;
  let reference: string;
  const { request, said, ask } = aroundRequests(() => world);

  /** From now on Dan is Owner under this condition, and no list remembers what he was before. */
  const ownerUnder = async (text: string): Promise<void> => {
    const { roleAssignments } = world.tenant;
    roleAssignments.splice(0, roleAssignments.length, ...roleAssignments.filter(({ name }) => name !== 'of-dan'), {
      name: 'of-dan',
      scope: managementGroupId('contoso'),
      role: roles.owner,
      principalId: dan.objectId,
      principalType: 'User',
      condition: { text },
    });
    await world.clock.advance('PT6M');
  };
  const denyUnder = (text: string): void =>
    void world.tenant.denyAssignments.push({
      name: 'frozen',
      displayName: 'Frozen',
      scope: managementGroupId('contoso'),
      actions: ['Microsoft.Authorization/policyExemptions/*'],
      notActions: [],
      principals: [dan.objectId],
      excludePrincipals: [],
      condition: { text },
    });

  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent' });
    await world.teams.say('bob', '#approvals', '@Exemption Desk approvals here for contoso');
    reference = await ask('alice', {}, 'stshopprod');
  });
  afterAll(() => world.close());

  it('sees nothing where it asks for attributes of the person', async () => {
    await ownerUnder(ofDepartment);

    expect(await said('dan', 'recommendations')).not.toContain(storageRecommendation);
    expect(await said('dan', `why ${reference}`)).toContain('There is no request');
  });

  it('sees everything where it is the delegation that the portal recommends', async () => {
    await ownerUnder(delegation);

    expect(await said('dan', 'recommendations')).toContain(storageRecommendation);
    expect(await said('dan', 'requests to decide')).toContain(reference);
    expect(await said('dan', `why ${reference}`)).toContain('Owner at Contoso: can write exemptions');
  });

  it('is held back by a deny assignment under the same condition, and is told which', async () => {
    denyUnder(delegation);
    await world.clock.advance('PT6M');

    expect(await said('dan', `approve ${reference}`)).toContain('the deny assignment “Frozen” forbids exemptions');
    expect(await said('dan', `why ${reference}`)).toContain('The deny assignment “Frozen” forbids exemptions');
    world.tenant.denyAssignments.pop();
  });

  it('is held back by one whose condition nobody can tell, and is told that it counts', async () => {
    denyUnder(ofDepartment);

    expect(await said('dan', `approve ${reference}`)).toContain(
      'It has a condition that Exemption Desk cannot evaluate (it depends on attributes of the person), so it counts.',
    );
    world.tenant.denyAssignments.pop();
  });

  it('reads which condition stands in the way of deciding, in the refusal and in “why”', async () => {
    const reader = { name: 'reader-of-dan', role: roles.reader, principalId: dan.objectId } as const;
    await ownerUnder(ofDepartment);
    world.tenant.roleAssignments.push({ ...reader, scope: managementGroupId('contoso'), principalType: 'User' });
    await world.clock.advance('PT6M');
    const condition =
      'has a condition that Exemption Desk cannot evaluate (it depends on attributes of the person), so it does not count';

    expect(await said('dan', `approve ${reference}`)).toContain(`your role Owner at Contoso ${condition}`);
    expect((await request(reference)).status).toBe('pending');
    const why = await said('dan', `why ${reference}`);
    expect(why).toContain(`Owner at Contoso: it ${condition}`);
    expect(why).toContain('None of your Azure roles allows exemptions there.');
  });

  it('decides, and what is written is written, where a deny assignment is provably about something else', async () => {
    await ownerUnder(delegation);
    denyUnder(blobsOnly);
    await said('dan', `approve ${reference}`);
    await world.app().idle();

    expect((await request(reference)).status).toBe('applied');
  });
});

describe('the bot whose own role has a condition', () => {
  it('says before sending that it may not write, and why', async () => {
    const world = await startWorld({ logLevel: 'silent' });
    const { roleAssignments } = world.tenant;
    const own = roleAssignments.findIndex(({ role }) => role === roles.exemptionDesk);
    const text =
      "!(ActionMatches{'Microsoft.Authorization/policyExemptions/write'}) OR @Resource[a:b] StringEquals 'x'";
    roleAssignments[own] = { ...roleAssignments[own]!, condition: { text } };
    const { ask, said } = aroundRequests(() => world);
    await ask('alice', {}, 'stshopprod').catch(() => undefined);

    expect(await everyRequest(world.app().desk.database.requests)).toEqual([]);
    const shown = world.teams.messages('alice').at(-1)!;
    expect(JSON.stringify(world.teams.cardFor('alice', shown.id))).toContain(
      'A role of it names that permission, but under a condition that does not cover it, or that Exemption Desk cannot evaluate.',
    );
    expect(await said('alice', 'recommendations')).toContain(storageRecommendation);
    await world.close();
  });
});
