import { alertCard } from '../../../src/cards/alert/alert-card.ts';
import { digestCard } from '../../../src/cards/alert/digest-card.ts';
import type { Alert, AlertOutcome } from '../../../src/core/alert/alert.ts';

const alertOf = (step: Alert['step'], title: string): Alert => ({
  step,
  title,
  severity: 'high',
  facts: [{ label: 'Recommendation', text: 'Secure transfer' }],
  words: '',
  rows: [],
  reference: 'EX-12AB',
  exemptionId: '/subscriptions/s/providers/Microsoft.Authorization/policyExemptions/e',
});
const revoked = alertOf('revoked', 'Exemption revoked: the recommendation is open again');
const deleted = alertOf('deleted', 'Exemption deleted: the recommendation is open again');
const titlesOf = (alert: Alert): string[] =>
  (alertCard(alert).content.actions as { title: string }[]).map(({ title }) => title);

describe('the alert of an exemption that is gone', () => {
  it('offers nothing that can no longer be done with it', () => {
    expect(titlesOf(revoked)).toEqual(['Details', 'Open exemptions in Azure portal']);
    expect(titlesOf(deleted)).toEqual(['Renew', 'Details', 'Open exemptions in Azure portal', 'Renew as a message']);
  });

  it('is called in a digest what it is: taken back by somebody, or deleted behind the back', () => {
    const drawn = (alert: Alert): string =>
      JSON.stringify(
        digestCard([{ kind: 'deleted', alert }], { asOf: new Date('2026-12-01T07:00:00Z'), timeZone: 'Europe/Berlin' })
          .content,
      );

    expect(drawn(revoked)).toContain('Revoked · ');
    expect(drawn(revoked)).not.toContain('outside Exemption Desk');
    expect(drawn(deleted)).toContain('Deleted outside Exemption Desk');
  });
});

describe('the alert about the end of an emergency', () => {
  it('is for approving, not for renewing, and for the requester only to look at', () => {
    const soon = alertOf('1', 'Emergency exemption: taken out on 24 Nov 2026, 12:00 (UTC) unless somebody approves it');
    expect(titlesOf({ ...soon, approve: 3, approves: ['shop-prod'] })).toEqual([
      '✓ Approve',
      'Details',
      'Revoke…',
      'Open exemptions in Azure portal',
    ]);
    expect(JSON.stringify(alertCard({ ...soon, approve: 3, approves: ['shop-prod'] }).content)).toContain(
      '"verb":"approve-request","reference":"EX-12AB","version":3',
    );
    expect(titlesOf(alertOf('taken-out', 'Emergency exemption taken out'))).toEqual([
      'Details',
      'Open exemptions in Azure portal',
    ]);
    expect(titlesOf(alertOf('renewed', 'Exemption renewed'))).toEqual([
      'Details',
      'Revoke…',
      'Open exemptions in Azure portal',
    ]);
  });
});

describe('an alert after what became of it', () => {
  const ending = alertOf('7', 'Exemption about to expire: ends on 21 Dec 2026');
  const outside: Alert = { ...alertOf('created', 'Exemption created outside Exemption Desk'), reference: undefined };
  const after = (alert: Alert, step: AlertOutcome['step'], left?: string): Alert => ({
    ...alert,
    outcome: { event: 'e', step, line: `It is ${step} now.`, left },
  });
  const portal = 'Open exemptions in Azure portal';

  it.each([
    ['renewed', ['Details']],
    ['revoked', ['Details']],
    ['cleaned', ['Details']],
    ['scope-gone', ['Details']],
    ['taken-out', ['Details']],
    ['expired', ['Renew', 'Details']],
    ['deleted', ['Renew', 'Details']],
    ['lapsing', ['Renew', 'Details', 'Revoke…']],
    ['changed', ['Renew', 'Stop reminders', 'Details', 'Revoke…']],
    ['orphaned', ['Renew', 'Stop reminders', 'Details', 'Revoke…']],
  ] as const)('says it in one line and offers what still can be done: %s', (step, titles) => {
    const forms = (titles as readonly string[]).includes('Renew') ? ['Renew as a message'] : [];
    expect(titlesOf(after(ending, step))).toEqual([...titles, portal, ...forms]);
    expect(JSON.stringify(alertCard(after(ending, step)).content)).toContain(`It is ${step} now.`);
  });

  it.each([
    ['adopted', ['Details']],
    ['deleted', []],
    ['revoked', []],
    ['expired', ['Details']],
    ['changed', ['Adopt…', 'Details', 'Revoke…']],
    ['in-force-again', ['Adopt…', 'Details', 'Revoke…']],
  ] as const)('offers no more of what was made outside: %s', (step, titles) => {
    const forms = (titles as readonly string[]).includes('Revoke…') ? ['Revoke as a message'] : [];
    expect(titlesOf(after(outside, step))).toEqual([...titles, portal, ...forms]);
  });

  it('is about the rest, if only a part is concerned', () => {
    const rest = '/subscriptions/s/providers/Microsoft.Authorization/policyExemptions/rest';
    expect(titlesOf(after(outside, 'deleted', rest))).toEqual([
      'Adopt…',
      'Details',
      'Revoke…',
      portal,
      'Revoke as a message',
    ]);
    expect(JSON.stringify(alertCard(after(outside, 'deleted', rest)).content)).toContain(`"id":"${rest}"`);
  });
});

describe('an alert about a request with a ready reason', () => {
  const reason = {
    id: 'no-fix',
    text: 'There is no fix yet',
    evidence: [
      { id: 'advisory', label: 'Advisory', text: 'https://vendor.example/advisory/7 [x](https://evil.example)' },
    ],
  };
  const drawn = (alert: Alert): string => JSON.stringify(alertCard(alert).content);

  it('says it with its evidence, links as links, and once where nobody wrote anything besides', () => {
    const card = drawn({ ...alertOf('created', 'Exemption created'), words: 'There is no fix yet', reason });
    expect(card).toContain('Advisory: ');
    expect(card).toContain('"url":"https://vendor.example/advisory/7"');
    expect(card).toContain('[x](');
    expect(card.split('There is no fix yet')).toHaveLength(2);
  });

  it('is told in a digest by one line', () => {
    const rows = [{ kind: 'created' as const, alert: { ...alertOf('created', 'Exemption created'), reason } }];
    const when = { asOf: new Date('2026-12-01T07:00:00Z'), timeZone: 'Europe/Berlin' };
    expect(JSON.stringify(digestCard(rows, when).content)).toContain(
      'There is no fix yet; Advisory: https://vendor.example/advisory/7',
    );
  });
});

describe('the alert about an end', () => {
  it('lets people renew, stop the reminders and revoke', () => {
    expect(titlesOf(alertOf('7', 'Exemption about to expire: ends on 21 Dec 2026'))).toEqual([
      'Renew',
      'Stop reminders',
      'Details',
      'Revoke…',
      'Open exemptions in Azure portal',
      'Renew as a message',
    ]);
  });
});
