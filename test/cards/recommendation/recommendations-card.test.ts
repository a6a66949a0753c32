import type { Card } from '../../../src/cards/render-card.ts';
import { recommendationCard } from '../../../src/cards/recommendation/recommendation-card.ts';
import { recommendationsCard } from '../../../src/cards/recommendation/recommendations-card.ts';
import { key, sampleData, timeZone, tokenOf } from '../sample-data.ts';

const { recommendation, assessment, many } = sampleData({ text: (plain) => plain, rows: 25, idPadding: '' });
const standings = many((index) => ({
  key,
  title: `Recommendation ${index + 1}`,
  severity: 'high' as const,
  policyDefinitionId: 'definition',
  unhealthy: 3,
  exempted: 0,
}));
const query = { text: '', severity: 'all', subscription: '', type: '', exempt: false, page: 2 } as const;
const list = {
  standings,
  gains: new Map<string, number>(),
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

  it('shows the last page to somebody who asks for one beyond it', () => {
    expect(drawn(recommendationsCard({ ...list, query: { ...query, page: 99 } }))).toContain('21–25 of 25');
  });

  it('says what it covers, and says so when there is nothing', () => {
    const card = recommendationsCard({ ...list, standings: [], whyEmpty: { kind: 'nothing-there' } });
    expect(drawn(card)).toContain('In rg-shop-prod');
    expect(drawn(card)).toContain('No recommendation is open there');
  });

  it('offers everything where the filter hides it', () => {
    const whyEmpty = { kind: 'filtered-out', without: 3 } as const;
    const card = recommendationsCard({ ...list, query: { ...query, text: 'tag' }, standings: [], whyEmpty });
    expect(drawn(card)).toContain('hides all 3 open recommendations');
    expect(card.content.actions).toMatchObject([{ title: 'Show everything', data: { text: '', severity: 'all' } }, {}]);
  });
});

describe('one recommendation', () => {
  const details = {
    recommendation,
    exempted: [],
    gain: undefined,
    heldBy: ['Benchmark'],
    covers: 'Contoso',
    page: 1,
    tokenOf,
    ticks: undefined,
    timeZone,
  };
  const unhealthy = many(assessment('unhealthy'));

  it('can be exempted on the resources that are ticked', () => {
    const card = recommendationCard({ ...details, unhealthy });
    expect(titlesOf(card)).toEqual(['Request exemption', 'Open in Azure portal']);
    expect(drawn(card)).toContain('"id":"selected"');
    expect(drawn(card)).toContain('1–10 of 25');
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
    ['no resource here is unhealthy', { ...details, unhealthy: [] }],
  ])('says that it cannot be exempted because %s', (reason, input) => {
    const card = recommendationCard(input);
    expect(drawn(card)).toContain(reason);
    expect(titlesOf(card)).toEqual(['Open in Azure portal']);
  });
});
