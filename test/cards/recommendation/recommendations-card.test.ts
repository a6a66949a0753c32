import type { Card } from '../../../src/cards/render-card.ts';
import { recommendationCard } from '../../../src/cards/recommendation/recommendation-card.ts';
import { recommendationsCard } from '../../../src/cards/recommendation/recommendations-card.ts';
import { pendingRequest } from '../../store/samples.ts';
import { key, sampleData, timeZone, tokenOf } from '../sample-data.ts';

const { recommendation, assessment, many } = sampleData({ text: (plain) => plain, rows: 25, idPadding: '' });
const all = many((index) => ({
  key,
  title: `Recommendation ${index + 1}`,
  severity: 'high' as const,
  policyDefinitionId: 'definition',
  unhealthy: 3,
  exempted: 0,
}));
const standings = { rows: all.slice(10, 20), number: 2, size: 10, found: 25, isOpen: false };
const none = { rows: [], number: 1, size: 10, found: 0, isOpen: false };
const query = { text: '', severity: 'all', subscription: '', type: '', exempt: false, page: 2 } as const;
const list = {
  standings,
  gains: new Map<string, number>(),
  controls: [],
  cloudsLeftOut: [],
  owner: undefined,
  matched: undefined,
  caveats: [],
  query,
  whyEmpty: undefined,
  covers: 'rg-shop-prod',
  note: '',
};
const drawn = (card: Card): string => JSON.stringify(card.content);
const titlesOf = (card: Card): unknown[] => (card.content.actions as { title: string }[]).map((button) => button.title);

describe('the list of recommendations', () => {
  it('shows ten of them, says which, and leads to the others', () => {
    const card = recommendationsCard(list);
    expect(drawn(card)).toContain('11–20 of 25');
    expect(drawn(card)).toContain('"Recommendation 11"');
    expect(drawn(card)).not.toContain('"Recommendation 21"');
    expect(titlesOf(card)).toEqual(['Previous', 'Next', 'Show those with exemptions']);
  });

  it('says what it covers, and says so when there is nothing', () => {
    const card = recommendationsCard({ ...list, standings: none, whyEmpty: { kind: 'nothing-there' } });
    expect(drawn(card)).toContain('In rg-shop-prod');
    expect(drawn(card)).toContain('No recommendation is open there');
  });

  it('offers everything where the filter hides it', () => {
    const whyEmpty = { kind: 'filtered-out', without: 3 } as const;
    const card = recommendationsCard({ ...list, query: { ...query, text: 'tag' }, standings: none, whyEmpty });
    expect(drawn(card)).toContain('hides all 3 open recommendations');
    expect(card.content.actions).toMatchObject([{ title: 'Show everything', data: { text: '', severity: 'all' } }, {}]);
  });
});

describe('the filters of the list of recommendations', () => {
  const narrowed = { ...query, subscription: 'shop-prod', type: 'sql', group: 'rg-shop', control: 'encrypt' };
  const controls = ['Encrypt data', 'Enable encryption'];
  const card = recommendationsCard({ ...list, query: narrowed, controls, covers: 'Shop (production)' });

  it('stand on it, each in full, the subscription by its name', () => {
    for (const words of ['sub: Shop (production)', 'rg: rg-shop', 'control: Encrypt data, Enable encryption'])
      expect(drawn(card)).toContain(`"${words}"`);
    expect(drawn(card)).toContain('type: sql (microsoft.sql/servers, microsoft.sql/servers/databases and 2 more)');
  });

  it('are taken off one at a time; the others stay', () => {
    const lines = [...drawn(card).matchAll(/"title":"✕ Take off","data":(\{[^}]*\})/g)].map(
      ([, data]) => JSON.parse(data!) as Record<string, unknown>,
    );
    expect(lines.map((data) => [data.subscription, data.group, data.type, data.control, data.page])).toEqual([
      ['', 'rg-shop', 'sql', 'encrypt', 1],
      ['shop-prod', '', 'sql', 'encrypt', 1],
      ['shop-prod', 'rg-shop', '', 'encrypt', 1],
      ['shop-prod', 'rg-shop', 'sql', '', 1],
    ]);
  });

  it('go with what is opened, where they leave out resources and not only recommendations', () => {
    const opensMeant = 'A recommendation opens with these resources; its card can show all.';
    expect(drawn(card)).toContain(opensMeant);
    expect(drawn(card)).toContain('"among":{"subscription":"shop-prod","type":"sql","group":"rg-shop"}');
    for (const part of [{ text: 'disk' }, { severity: 'high' as const }, { control: 'encrypt' }, { exemptable: true }])
      expect(drawn(recommendationsCard({ ...list, query: { ...query, ...part } }))).not.toMatch(
        /these resources|among/,
      );
  });

  it('are kept by the next page', () => {
    const [next] = (card.content.actions as { title: string; data: object }[]).filter(({ title }) => title === 'Next');
    expect(next?.data).toMatchObject({ subscription: 'shop-prod', group: 'rg-shop', type: 'sql', control: 'encrypt' });
  });
});

