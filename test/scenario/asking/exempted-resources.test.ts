import { createAssessments, type Assessment } from '../../../simulator/tenant/assessments.ts';
import { startWorld, type World } from '../../world.ts';
import { aroundRequests } from '../around-requests.ts';
import { companies, inCompany, patience } from '../companies.ts';
import { latest } from '../steps.ts';

type Element = { readonly text?: string; readonly fontType?: string };

const runsIn = (value: unknown): Element[] => {
  if (typeof value !== 'object' || value === null) return [];
  return [value, ...Object.values(value).flatMap(runsIn)];
};

/** Everything that is exempt from a recommendation, as Defender's tab “Not applicable” shows it: each with its reason, its end and who asked. */
describe.each(companies)('the resources that are exempt from a recommendation at $tenant', ({ tenant }) => {
  let world: World;
  let people: ReturnType<typeof inCompany>;
  /** The exempt ones of the recommendation that has most of them. */
  let exempt: readonly Assessment[];
  const { said } = aroundRequests(() => world);

  beforeAll(async () => {
    world = await startWorld({ logLevel: 'silent', tenant });
    people = inCompany(world.tenant);
    await world.app().tick();
    const all = createAssessments(world.tenant).all();
    const isOpen = ({ status }: Assessment): boolean => status.code === 'Unhealthy';
    const open = new Set(people.openFor(people.auditor).map(({ recommendation }) => recommendation.assessmentKey));
    expect(all.some(isOpen)).toBe(true);
    const byKey = Map.groupBy(
      all.filter(({ status, recommendation }) => status.cause === 'Exempt' && open.has(recommendation.assessmentKey)),
      ({ recommendation }) => recommendation.assessmentKey,
    );
    exempt = [...byKey.values()].toSorted((a, b) => b.length - a.length)[0]!;
  }, patience);
  afterAll(() => world.close());

  const press = async (title: string): Promise<string> => {
    const { auditor } = people;
    await world.teams.press(auditor.key, latest(world, auditor.key).id, title, {});
    return latest(world, auditor.key).visibleText;
  };
  const card = () => latest(world, people.auditor.key).cards[0]!;
  const open = async () => {
    const [{ recommendation }] = exempt as [Assessment];
    return said(people.auditor.key, `recommendation ${recommendation.assessmentKey}`);
  };

  it('are listed one after another, every one of them', async () => {
    const recommendation = await open();
    const [, all] = /(\d+) exempt/.exec(recommendation) ?? [];
    expect(Number(all)).toBeGreaterThan(0);
    expect(Number(all)).toBeLessThanOrEqual(exempt.length);
    const pages = [await press('All exempt resources')];
    for (let shown = 10; shown < Number(all); shown += 10) pages.push(await press('Next'));
    const rows = pages.flatMap((page) => page.match(/^(?:Waiver|Mitigated|Exempt)\n.*$/gm) ?? []);
    expect(rows).toHaveLength(Number(all));
    for (const row of rows) expect(row).toMatch(/until|never expires|does not say/);
  });

  it('lead each to the exemption that covers it, and from there to what can be done with it', async () => {
    await open();
    await press('All exempt resources');
    const row = runsIn(card()).find((each) => JSON.stringify(each).includes('"verb":"show-exemption"')) as object;
    const [, id] = /"verb":"show-exemption","id":"([^"]+)"/.exec(JSON.stringify(row)) ?? [];
    expect(id).toBeDefined();
    const { auditor } = people;
    await world.teams.submit(auditor.key, latest(world, auditor.key).id, { verb: 'show-exemption', id });
    expect(latest(world, auditor.key).visibleText).toMatch(/^Exemption/);
  });

  it('are found by the query of the card in Resource Graph as well', async () => {
    await open();
    await press('All exempt resources');
    const query = runsIn(card())
      .filter(({ fontType }) => fontType === 'Monospace')
      .map(({ text }) => text)
      .join('\n');
    expect(query).toMatch(/^securityresources\n\| where type == 'microsoft.security\/assessments'/);
    const answer = await fetch(
      `${world.azure.url}/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01`,
      {
        method: 'POST',
        headers: { authorization: 'Bearer bot', 'content-type': 'application/json' },
        body: JSON.stringify({ query, options: { resultFormat: 'objectArray', $top: 1000 } }),
      },
    );
    const { data } = (await answer.json()) as { data: { resourceId: string; reason: string }[] };
    expect(data.length).toBeGreaterThan(0);
    expect(data.length).toBeLessThanOrEqual(exempt.length);
    const ids = new Set(exempt.map(({ resource }) => resource.id.toLowerCase()));
    for (const { resourceId } of data) expect(ids.has(resourceId)).toBe(true);
    expect(JSON.stringify(card())).toContain('https://portal.azure.com/#view/HubsExtension/ArgQueryBlade/query/');
  });

  it('stand on a card that names the control of the secure score', async () => {
    expect(await open()).toMatch(/Secure score control: \w+/);
  });
});
