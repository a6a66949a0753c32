import { listingFilter, type ListingKind } from '../../../src/core/inventory/listing-filter.ts';
import { normalised } from '../../../simulator/tenant/arm-id.ts';
import { isExpired } from '../../../simulator/tenant/exemptions-in-force.ts';
import type { PolicyExemption } from '../../../simulator/tenant/policy-exemption.ts';
import { startWorld, type World } from '../../world.ts';
import { aroundRequests } from '../around-requests.ts';
import { companies, inCompany, patience } from '../companies.ts';
import { latest } from '../steps.ts';

type Kind = readonly [name: string, isMeant: (each: PolicyExemption) => boolean];

const marked = ({ properties }: PolicyExemption, mark: string): boolean =>
  JSON.stringify(properties.metadata ?? {}).includes(mark);

/** What people and programs make of exemptions over the years. A company has some of these. */
const kinds: readonly Kind[] = [
  ['made by a person', ({ systemData }) => systemData.createdByType === 'User'],
  ['made by a program', ({ systemData }) => systemData.createdByType !== 'User'],
  ['kept in code', (each) => marked(each, 'pacOwnerId')],
  ['without an end', ({ properties }) => properties.expiresOn === undefined],
  ['that ends in the year 9999', ({ properties }) => properties.expiresOn?.startsWith('9999') === true],
  ['without a name', ({ properties }) => properties.displayName === undefined],
  ['with a member that nobody knows yet', ({ properties }) => 'reviewCadence' in properties],
  ['narrowed by selectors', ({ properties }) => (properties.resourceSelectors ?? []).length > 0],
  ['of a whole subscription', ({ scope }) => /^\/subscriptions\/[^/]+$/.test(scope)],
  ['of a resource group', ({ scope }) => /\/resourcegroups\/[^/]+$/i.test(scope)],
  ['whose id is spelled in its own way', ({ scope }) => scope.includes('/resourcegroups/')],
];

