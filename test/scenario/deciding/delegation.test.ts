import { startWorld, type World } from '../../world.ts';
import { people } from '../../../simulator/tenant/contoso/people.ts';
import { applyRequest } from '../../../src/workflow/write/apply-request.ts';
import { aroundRequests } from '../around-requests.ts';
import { formInputs, offered, openForm } from '../steps.ts';
import { everyRequest } from '../../../scripts/soak/kept/every-request.ts';

const informationTechnology = '00000000-0000-4000-8000-000000000202';
const lent = 'Microsoft.Authorization/policyAssignments/exempt/action';
const erin = people.find(({ key }) => key === 'erin')!;
const noRole = 'because none of your Azure roles allows exemptions';

const governance = `
rules:
  - name: Whoever could decide need not ask
    when: { category: [mitigated] }
    then: { approvals: 0 }
`;

/** Erin owns the subscription of the shop here; the initiatives are assigned above it, where only Bob may exempt. She is in the group. */
const shopOfErin = (world: World): void => {
  const { roleAssignments, subscriptions } = world.tenant;
  const own = roleAssignments.findIndex(({ principalId }) => principalId === erin.objectId);
  const shop = subscriptions.find(({ name }) => name === 'shop-prod')!;
  roleAssignments[own] = { ...roleAssignments[own]!, scope: `/subscriptions/${shop.subscriptionId}` };
};

