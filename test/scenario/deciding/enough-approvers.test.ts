import type { Assessment } from '../../../simulator/tenant/assessments.ts';
import { authorise } from '../../../simulator/tenant/authorization.ts';
import { everyRequest } from '../../../scripts/soak/kept/every-request.ts';
import { startWorld, type World } from '../../world.ts';
import { companies, inCompany, patience } from '../companies.ts';
import { formInputs, latest } from '../steps.ts';

const governance = `
defaults:
  approvals: 2
`;

const actions = [
  'Microsoft.Authorization/policyExemptions/write',
  'Microsoft.Authorization/policyAssignments/exempt/action',
] as const;

/** Somebody asks where two have to approve, and is told before sending if there are not two: at a tidy company and at a large untidy one. */
describe.each(companies)('whether enough people could approve at $tenant', ({ tenant }) => {
  let world: World;
  let people: ReturnType<typeof inCompany>;
  let wanted: Assessment;

  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent', tenant, governance });
    people = inCompany(world.tenant);
    await world.teams.say(people.approver.key, '#approvals', `@Exemption Desk approvals here for ${people.top.name}`);
    wanted = people
      .openFor(people.teamMember)
      .find(({ recommendation }) => recommendation.displayName.startsWith('Secure transfer'))!;
  }, patience);
  afterAll(() => world.close());

  /** Everybody with an account who could decide it by what Azure itself says. */
  const deciders = () =>
    world.tenant.principals.filter(
      (each) =>
        each.type === 'User' &&
        each.objectId !== people.teamMember.objectId &&
        !world.tenant.settings.disabledAccounts.includes(each.objectId) &&
        actions.every((action, at) =>
          [at === 0 ? wanted.resource.id : people.top.id].every(
            (scope) => authorise(world.tenant, each, action, scope).kind === 'allowed',
          ),
        ),
    );
  const preview = async (last: 'Discard' | 'Send' = 'Discard'): Promise<string> => {
    const { key } = people.teamMember;
    const { resource, recommendation } = wanted;
    await world.teams.say(
      key,
      'personal',
      `exempt "${resource.id}" from ${recommendation.assessmentKey} for 30 days as waiver`,
    );
    const form = latest(world, key).id;
    await world.teams.press(key, form, 'Preview', { justification: formInputs.justification });
    const { visibleText } = latest(world, key);
    await world.teams.press(key, form, last, {});
    return visibleText;
  };
  const control = (route: string, body: unknown) => world.control[route]!(body);
  const hour = () => world.clock.advance('PT1H1M');
  const onlyTheApproverIsLeft = () => {
    world.tenant.settings.disabledAccounts = deciders()
      .filter(({ objectId }) => objectId !== people.approver.objectId)
      .map(({ objectId }) => objectId);
  };

  it('says nothing before anybody was counted', async () => {
    expect(await preview()).not.toMatch(/can give one|could not be counted/);
  });

  it('warns, with the name of the only one, and a second one ends it', async () => {
    onlyTheApproverIsLeft();
    await hour();
    const warned = await preview();
    expect(warned).toContain(
      `2 approvals are needed; besides you, only 1 person can give one: ${people.approver.name}.`,
    );
    expect(warned).toContain('Owner, Security Admin or Resource Policy Contributor');

    const pattern = world.tenant.roleAssignments.find(({ principalType }) => principalType === 'Group')!;
    world.tenant.roleAssignments.push({
      ...pattern,
      name: '0a551600-0000-4000-8000-000000000977',
      scope: people.top.id,
      role: world.tenant.roleDefinitions.find(({ roleName }) => roleName === 'Security Admin')!.name,
      principalId: people.eligible.objectId,
      principalType: 'User',
    });
    await hour();
    expect(deciders()).toHaveLength(2);
    expect(await preview()).not.toContain('can give one');
    world.tenant.roleAssignments.pop();
  });

  it('says that it could not be counted once Microsoft Graph tells nothing of groups any more', async () => {
    world.tenant.settings.groupsReadable = false;
    await hour();
    const told = await preview();
    world.tenant.settings.groupsReadable = true;
    expect(told).toContain('Whether enough people can give them could not be counted');
    expect(told).not.toContain('can give one');
  });

  it('goes on with what was read before while Microsoft Graph asks to slow down, and for half a day', async () => {
    await hour();
    expect(await preview()).toContain('only 1 person can give one');
    await control('POST /simulator/faults', { kind: '429', match: '/transitiveMembers/', milliseconds: 60_000 });
    await world.clock.advance('PT2H').catch(() => undefined);
    expect(await preview()).toContain('only 1 person can give one');
    await world.clock.advance('PT12H').catch(() => undefined);
    expect(await preview()).toContain('could not be counted');
    await control('POST /simulator/faults/clear', {});
  });

  it('lets the request be sent all the same', async () => {
    await hour();
    expect(await preview('Send')).toContain('only 1 person can give one');
    await world.app().idle();
    const [sent] = await everyRequest(world.app().desk.database.requests);
    expect(sent).toMatchObject({ status: 'pending', requester: { name: people.teamMember.name } });
  });
});
