import { digestCard } from '../../../src/cards/alert/digest-card.ts';
import type { Alert } from '../../../src/core/alert/alert.ts';
import type { DigestRow } from '../../../src/core/chat/notifier.ts';

const row = (kind: DigestRow['kind'], reference?: string): DigestRow => {
  const alert: Alert = {
    step: kind === 'expired' ? 'expired' : kind === undefined ? 'baseline' : kind === 'expiring' ? '7' : 'created',
    title: 'Exemption alert',
    severity: 'high',
    facts: [{ label: 'Recommendation', text: 'Secure transfer' }],
    words: '',
    rows: [],
    reference,
    exemptionId: '/subscriptions/s/providers/Microsoft.Authorization/policyExemptions/e',
  };
  return { kind, alert };
};
const many = (count: number, kind: DigestRow['kind'], reference?: string): DigestRow[] =>
  Array.from({ length: count }, () => row(kind, reference));
const buttonsOf = (rows: readonly DigestRow[]) =>
  (digestCard(rows).content.actions as { title: string; data?: { filter?: string } }[]).map(({ title, data }) =>
    data?.filter === undefined ? title : `${title} (${data.filter})`,
  );

describe('a digest that cannot show all of its alerts', () => {
  it('leads to the lists that hold the rest, the longest first', () => {
    expect(buttonsOf([...many(8, 'expiring'), ...many(12, 'expired')])).toEqual([
      'Show expired exemptions (expired)',
      'Show expiring exemptions (expiring)',
      'Open exemptions in Azure portal',
    ]);
    expect(buttonsOf([...many(20, 'created'), row('expired')])[0]).toBe('Show exemptions made outside (outside)');
  });

  it('offers no list for what was made here, and no more than two', () => {
    expect(buttonsOf(many(20, 'created', 'EX-12AB'))).toEqual(['Open exemptions in Azure portal']);
    expect(
      buttonsOf([...many(9, 'expiring'), ...many(8, 'expired'), ...many(7, 'orphaned'), ...many(6, 'created')]),
    ).toHaveLength(3);
  });

  it('offers none where every alert has its row', () => {
    expect(buttonsOf(many(15, 'expired'))).toEqual(['Open exemptions in Azure portal']);
  });
});