describe('where the operator lends the right on policy assignments to a group', () => {
  let world: World;
  let reference: string;

  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent', governance, delegateGroups: [informationTechnology] });
    shopOfErin(world);
    await world.teams.say('bob', '#approvals', '@Exemption Desk approvals here for contoso');
  });
  afterAll(() => world.close());

  const { request, said, lastCard, ask, away } = aroundRequests(() => world);
  const answerTo = async (person: string, card: string, data: Record<string, unknown>) =>
    (await world.teams.submit(person, card, data)).replies.map(({ visibleText }) => visibleText).join('\n');
  const approve = (person: string) =>
    answerTo(person, lastCard('#approvals', reference).id, {
      verb: 'approve-request',
      reference,
      version: 1,
      comment: '',
    });
  /** What somebody reads in their own chat whose approval is refused; the channel reads only that it is there. */
  const refusalOf = async (person: string): Promise<string> => {
    const before = world.teams.messages(person).length;
    expect(await approve(person)).toMatch(/^\w+ \w+: The answer is in your personal chat with Exemption Desk\.$/);
    return world.teams
      .messages(person)
      .slice(before)
      .map(({ visibleText }) => visibleText)
      .join('\n');
  };
  const rowOf = async (event: string, of = reference) =>
    (await world.app().desk.database.ledger.history(of)).findLast((each) => each.event === event);
  /** Somebody goes without something for the time of a piece of work. */
  const without = async <Item>(list: Item[], isIt: (item: Item) => boolean, work: () => Promise<void>) => {
    const kept = list.slice();
    list.splice(0, list.length, ...kept.filter((item) => !isIt(item)));
    await work().finally(() => list.splice(0, list.length, ...kept));
  };

  describe('lends nothing for what somebody wants for themselves:', () => {
    const preview = async (inputs: Record<string, string> = {}) => {
      const form = await openForm(world, 'erin');
      const resources = offered(world, 'erin', form, 'stshopprod');
      await world.teams.press('erin', form, 'Preview', { ...formInputs, resources, ...inputs });
      return { form, card: JSON.stringify(world.teams.cardFor('erin', form)) };
    };

    it('no emergency', async () => {
      const { form, card } = await preview();
      expect(card).toContain('send-request');
      expect(card).not.toContain('send-in-emergency');
      const seen = /"seen":"([^"]+)"/.exec(card)?.[1];
      const draftId = /"draftId":"([^"]+)"/.exec(card)?.[1];
      expect(await answerTo('erin', form, { verb: 'send-in-emergency', draftId, seen, reason: 'Now!' })).toContain(
        noRole,
      );
      await world.teams.press('erin', form, 'Discard', {});
    });

    it('no rule without approvals, and no approval of an own request', async () => {
      const { form, card } = await preview({ category: 'Mitigated' });
      expect(card).not.toContain('No approval is needed');
      await world.teams.press('erin', form, 'Send', {});
      await world.app().idle();
      const [own] = await everyRequest(world.app().desk.database.requests);

      expect(own).toMatchObject({ status: 'pending', requester: { name: 'Erin Eder' } });
      expect(await said('erin', `approve ${own!.reference}`)).toContain('you asked for it yourself');
      await said('erin', `withdraw ${own!.reference}`);
    });

    it('no adoption', async () => {
      const { id } = world.tenant.exemptions.all().find((each) => each.id.includes('/ASC-vm-shop-2-jit'))!;
      const { form } = await preview();
      const purpose = 'Somebody needs it for a while.';

      expect(await answerTo('erin', form, { verb: 'adopt-exemption', id, purpose })).toContain(noRole);
      await world.teams.press('erin', form, 'Discard', {});
    });
  });

  it('tells a member that their roles are enough, and shows them what waits', async () => {
    reference = await ask('alice', {}, 'stshopprod');

    expect(await said('erin', 'requests to decide')).toContain(reference);
    expect(await said('erin', `why ${reference}`)).toContain('delegated to a group of yours, your roles allow');
    expect(await said('alice', `why ${reference}`)).toContain(`Also members of the group ${informationTechnology}`);
  });

  it('refuses somebody who is in no such group', async () => {
    expect(await refusalOf('carol')).toContain(noRole);
  });

  it('refuses everybody where the groups are not to be read, and says so', async () => {
    world.tenant.settings.groupsReadable = false;
    const answer = await refusalOf('erin');
    world.tenant.settings.groupsReadable = true;

    expect(answer).toContain(noRole);
    expect(answer).toContain('Microsoft Graph does not let Exemption Desk see your groups');
  });

  it('refuses a member who may not write exemptions there', async () => {
    await without(
      world.tenant.roleAssignments,
      ({ principalId }) => principalId === erin.objectId,
      async () => expect(await refusalOf('erin')).toContain('(Microsoft.Authorization/policyExemptions/write)'),
    );
  });

  it('refuses a member whom a deny assignment forbids it', async () => {
    const { denyAssignments, roleAssignments } = world.tenant;
    const { scope } = roleAssignments.find(({ principalType }) => principalType === 'Group')!;
    const denial = {
      ...denyAssignments[0]!,
      name: 'frozen',
      displayName: 'Frozen',
      scope,
      actions: [lent],
      notActions: [],
    };
    denyAssignments.push({ ...denial, principals: ['everyone'], excludePrincipals: [] });
    expect(await refusalOf('erin')).toContain('the deny assignment “Frozen” forbids exemptions');
    denyAssignments.pop();
    expect((await request(reference)).status).toBe('pending');
  });

  it('writes nothing where the member has left the group between approval and writing', async () => {
    const other = await ask('carol', {}, 'stshoplogs');
    const pending = await request(other);
    const by = { objectId: erin.objectId, tenantId: erin.tenantId, name: erin.name };
    const decision = { by, at: world.clock.now(), comment: '' };
    const approved = { ...pending, status: 'approved' as const, approvals: [decision], decision };
    await world.app().desk.database.requests.replace({ ...approved, version: pending.version + 1 });
    await without(
      world.tenant.groups as (typeof world.tenant.groups)[number][],
      ({ id }) => id === informationTechnology,
      () => applyRequest(world.app().desk, other),
    );

    expect(await request(other)).toMatchObject({
      status: 'failed',
      failure: expect.stringContaining(noRole) as string,
    });
  });

  it('lets a member approve, writes it, and the ledger and the card say what was lent', async () => {
    await approve('erin');
    await world.app().idle();

    expect((await request(reference)).status).toBe('applied');
    expect(await said('alice', `request ${reference}`)).toContain(
      'Erin Eder approved it, with a permission delegated to a group of theirs',
    );
    expect(await rowOf('approved')).toMatchObject({ actor: { person: { name: 'Erin Eder' } }, facts: { lent } });
    await away(reference);
  });

  it('says it also of a rejection, and of an emergency that is taken out again by one', async () => {
    const plain = await ask('alice', {}, 'stshopprod');
    await said('erin', `reject ${plain} not needed any more`);
    expect(await rowOf('rejected', plain)).toMatchObject({ facts: { lent } });

    const form = await openForm(world, 'bob');
    const resources = offered(world, 'bob', form, 'stshopprod');
    await world.teams.press('bob', form, 'Preview', { ...formInputs, resources });
    await world.teams.press('bob', form, 'Write to Azure now, for 72 hours', { reason: 'The shop is down.' });
    await world.app().idle();
    const [urgent] = await everyRequest(world.app().desk.database.requests);
    await said('erin', `reject ${urgent!.reference} it is not`);
    expect(await rowOf('revoking', urgent!.reference)).toMatchObject({ facts: { lent } });
  });
});

describe('where the operator lends nothing', () => {
  it('refuses the owner of the subscription, for the initiatives are assigned above it', async () => {
    const world = await startWorld({ logLevel: 'silent' });
    shopOfErin(world);
    await world.teams.say('bob', '#approvals', '@Exemption Desk approvals here for contoso');
    const reference = await aroundRequests(() => world).ask('alice', {}, 'stshopprod');
    const { replies } = await world.teams.say('erin', 'personal', `approve ${reference}`);

    expect(replies.at(-1)?.text).toContain(`(${lent})`);
    await world.close();
  });
});
