import { startWorld, type World } from '../../simulator/start.ts';
import { formInputs, latest, offered, openForm, sendRequest } from './steps.ts';

const informationTechnology = '00000000-0000-4000-8000-000000000202';

/** Erin owns the subscription of the shop here; the initiatives are assigned above it, where only Bob may exempt. She is in the group. */
const shopOfErin = (world: World): void => {
  const { roleAssignments, subscriptions } = world.tenant;
  const own = roleAssignments.findIndex(({ principalId }) => principalId.endsWith('105'));
  const shop = subscriptions.find(({ name }) => name === 'shop-prod')!;
  roleAssignments[own] = { ...roleAssignments[own]!, scope: `/subscriptions/${shop.subscriptionId}` };
};

describe('where the operator lends the right on policy assignments to a group', () => {
  let world: World;
  let reference: string;

  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent', delegateGroups: [informationTechnology] });
    shopOfErin(world);
    await world.teams.say('bob', '#approvals', '@Exemption Desk approvals here for contoso');
  });
  afterAll(() => world.close());
  beforeEach(() => {
    world.tenant.settings.groupsReadable = true;
  });

  const said = async (person: string, text: string) =>
    (await world.teams.say(person, 'personal', text)).replies.map((reply) => reply.visibleText).join('\n');
  const status = async () => (await world.app().desk.database.requests.find(reference))?.status;
  const history = () => world.app().desk.database.ledger.history(reference);
  const approve = async (person: string) => {
    const click = { verb: 'approve-request', reference, version: 1, comment: '' };
    const { replies } = await world.teams.submit(person, latest(world, '#approvals').id, click);
    await world.app().idle();
    return replies.map(({ text }) => text).join('\n');
  };

  it('lends nothing for what somebody wants for themselves', async () => {
    const form = await openForm(world, 'erin');
    await world.teams.press('erin', form, 'Preview', {
      ...formInputs,
      resources: offered(world, 'erin', form, 'stshopprod'),
    });
    expect(latest(world, 'erin').visibleText).not.toContain('In an emergency');
    await world.teams.press('erin', form, 'Send', {});
    await world.app().idle();
    const [own] = await world.app().desk.database.requests.list({});

    expect(await said('erin', `approve ${own!.reference}`)).toContain('you asked for it yourself');
    await said('erin', `withdraw ${own!.reference}`);
  });

  it('tells a member that they may decide, and shows them what waits', async () => {
    reference = await sendRequest(world, 'alice');

    expect(await said('erin', 'requests to decide')).toContain(reference);
    expect(await said('erin', `why ${reference}`)).toContain('With the right that is lent to a group of yours, your roles are enough');
    expect(await said('alice', `why ${reference}`)).toContain(
      `To members of the group ${informationTechnology} the operator lends`,
    );
  });

  it('still refuses somebody in no such group, and everybody where the groups are not to be read', async () => {
    expect(await approve('carol')).toContain('because no Azure role of yours allows exemptions');
    world.tenant.settings.groupsReadable = false;
    expect(await approve('erin')).toContain('because no Azure role of yours allows exemptions');
    expect(await status()).toBe('pending');
  });

  it('still refuses a member who may not write exemptions there', async () => {
    const own = world.tenant.roleAssignments.find(({ principalId }) => principalId.endsWith('105'))!;
    const at = world.tenant.roleAssignments.indexOf(own);
    world.tenant.roleAssignments.splice(at, 1);
    expect(await approve('erin')).toContain('You may not decide');
    world.tenant.roleAssignments.splice(at, 0, own);
    expect(await status()).toBe('pending');
  });

  it('lets a member approve, writes it, and the ledger says what was lent', async () => {
    await approve('erin');

    expect(await status()).toBe('applied');
    expect(await said('alice', `request ${reference}`)).toContain(
      'Erin Eder approved it, with a right that is lent to a group of theirs',
    );
    expect((await history()).find(({ event }) => event === 'approved')).toMatchObject({
      actor: { person: { name: 'Erin Eder' } },
      facts: { lent: 'Microsoft.Authorization/policyAssignments/exempt/action' },
    });
  });
});

describe('where the operator lends nothing', () => {
  it('refuses the owner of the subscription, for the initiatives are assigned above it', async () => {
    const world = await startWorld({ logLevel: 'silent' });
    shopOfErin(world);
    await world.teams.say('bob', '#approvals', '@Exemption Desk approvals here for contoso');
    const reference = await sendRequest(world, 'alice');
    const { replies } = await world.teams.say('erin', 'personal', `approve ${reference}`);

    expect(replies.at(-1)?.text).toContain('(Microsoft.Authorization/policyAssignments/exempt/action)');
    await world.close();
  });
});
