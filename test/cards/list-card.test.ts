import { listCard } from '../../src/cards/list-card.ts';
import { scoreCard } from '../../src/cards/recommendation/score-card.ts';

const empty = { title: 'Exemptions', covers: 'Contoso', tabs: [], rows: [], whenEmpty: '', range: '', buttons: [] };

describe('what a list says of its gaps', () => {
  it('is never cut off, because the remedy stands at the end', () => {
    const note = `${'Only what is subscribed here is shown. '.repeat(12)}The end.`;
    expect(JSON.stringify(listCard({ ...empty, note, command: 'exemptions' }))).toContain('The end.');
  });

  it('says of many long names without a score how many there are, and why', () => {
    const unscored = Array.from({ length: 90 }, (_, index) => `${String(index).padStart(2, '0')}${'w'.repeat(88)}`);
    const score = { subscription: '/subscriptions/s', name: 'shop', current: 1, max: 2, weight: 1, controls: [] };
    const card = JSON.stringify(
      scoreCard({
        scores: [score, { ...score, name: 'other' }],
        unscored,
        covers: 'Contoso',
        note: '',
        whyEmpty: undefined,
        query: { subscription: '', page: 1 },
      }),
    );
    expect(card).toContain('and 85 more: Defender for Cloud assesses nothing there. Foundational CSPM may be off.');
  });
});
