import { digestCard } from '../../../src/cards/alert/digest-card.ts';
import type { Alert } from '../../../src/core/alert/alert.ts';
import type { AlertKind } from '../../../src/core/alert/occurrence.ts';
import type { DigestRow } from '../../../src/core/chat/notifier.ts';

const when = { asOf: new Date('2026-12-01T07:00:00Z'), timeZone: 'Europe/Berlin' };
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
  (digestCard(rows, when).content.actions as { title: string; data?: { filter?: string } }[]).map(({ title, data }) =>
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

const alertOf = (step: Alert['step'], title: string, changes: Partial<Alert> = {}): Alert => ({
  step,
  title,
  severity: 'high',
  facts: [{ label: 'Recommendation', text: title }],
  words: '',
  rows: [],
  reference: 'EX-12AB',
  exemptionId: '/subscriptions/s/providers/Microsoft.Authorization/policyExemptions/e',
  ...changes,
});
const rows = (...kinds: readonly AlertKind[]) =>
  kinds.map((kind, at) => ({ kind, alert: alertOf(kind === 'expiring' ? '7' : 'created', `Finding ${at}`) }));
const drawn = (...given: Parameters<typeof digestCard>) => JSON.stringify(digestCard(...given).content);

describe('a digest', () => {
  it('begins with its numbers, each printed once, and says as of when it is', () => {
    const many = rows('created', 'created', 'created', 'expiring', 'expiring');
    const { content, summary } = digestCard(many, when);
    const card = JSON.stringify(content);
    expect(summary).toBe('5 alerts about exemptions: 3 created, 2 about to expire');
    expect(card).toContain('As of 1 Dec 2026, 08:00 (Europe/Berlin)');
    for (const number of ['3', '2']) expect(card.split(`"text":"${number}"`)).toHaveLength(2);
    expect(card.indexOf('"text":"3"')).toBeLessThan(card.indexOf('Finding 0'));
    expect(card).not.toContain('3 created');
  });

  it('adds up what is more than three numbers', () => {
    const card = drawn(rows('created', 'created', 'created', 'expiring', 'expiring', 'changed', 'expired'), when);
    expect(card).toMatch(/"text":"Other".*?"text":"2"/);
  });

  it('says what became of an alert before it was posted, below what is still so, and opens nothing that is gone', () => {
    const line = 'Deleted by Bob Berger on 30 Nov 2026, 09:00 (Europe/Berlin).';
    const outcome = { event: 'e', step: 'deleted' as const, line };
    const ended = alertOf('created', 'Ended', { severity: 'critical', reference: undefined, outcome });
    const card = drawn(
      [
        { kind: 'created', alert: ended },
        { kind: 'created', alert: alertOf('created', 'Standing') },
      ],
      when,
    );
    expect(card).toContain(line.slice(0, -1));
    expect(card.indexOf('Standing')).toBeLessThan(card.indexOf('Ended'));
    expect(card).not.toContain('show-exemption');
  });
});
