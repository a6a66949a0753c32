import type { Assessment } from '../../../simulator/tenant/assessments.ts';
import type { Person } from '../../../simulator/tenant/person.ts';
import { startWorld, type World } from '../../world.ts';
import { companies, inCompany, patience } from '../companies.ts';
import { everySubscription } from '../../../scripts/soak/kept/kept-state.ts';

const [whole, part, group, team] = ['#security-alerts', '#one-subscription', '#one-group', '#team-shop'] as const;

/** A channel hears what its scope holds, by whatever name the scope goes, and only that: at a small tidy company and at a large untidy one. */
describe.each(companies)('alerting at $tenant', ({ tenant }) => {
  let world: World;
  let people: ReturnType<typeof inCompany>;
  let inside: Assessment;
  let later: Assessment;
  let outside: Assessment;

  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent', tenant, moreChannels: [part, group] });
    people = inCompany(world.tenant);
    const open = people
      .openFor(people.auditor)
      .filter(
        ({ recommendation, resource }) =>
          recommendation.policyDefinitionId !== undefined && resource.resourceGroup !== '',
      )
      .filter(({ resource }) => people.seesAndMay(people.approver, 'write exemptions', resource.id));
    const isOdd = ({ resource }: Assessment): boolean => !/^[\w-]+$/.test(resource.resourceGroup);
    inside = open.find(isOdd) ?? open[0]!;
    later = open.find(
      (each) =>
        each.resource.resourceGroup === inside.resource.resourceGroup && each.recommendation !== inside.recommendation,
    )!;
    outside = open.find(({ resource }) => resource.subscriptionId !== inside.resource.subscriptionId)!;
  }, patience);
  afterAll(() => world.close());

  const subscriptionNamed = ({ resource }: Assessment): string =>
    world.tenant.subscriptions.find(({ subscriptionId }) => subscriptionId === resource.subscriptionId)!.name;
  const say = async (person: Person, channel: string, text: string): Promise<string> => {
    const { replies } = await world.teams.say(person.key, channel, `@Exemption Desk ${text}`);
    return replies.map(({ visibleText }) => visibleText).join('\n');
  };
  const alertsIn = (channel: string): string[] =>
    world.teams
      .messages(channel)
      .filter(({ cards }) => cards.length > 0)
      .map(({ visibleText }) => visibleText);
  const exemptInPortal = async ({ resource, recommendation }: Assessment) => {
    await world.control['POST /simulator/portal-exemption']!({
      scope: resource.id,
      recommendation: recommendation.assessmentKey,
      expiresInDays: 6,
    });
    await world.clock.advance('PT6M');
  };
  /** The channels that hear of something new. */
  const heardAfter = async (happens: () => Promise<unknown>) => {
    const channels = [whole, part, group, team];
    const before = channels.map((each) => alertsIn(each).length);
    await happens();
    // What Teams did not take at once on a busy machine is posted by the next minute.
    await world.clock.advance('PT1M');
    return new Map(
      channels.flatMap((each, index) => {
        const heard = alertsIn(each).slice(before[index]);
        return heard.length === 0 ? [] : [[each, heard] as const];
      }),
    );
  };

  it('subscribes to a scope by its name, whatever is in it', async () => {
    const { approver } = people;
    const name = subscriptionNamed(inside);
    expect(await say(approver, whole, `subscribe ${people.top.name}`)).toContain(`exemptions in ${people.top.name}`);
    expect(await say(approver, part, `subscribe "${name}" created expiring`)).toContain(`exemptions in ${name}`);
    const inGroup = `subscribe "${inside.resource.resourceGroup}@${name}" created expiring`;
    expect(await say(approver, group, inGroup)).toContain(`${name} / ${inside.resource.resourceGroup}`);
    expect(await say(approver, part, 'subscriptions')).toContain(`Alerts for ${name}`);
    await world.app().tick();
  });

  it('lets a product team subscribe its resource group by its name, and hears who ended that', async () => {
    const { teamMember, approver } = people;
    const read = people.openFor(teamMember).map(({ resource }) => resource);
    const named = Map.groupBy(read, ({ resourceGroup }) => resourceGroup.toLowerCase());
    const { resourceGroup } = [...named.values()].find(
      (all) => new Set(all.map(({ subscriptionId }) => subscriptionId)).size === 1 && all[0]?.resourceGroup !== '',
    )![0]!;
    await world.app().tick();
    const answer = await say(teamMember, team, `subscribe "${resourceGroup}" created`);
    expect(answer.toLowerCase()).toContain(` / ${resourceGroup.toLowerCase()}: created`);
    const ended = await say(approver, team, `unsubscribe "${resourceGroup}"`);
    expect(ended).toContain(`${teamMember.name} had set this up and is told.`);
    expect(world.teams.messages(teamMember.key).at(-1)?.visibleText).toContain(
      'ended what you had set up in #team-shop',
    );
  });

  it('asks which one is meant where several have the name, alone, and takes the answer', async () => {
    const { approver } = people;
    const visible = world.tenant.subscriptions.filter(({ subscriptionId }) =>
      people.seesAndMay(approver, 'read exemptions', `/subscriptions/${subscriptionId}`),
    );
    const twins = [...Map.groupBy(visible, ({ name }) => name)].filter(([, all]) => all.length > 1);
    for (const [name, all] of twins) {
      expect(await say(approver, team, `subscribe ${name} created`)).toContain('The answer is in your personal chat');
      const question = world.teams.messages(approver.key).at(-1)!.text;
      expect(question).toContain(`“${name}” is the name of ${all.length} scopes`);
      const line = question.split('\n').find((each) => each.startsWith('subscribe '))!;
      expect(await say(approver, team, line)).toContain(`exemptions in ${name} (`);
      expect(await say(approver, team, 'unsubscribe')).toContain('no longer receives');
    }
  });

  it('subscribes nobody to what they may not read', async () => {
    for (const person of [people.stranger, people.teamMember])
      expect(await say(person, team, `subscribe ${people.top.name}`)).not.toContain('now receives');
    expect(await everySubscription(world.app().desk.database.subscriptions)).toHaveLength(3);
  });

  it(
    'tells a new exemption where its scope is covered, by its name',
    async () => {
      const heard = await heardAfter(() => exemptInPortal(inside));
      expect([...heard.keys()]).toEqual([whole, part, group]);
      for (const [text, ...more] of heard.values()) {
        expect(more).toEqual([]);
        expect(text).toContain('outside Exemption Desk');
        expect(text).toContain(inside.recommendation.displayName);
        // Defender and policies may spell it in their own way.
        expect(text!.toLowerCase()).toContain(inside.resource.name.slice(0, 30).toLowerCase());
      }
    },
    patience,
  );

  it(
    'tells what happens elsewhere only to whoever hears of everything',
    async () => {
      const heard = await heardAfter(() => exemptInPortal(outside));
      expect([...heard.keys()]).toEqual([whole]);
    },
    patience,
  );

  it(
    'tells nobody about policies that are not about Defender',
    async () => {
      const heard = await heardAfter(async () => {
        await world.control['POST /simulator/tagging-exemption']!({});
        await world.clock.advance('PT6M');
      });
      expect(heard).toEqual(new Map());
    },
    patience,
  );

  it(
    'warns before the end and never again, in the places that wanted it',
    async () => {
      const heard = await heardAfter(() => world.clock.advance('P5D'));
      for (const channel of [part, group])
        expect(heard.get(channel)?.filter((text) => text.includes(inside.recommendation.displayName))).toHaveLength(1);
      expect(heard.has(team)).toBe(false);
      const again = await heardAfter(() => world.clock.advance('PT10M'));
      expect(again).toEqual(new Map());
    },
    patience,
  );

  it(
    'stops when it is told to',
    async () => {
      expect(await say(people.auditor, group, 'unsubscribe')).toContain('no longer receives');
      const heard = await heardAfter(() => exemptInPortal(later));
      expect([...heard.keys()]).toEqual([whole, part]);
    },
    patience,
  );
});