describe('one recommendation', () => {
  const details = {
    recommendation,
    exempt: 0,
    healthy: 1200,
    notApplicable: 3,
    narrowed: undefined,
    exempted: [],
    gain: undefined,
    controls: ['Encrypt data in transit'],
    waiting: { found: 0, rows: [] },
    heldBy: ['Benchmark'],
    covers: 'Contoso',
    search: '',
    tokenOf,
    ticks: undefined,
    timeZone,
  };
  const unhealthy = { ...none, rows: many(assessment('unhealthy')).slice(0, 10), found: 25 };

  it('can be exempted on the resources that are ticked', () => {
    const card = recommendationCard({ ...details, unhealthy });
    expect(titlesOf(card)).toEqual(['Request exemption', 'Open in Azure portal', 'Open as a message']);
    expect(drawn(card)).toContain('"id":"selected"');
    expect(drawn(card)).toContain('1–10 of 25');
  });

  it('counts its resources by their state, and leads to the exemptions from it', () => {
    const card = recommendationCard({ ...details, unhealthy, exempt: 25 });
    expect(drawn(card)).toContain('25 unhealthy resources · 25 exempt · 1,200 healthy · 3 not applicable');
    const [, lead] = card.content.actions as { title: string; data: object }[];
    expect(lead).toMatchObject({
      title: 'Show its exemptions',
      data: { verb: 'list-exemptions', text: recommendation.title, filter: 'all' },
    });
  });

  it.each([
    [0, ''],
    [1, '1 resource of this page is not unhealthy any more since the last reading.'],
    [3, '3 resources of this page are not unhealthy any more since the last reading.'],
  ])('says how many of what a list meant are not unhealthy any more: %i', (changed, sentence) => {
    const narrowed = { meant: { tag: 'env=prod' }, owner: undefined, all: 25, changed };
    const card = drawn(recommendationCard({ ...details, unhealthy, narrowed }));
    expect(card).toContain('tag: env=prod');
    expect(card).toContain(sentence);
    expect(card.includes('not unhealthy any more')).toBe(changed > 0);
  });

  it('says which control it counts in, and where that is not known', () => {
    expect(drawn(recommendationCard({ ...details, unhealthy }))).toContain('Secure score control: Encrypt data');
    expect(drawn(recommendationCard({ ...details, unhealthy, controls: [] }))).toContain('control: none');
    expect(drawn(recommendationCard({ ...details, unhealthy, controls: undefined }))).toContain('control: not known');
  });

  it('leads to the requests that wait for it', () => {
    const waiting = { found: 5, rows: [{ request: pendingRequest('EX-12AB'), places: 'stshopprod' }] };
    const card = drawn(recommendationCard({ ...details, unhealthy, waiting }));
    expect(card).toContain('Already requested by');
    expect(card).toContain('"title":"Show EX-12AB"');
    expect(card).toContain('and 4 more');
  });

  it('shows how to meet it line by line, with placeholders as they are', () => {
    expect(drawn(recommendationCard({ ...details, unhealthy }))).toContain(
      '1. In the storage account open Networking.\\n2. Run az storage account update --name <account-name>\\n3. Save.',
    );
  });

  it.each([
    [
      'not driven by Azure Policy',
      { ...details, unhealthy, recommendation: { ...recommendation, policyDefinitionId: undefined } },
    ],
    ['no policy assignment in force includes', { ...details, unhealthy, heldBy: [] }],
    ['no resource here is unhealthy', { ...details, unhealthy: none }],
  ])('says that it cannot be exempted because %s', (reason, input) => {
    const card = recommendationCard(input);
    expect(drawn(card)).toContain(reason);
    expect(titlesOf(card)).toEqual(['Open in Azure portal']);
  });
});
