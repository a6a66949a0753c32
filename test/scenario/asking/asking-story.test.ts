import type { Assessment } from '../../../simulator/tenant/assessments.ts';
import type { Person } from '../../../simulator/tenant/person.ts';
import { startWorld, type World } from '../../world.ts';
import { aroundRequests } from '../around-requests.ts';
import { companies, inCompany, patience } from '../companies.ts';
import { latest } from '../steps.ts';

const because = 'for 30 days as waiver because the old uploader goes in spring';

/** What somebody is shown, and what they can ask for, is what Azure lets them read: at a small tidy company and at a large untidy one. */
describe.each(companies)('asking at $tenant', ({ tenant }) => {
  let world: World;
  let people: ReturnType<typeof inCompany>;
  const { said } = aroundRequests(() => world);

  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent', tenant });
    people = inCompany(world.tenant);
    await world.teams.say(people.approver.key, '#approvals', `@Exemption Desk approvals here for ${people.top.name}`);
    await world.app().tick();
  }, patience);
  afterAll(() => world.close());

  const say = (person: Person, text: string) => said(person.key, text);
  const press = async (person: Person, title: string, inputs = {}): Promise<string> => {
    await world.teams.press(person.key, latest(world, person.key).id, title, inputs);
    return latest(world, person.key).visibleText;
  };
  /** What the list says it has, or the rows of one that fits a page. */
  const countOf = (text: string): number =>
    Number(/ of ([\d,]+)$/m.exec(text)?.[1]?.replaceAll(',', '') ?? text.match(/unhealthy resource/g)?.length ?? 0);
  const byPolicy = (open: readonly Assessment[]) =>
    open.filter(({ recommendation }) => recommendation.policyDefinitionId !== undefined);
  const askFor = async (person: Person, { resource, recommendation }: Assessment): Promise<string> => {
    const form = await say(person, `exempt "${resource.id}" from ${recommendation.assessmentKey} ${because}`);
    return form.startsWith('Exemption request') ? press(person, 'Preview') : form;
  };

  it('lists as many open recommendations as somebody may read, to whoever reads a little and to whoever reads all', async () => {
    for (const person of [people.teamMember, people.auditor]) {
      const keys = people.openFor(person).map(({ recommendation }) => recommendation.assessmentKey);
      expect(countOf(await say(person, 'recommendations'))).toBe(new Set(keys).size);
    }
  });

  it('shows of a recommendation the resources that somebody may read', async () => {
    const [first] = byPolicy(people.openFor(people.teamMember));
    const mine = people
      .openFor(people.teamMember)
      .filter(({ recommendation }) => recommendation === first!.recommendation);
    const text = await say(people.teamMember, `recommendation ${first!.recommendation.displayName}`);
    expect(text).toContain(`${mine.length} unhealthy resource${mine.length === 1 ? '' : 's'}`);
    for (const { resource } of mine) expect(text).toContain(`${resource.name} in ${resource.resourceGroup}`);
  });

  it('tells whoever may read nothing what they lack', async () => {
    expect(await say(people.stranger, 'recommendations')).toContain('None of your Azure roles lets you read');
    expect(await say(people.eligible, 'recommendations')).toContain('Privileged Identity Management');
  });

  it('finds a subscription by its name, whatever is in it, and asks back where several have it', async () => {
    const { auditor } = people;
    const open = Map.groupBy(people.openFor(auditor), ({ resource }) => resource.subscriptionId);
    const countIn = (id: string) => new Set(open.get(id)?.map((each) => each.recommendation.assessmentKey)).size;
    const visible = world.tenant.subscriptions.filter(({ subscriptionId }) =>
      people.may(auditor, 'read recommendations', `/subscriptions/${subscriptionId}`),
    );
    const names = Map.groupBy(visible, (each) => each.name);
    const isTold = (name: string, { length }: { length: number }) => length > 1 || !/^[\w-]+$/.test(name);
    const [plain] = names;
    for (const [name, twins] of [plain!, ...[...names].filter(([name, all]) => isTold(name, all))]) {
      const [{ subscriptionId }] = [twins[0]!];
      const answer = await say(auditor, `recommendations sub:"${name}"`);
      if (twins.length > 1) expect(answer).toContain(`“${name}” is the name of ${twins.length} scopes.`);
      else expect(answer).toContain(`In ${name}`);
      const list = twins.length > 1 ? await press(auditor, `Subscription (${subscriptionId.slice(0, 8)}…)`) : answer;
      expect(countOf(list)).toBe(countIn(subscriptionId));
    }
    for (const { name } of visible.filter(({ subscriptionId }) => countIn(subscriptionId) === 0))
      for (const line of [`recommendations sub:${name}`, `score ${name}`])
        expect(await say(auditor, line)).toContain(`Defender for Cloud assesses nothing in ${name}`);
  });

  it('narrows by the last part of a type, as people call it', async () => {
    const open = people.openFor(people.auditor).filter(({ resource }) => resource.type.endsWith('/virtualMachines'));
    const machines = open.filter(({ resource }) => resource.type === 'Microsoft.Compute/virtualMachines');
    const keys = (some: readonly Assessment[]) => new Set(some.map((each) => each.recommendation.assessmentKey)).size;
    expect(countOf(await say(people.auditor, 'recommendations type:virtualMachines'))).toBe(keys(open));
    const text = await say(people.auditor, 'recommendations type:Microsoft.Compute/virtualMachines');
    expect(countOf(text)).toBe(keys(machines));
  });

  it('tells recommendations of one title apart', async () => {
    const open = new Map(people.openFor(people.auditor).map((each) => [each.recommendation.assessmentKey, each]));
    const twins = [...Map.groupBy(open.values(), (each) => each.recommendation.displayName).values()].filter(
      (each) => each.length > 1,
    );
    for (const [first] of twins) {
      const text = await say(people.auditor, `exempt "x" from "${first!.recommendation.displayName}" ${because}`);
      const buttons = text
        .split('\n')
        .filter((line) => line.replace(/^\d\. /, '').startsWith(first!.recommendation.displayName));
      expect(buttons.length).toBeGreaterThan(1);
      expect(new Set(buttons).size).toBe(buttons.length);
    }
  });

  it('opens the form by the name of any resource, whatever is in it', async () => {
    const open = byPolicy(people.openFor(people.auditor));
    const odd = open.filter(({ resource }) => !/^[\w.-]+$/.test(resource.name));
    const chosen = new Map([open[0]!, ...odd].map((each) => [each.resource.name, each]));
    for (const [name, { resource, recommendation }] of chosen) {
      const line = (said: string) => `exempt "${said}" from ${recommendation.assessmentKey} ${because}`;
      for (const said of name.includes('"') ? [name, resource.id] : [name]) {
        expect(await say(people.auditor, line(said))).toMatch(/^Exemption request/);
        const preview = await press(people.auditor, 'Preview');
        // Defender may spell the id in lower case.
        expect(/^scope\n(.*)$/m.exec(preview.toLowerCase())?.[1]).toContain(name.slice(0, 40).toLowerCase());
      }
    }
  });

  it('says before sending where nothing can be written, or not for long', async () => {
    const open = byPolicy(people.openFor(people.auditor));
    const words = {
      Disabled: /This request cannot be sent[^]*is disabled, so Azure accepts no exemption there/,
      PastDue: /Check your request[^]*will be disabled soon unless its bill is paid/,
      Warned: /Check your request[^]*will be disabled soon unless what Azure warned/,
    } as const;
    for (const { subscriptionId, state } of world.tenant.subscriptions) {
      const there = open.find(({ resource }) => resource.subscriptionId === subscriptionId);
      if (state === undefined || state === 'Deleted' || there === undefined) continue;
      expect(await askFor(people.auditor, there)).toMatch(words[state]);
    }
    const gone = new Set(world.tenant.goneResources.map(({ id }) => id));
    const [ghost] = open.filter(({ resource }) => gone.has(resource.id));
    if (ghost !== undefined) expect(await askFor(people.auditor, ghost)).toContain('no longer exists in Azure');
  });

  it('says of what no policy can exempt where to do it instead', async () => {
    const [individual] = people
      .openFor(people.auditor)
      .filter(({ recommendation }) => !['Unknown', undefined].includes(recommendation.recommendationCategory));
    expect(await askFor(people.auditor, individual!)).toContain('individual recommendation of the category');
    const foreign = Map.groupBy(world.tenant.connectors, ({ environment }) => environment);
    for (const [environment, connectors] of foreign) {
      const [first] = connectors.flatMap(({ assessed = [] }) => assessed);
      if (first === undefined) continue;
      const { displayName, assessmentKey } = first;
      for (const line of [`recommendation ${displayName}`, `recommendation ${assessmentKey}`])
        expect(await say(people.auditor, line)).toContain(`is about resources in ${environment}`);
      const list = await say(people.auditor, `recommendations ${displayName}`);
      expect(list).toContain(`about resources in ${environment}, which no exemption of Azure Policy reaches`);
    }
  });

  it('takes a request from a list to the approvers and back', async () => {
    const { teamMember } = people;
    const mine = byPolicy(people.openFor(teamMember))[0]!;
    expect(await askFor(teamMember, mine)).toContain('Check your request');
    const [reference = ''] = /EX-[0-9A-Z]+/.exec(await press(teamMember, 'Send')) ?? [];
    await world.app().idle();

    expect(latest(world, '#approvals').visibleText).toContain(reference);
    expect(await say(teamMember, 'requests')).toContain(mine.recommendation.displayName);
    expect(await say(teamMember, `why ${reference}`)).toContain('None of your Azure roles allows exemptions there.');
    expect(await say(people.stranger, `request ${reference}`)).toContain('There is no request');
    expect(await say(teamMember, `withdraw ${reference}`)).toContain(`${reference} is withdrawn`);
    expect(latest(world, '#approvals').visibleText).toContain('Withdrawn');
  });
});