/** Whatever happens to exemptions in Azure is found out once and told as what it was: at a small tidy company and at a large untidy one. */
describe.each(companies)('sweeping at $tenant', ({ tenant }) => {
  let world: World;
  let people: ReturnType<typeof inCompany>;
  const { said } = aroundRequests(() => world);
  const channel = '#security-alerts';

  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent', tenant, alertsAtOnce: 50 });
    people = inCompany(world.tenant);
    await world.teams.say(people.approver.key, channel, `@Exemption Desk subscribe ${people.top.name}`);
    await world.app().tick();
  }, patience);
  afterAll(() => world.close());

  const posts = () => world.teams.messages(channel).filter(({ cards }) => cards.length > 0);
  const control = (name: string, body: object) => world.control[`POST /simulator/${name}`]!(body);
  /** What the channel hears when something happens, over two sweeps. */
  const heardAfter = async (happens: () => Promise<unknown>): Promise<string[]> => {
    const before = posts().length;
    await happens();
    await world.clock.advance('PT6M');
    await world.clock.advance('PT6M');
    return posts()
      .slice(before)
      .map(({ visibleText }) => visibleText);
  };
  /** Exemptions of Defender recommendations that Exemption Desk sees. */
  const visible = (): PolicyExemption[] => {
    const ofPolicies = new Set(world.tenant.initiatives.map(({ id }) => normalised(id)));
    const about = new Set(
      world.tenant.policyAssignments
        .filter(({ policyDefinitionId }) => ofPolicies.has(normalised(policyDefinitionId)))
        .map(({ id }) => normalised(id)),
    );
    return world.tenant.exemptions
      .all()
      .filter(({ properties }) => about.has(normalised(properties.policyAssignmentId)))
      .filter(({ scope }) => people.seesAndMay(people.auditor, 'read exemptions', scope));
  };
  /** One in force for each kind; in Contoso some kinds do not occur. */
  const oneOfEach = (): readonly PolicyExemption[] => {
    const inForce = visible().filter((each) => !isExpired(each, world.clock.now()));
    return [...new Set(kinds.flatMap(([, isMeant]) => inForce.find(isMeant) ?? []))];
  };
  const switched = ({ properties }: PolicyExemption): string =>
    properties.exemptionCategory.toLowerCase() === 'waiver' ? 'Mitigated' : 'Waiver';

  /** How many rows the list has of what the channel is subscribed to, without those made in Defender, which raise no alerts. */
  const listed = async (kind: ListingKind): Promise<number> => {
    const { desk } = world.app();
    const hierarchy = await desk.hierarchy();
    const sight = { scopes: [people.top.id], hidden: [], hierarchy };
    const sights = { policy: sight, defender: { ...sight, scopes: [] } };
    const time = { now: world.clock.now(), timeZone: desk.timeZone, withinDays: 30 };
    const filter = listingFilter({ sights, place: undefined, hierarchy, text: '', kind, ...time });
    return desk.database.listings.count(filter, Number.MAX_SAFE_INTEGER);
  };

  it('takes in what is there with one summary, which names its scope and counts as the list does', async () => {
    const [summary, ...more] = posts().filter(({ visibleText }) => visibleText.includes('now watches'));
    expect(more).toEqual([]);
    const found = Number(/Exemptions found\n(\d+)/.exec(summary!.visibleText)?.[1]);
    const expired = Number(/\nExpired\n(\d+)/.exec(summary!.visibleText)?.[1]);
    const all = await listed('all');
    expect([found, expired]).toEqual([all, await listed('expired')]);
    expect(all).toBeLessThanOrEqual(visible().length * 1.02 + 3);
    expect(summary!.visibleText).toContain(`Scope\n${people.top.name}\n`);
  });

  it(
    'hears nothing while nothing happens',
    async () => {
      expect(await heardAfter(async () => undefined)).toEqual([]);
    },
    patience,
  );

  it(
    'tells a change of one field as that and nothing else, whatever kind of exemption it is',
    async () => {
      const before = oneOfEach().map((each) => ({ each, to: switched(each) }));
      const heard = await heardAfter(async () => {
        for (const { each, to } of before)
          await control('portal-change', { exemption: each.id, exemptionCategory: to });
      });
      expect(heard).toHaveLength(before.length);
      for (const { to } of before)
        expect(heard).toContainEqual(
          expect.stringContaining(`Category changed from ${to === 'Waiver' ? 'Mitigated' : 'Waiver'} to ${to}.`),
        );
      for (const text of heard) {
        expect(text).toContain('Exemption changed outside Exemption Desk');
        // Who manages it says where it is changed.
        const changes = text
          .match(/^.*\bchanged\b.*\.$/gim)
          ?.filter((line) => !line.endsWith('Have it changed there.'));
        expect(changes).toEqual([
          expect.stringMatching(/^Category changed from /),
          expect.stringMatching(/^Changed by pat@/),
        ]);
      }
    },
    patience,
  );

  it(
    'tells a deletion once, and that of a scope as such',
    async () => {
      const [first] = oneOfEach();
      const isResource = ({ scope }: PolicyExemption): boolean => /\/resourcegroups\/[^/]+\/providers\//i.test(scope);
      const [heard = '', ...more] = await heardAfter(() => control('portal-delete', { exemption: first!.id }));
      expect(more).toEqual([]);
      expect(heard).toContain('Exemption deleted');

      const inForce = visible().filter((each) => !isExpired(each, world.clock.now()));
      const resource = inForce.find(isResource)!.scope.split('/').at(-1);
      const gone = await heardAfter(() => control('delete-resource', { resource }));
      expect(gone.join('\n')).toContain('deleted together with its scope');
    },
    patience,
  );

  it(
    'hears nothing of what others may not see, nor of policies that are not about Defender',
    async () => {
      expect(await heardAfter(() => control('tagging-exemption', {}))).toEqual([]);
    },
    patience,
  );

  it(
    'falls silent without its role, and tells afterwards only what happened',
    async () => {
      const [exemption] = oneOfEach();
      const lost = await heardAfter(() => control('bot-role', { held: false }));
      expect(lost).toEqual([]);
      const back = await heardAfter(async () => {
        await control('portal-change', { exemption: exemption!.id, exemptionCategory: switched(exemption!) });
        await control('bot-role', { held: true });
      });
      expect(back).toHaveLength(1);
      expect(back[0]).toContain('Category changed');
    },
    patience,
  );

  it('lists as ended what has ended, and never what does not end', async () => {
    const endless = visible().filter(({ properties: { expiresOn = '9999' } }) => expiresOn.startsWith('9999'));
    const lines = async (line: string): Promise<string> => said(people.auditor.key, line);
    expect(await lines('exemptions never expires')).not.toMatch(/no exemption|hides/);
    const expired = await lines('exemptions expired');
    for (const { properties } of endless.slice(0, 5))
      if (properties.displayName !== undefined) expect(expired).not.toContain(properties.displayName);
  });

  it('cleans up what ended and nothing that a program keeps', async () => {
    const ended = visible().filter((each) => isExpired(each, world.clock.now()));
    const kept = ended.filter((each) => marked(each, 'pacOwnerId') || marked(each, 'managedBy'));
    const text = await said(people.approver.key, 'cleanup expired');
    const [, count] = /Delete (\d+) exemption/.exec(text) ?? [];
    expect(Number(count)).toBeGreaterThan(0);
    const before = world.tenant.exemptions.all().length;
    const card = latest(world, people.approver.key);
    await world.teams.press(people.approver.key, card.id, /Delete \d+ exemptions?/.exec(text)![0], {});
    await world.app().idle();
    expect(before - world.tenant.exemptions.all().length).toBe(Number(count));
    for (const { id } of kept) expect(world.tenant.exemptions.find(id)).toBeDefined();
    for (const each of visible()) expect(ended.includes(each) || !isExpired(each, world.clock.now())).toBe(true);
  });
});
