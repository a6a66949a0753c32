import type { Assessment } from '../../../simulator/tenant/assessments.ts';
import { botPrincipal } from '../../../simulator/tenant/person.ts';
import { roles } from '../../../simulator/tenant/role-definitions.ts';
import { startWorld, type World } from '../../world.ts';
import { aroundRequests } from '../around-requests.ts';
import { companies, inCompany, patience } from '../companies.ts';
import { latest } from '../steps.ts';

type Button = { readonly title: string; readonly data: { readonly verb: string; readonly assessmentKey: string } };

const buttonsIn = (value: unknown): Button[] => {
  if (typeof value !== 'object' || value === null) return [];
  const { data } = value as { readonly data?: { readonly verb?: unknown } };
  const own = data?.verb === 'show-recommendation' ? [value as Button] : [];
  return [...own, ...Object.values(value).flatMap(buttonsIn)];
};

/** A recommendation opens with the resources that its list meant, and can show all. */
describe.each(companies)('a recommendation at $tenant, opened from a list that is narrowed', ({ tenant }) => {
  let world: World;
  let people: ReturnType<typeof inCompany>;
  let open: readonly Assessment[];
  const { said } = aroundRequests(() => world);

  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent', tenant });
    people = inCompany(world.tenant);
    for (const { objectId } of [botPrincipal, people.auditor]) {
      const own = world.tenant.roleAssignments.filter((each) => each.principalId === objectId);
      world.tenant.roleAssignments.push(
        ...own.map((each) => ({ ...each, name: `${each.name}-reader`, role: roles.reader })),
      );
    }
    await world.app().tick();
    open = people.openFor(people.auditor);
  }, patience);
  afterAll(() => world.close());

  const shown = () => latest(world, people.auditor.key);
  const press = async (title: string, inputs = {}): Promise<string> => {
    await world.teams.press(people.auditor.key, shown().id, title, inputs);
    return shown().visibleText;
  };
  /** Opens the first recommendation of a list, and what its card says. */
  const opened = async (list: string) => {
    await said(people.auditor.key, list);
    const [first] = buttonsIn(shown().cards);
    return { key: first!.data.assessmentKey, text: await press(first!.title) };
  };
  const countOf = (key: string, isMeant: (each: Assessment) => boolean = () => true): number =>
    open.filter((each) => each.recommendation.assessmentKey === key && isMeant(each)).length;
  const saidCount = (text: string): number => Number(/([\d,]+) unhealthy resource/.exec(text)![1]!.replaceAll(',', ''));
  const lower = ({ resource }: Assessment): string => resource.id.toLowerCase();

  it('shows those of a resource group, and all with one button', async () => {
    const { group, key, many } = [...Map.groupBy(open, (each) => lower(each).split('/')[4] ?? '')]
      .map(([name, those]) => ({ group: name, key: those[0]!.recommendation.assessmentKey, many: those.length }))
      .find(
        ({ group: name, key: each }) =>
          name !== '' && countOf(each) > countOf(each, (one) => lower(one).includes(`/resourcegroups/${name}/`)),
      )!;
    expect([many > 0, key]).toEqual([true, expect.any(String)]);
    const { key: first, text } = await opened(`recommendations rg:${group}`);
    const isThere = (each: Assessment): boolean => lower(each).includes(`/resourcegroups/${group}/`);
    expect(text).toContain(`Shown first is what the list meant: rg: ${group}`);
    expect(saidCount(text)).toBe(countOf(first, isThere));
    expect(text).not.toContain(' healthy ·');
    const all = await press(
      `Show all ${countOf(first).toLocaleString('en')} ${countOf(first) === 1 ? 'resource' : 'resources'}`,
    );
    expect(saidCount(all)).toBe(countOf(first));
    expect(all).not.toContain('Shown first');
  });

  it.each(['type:vm', 'tag:env=prod', 'tag:environment=production type:storage'])(
    'keeps %s while its pages are turned',
    async (filter) => {
      const { key, text } = await opened(`recommendations ${filter} exemptable`);
      expect(text).toMatch(/Shown first is what the list meant: .+/);
      expect(saidCount(text)).toBeGreaterThan(0);
      expect(saidCount(text)).toBeLessThanOrEqual(countOf(key));
      if (!buttonsIn(shown().cards).some(({ title }) => title === 'Next')) return;
      const next = await press('Next');
      expect(next).toContain('Shown first is what the list meant');
      expect(saidCount(next)).toBe(saidCount(text));
    },
  );

  it('keeps what is ticked when all are shown', async () => {
    await opened('recommendations tag:env=prod exemptable');
    const [choice] = [
      ...JSON.stringify(shown().cards).matchAll(/"choices":\[\{"title":"[^"]+","value":"([^"]+)"/g),
    ].map(([, value]) => value);
    const title = /Show all [\d,]+ resources?/.exec(shown().visibleText)![0];
    const text = await press(title, { selected: choice });
    expect(text).not.toContain('Shown first');
    expect(JSON.stringify(shown().cards)).toContain('"draftId"');
    expect(text).not.toMatch(/no longer|could not be/);
  });
});
