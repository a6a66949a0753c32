import type { Assessment } from '../../../simulator/tenant/assessments.ts';
import type { Person } from '../../../simulator/tenant/person.ts';
import { roles } from '../../../simulator/tenant/role-definitions.ts';
import { remindApprovers } from '../../../src/workflow/tell/remind-approvers.ts';
import { startWorld, type World } from '../../world.ts';
import { aroundRequests } from '../around-requests.ts';
import { companies, inCompany, patience } from '../companies.ts';
import { formInputs, latest } from '../steps.ts';

const everyAction = (roleDefinition: { readonly actions: readonly string[] }): string =>
  roleDefinition.actions.join(' ');

/** Who may decide is what Azure says, however roles are given and taken: at a small tidy company and at a large untidy one. */
describe.each(companies)('deciding at $tenant', ({ tenant }) => {
  let world: World;
  let people: ReturnType<typeof inCompany>;
  let wanted: Assessment;
  let reference: string;
  const { said, request, lastCard, press, written } = aroundRequests(() => world);

  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent', tenant });
    people = inCompany(world.tenant);
    await world.teams.say(people.approver.key, '#approvals', `@Exemption Desk approvals here for ${people.top.name}`);
    await world.app().tick();
    wanted = people
      .openFor(people.teamMember)
      .find(({ recommendation }) => recommendation.displayName.startsWith('Secure transfer'))!;
    reference = await ask(people.teamMember, wanted);
  }, patience);
  afterAll(() => world.close());

  const say = (person: Person, text: string) => said(person.key, text);
  const ask = async (person: Person, { resource, recommendation }: Assessment): Promise<string> => {
    await say(person, `exempt "${resource.id}" from ${recommendation.assessmentKey} for 30 days as waiver`);
    const form = latest(world, person.key).id;
    await world.teams.press(person.key, form, 'Preview', { justification: formInputs.justification });
    await world.teams.press(person.key, form, 'Send', {});
    await world.app().idle();
    return /EX-[0-9A-Z]+/.exec(latest(world, person.key).visibleText)![0];
  };
  /** Gives somebody a role for as long as it takes to look; decisions read it live. */
  const withRole = async <Result>(
    person: Person,
    role: string,
    scope: string,
    look: () => Promise<Result>,
    condition?: string,
  ): Promise<Result> => {
    const { roleAssignments } = world.tenant;
    roleAssignments.push({
      name: 'for-a-while',
      scope,
      role,
      principalId: person.objectId,
      principalType: 'User',
      ...(condition !== undefined && { condition: { text: condition } }),
    });
    try {
      return await look();
    } finally {
      roleAssignments.pop();
    }
  };
  const isWaiting = async () => expect((await request(reference)).status).toBe('pending');

  it('asks in the channel, with the name of whoever asked and of what it is about', () => {
    const { visibleText } = lastCard('#approvals', reference);
    expect(visibleText).toContain(people.teamMember.name);
    expect(visibleText).toContain(wanted.resource.name);
    expect(visibleText).toContain(`Approve ${reference}`);
  });

  it('lists it to whoever may decide and to nobody else', async () => {
    expect(await say(people.approver, 'requests to decide')).toContain(reference);
    for (const person of [people.auditor, people.ownerBelow, people.teamMember, people.stranger])
      expect(await say(person, 'requests to decide')).not.toContain(reference);
  });

  it('refuses everybody else, each with what they lack', async () => {
    expect(await say(people.teamMember, `approve ${reference}`)).toContain('because you asked for it yourself');
    expect(await say(people.auditor, `approve ${reference}`)).toMatch(/none of your Azure roles allows exemptions in/);
    expect(await say(people.stranger, `approve ${reference}`)).toMatch(/There is no request|Azure role/);
    expect(await say(people.eligible, `approve ${reference}`)).toContain('Privileged Identity Management');
    await isWaiting();
  });

  it('refuses a role that writes exemptions there and not from what is assigned above', async () => {
    const scope = `/subscriptions/${wanted.resource.subscriptionId}`;
    const answer = await withRole(people.auditor, roles.owner, scope, () =>
      say(people.auditor, `approve ${reference}`),
    );
    expect(answer).toContain('policyAssignments/exempt/action');
    await isWaiting();
  });

  it('refuses a role that only sounds like it', async () => {
    const half = world.tenant.roleDefinitions.find(
      (each) => everyAction(each).includes('policyExemptions/*') && !everyAction(each).includes('policyAssignments'),
    );
    const answer = await withRole(people.auditor, half?.name ?? roles.contributor, people.top.id, () =>
      say(people.auditor, `approve ${reference}`),
    );
    expect(answer).toMatch(/none of your Azure roles allows exemptions in/);
    await isWaiting();
  });

  it('refuses a role under a condition that nobody can tell, and names the condition', async () => {
    const condition = "@Principal[Microsoft.Directory/CustomSecurityAttributes/Id:HR_Dept] StringEquals 'Sales'";
    const approve = () => say(people.auditor, `approve ${reference}`);
    const answer = await withRole(people.auditor, roles.owner, people.top.id, approve, condition);
    expect(answer).toContain('has a condition that Exemption Desk cannot evaluate');
    await isWaiting();
  });

  it('refuses where a deny assignment stands in the way, by its name, and allows it again afterwards', async () => {
    world.tenant.denyAssignments.push({
      name: 'for-a-while',
      displayName: 'Managed by a service',
      // As Azure may return it.
      scope: wanted.resource.id
        .split('/')
        .slice(0, 5)
        .join('/')
        .toUpperCase()
        .replace('/SUBSCRIPTIONS', '/subscriptions'),
      actions: ['*'],
      notActions: ['*/read'],
      principals: ['everyone'],
      excludePrincipals: [],
    });
    expect(await say(people.approver, `approve ${reference}`)).toContain('“Managed by a service”');
    await isWaiting();
    world.tenant.denyAssignments.pop();
  });

  it('approves less, and writes no more than that', async () => {
    await press(people.approver.key, '#approvals', reference, `Approve ${reference} with these changes`, {
      lastDay: new Date(world.clock.now().getTime() + 10 * 86_400_000).toISOString().slice(0, 10),
      note: 'Ten days are enough.',
    });
    expect((await request(reference)).status).toBe('applied');
    expect(written(reference).length).toBeGreaterThan(0);
    expect(lastCard('#approvals', reference).visibleText).not.toContain(`Approve ${reference}`);
    expect(lastCard(people.teamMember.key, reference).visibleText).toContain('Ten days are enough.');
  });

  it('rejects with a reason that the requester reads, and writes nothing', async () => {
    const other = people.openFor(people.teamMember).find(({ recommendation, resource }) => {
      return recommendation.policyDefinitionId !== undefined && resource.id !== wanted.resource.id;
    })!;
    const rejected = await ask(people.teamMember, other);
    const reason = 'Close the “port” (443, 8080) first – #1';
    await press(people.approver.key, '#approvals', rejected, `Reject ${rejected}`, { reason });
    expect((await request(rejected)).status).toBe('rejected');
    expect(lastCard(people.teamMember.key, rejected).visibleText).toContain(reason);
    expect(written(rejected)).toEqual([]);
  });

  it('asks by name whoever decided there and could decide now, and reminds them by a line below the card', async () => {
    const [next] = people.openFor(people.teamMember).filter(({ recommendation, resource }) => {
      return recommendation.policyDefinitionId !== undefined && resource.id !== wanted.resource.id;
    });
    const { key, name } = people.approver;
    const waiting = await ask(people.teamMember, next!);
    const card = lastCard('#approvals', waiting);
    expect(card.mentioned).toEqual([key]);
    expect(card.visibleText).toContain(`For <at>${name}</at>, who decided requests around here before`);
    await world.teams.refresh(key, card.id);
    expect(JSON.stringify(world.teams.cardFor(key, card.id))).toContain(
      `For ${name}, who decided requests around here before`,
    );

    const { conversationId } = world.teams.conversations().find((place) => place.name === '#approvals')!;
    await remindApprovers(world.app().desk, waiting, conversationId);
    const line = world.teams.messages('#approvals').at(-1)!;
    expect(line).toMatchObject({ threadId: card.threadId, mentioned: [key], cards: [] });
    expect(line.text).toContain(`Still waiting: ${waiting}, since`);

    world.teams.leave(key, '#approvals');
    await remindApprovers(world.app().desk, waiting, conversationId);
    expect(lastCard('#approvals', waiting).id).not.toBe(card.id);
    expect(lastCard('#approvals', waiting).mentioned).toEqual([]);
    await say(people.teamMember, `withdraw ${waiting}`);
  });
});
