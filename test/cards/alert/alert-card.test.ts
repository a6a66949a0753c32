import { alertCard } from '../../../src/cards/alert/alert-card.ts';
import { digestCard } from '../../../src/cards/alert/digest-card.ts';
import type { Alert } from '../../../src/core/alert/alert.ts';

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
    const drawn = (alert: Alert): string => JSON.stringify(digestCard([{ kind: 'deleted', alert }]).content);

    expect(drawn(revoked)).toContain('Revoked · ');
    expect(drawn(revoked)).not.toContain('outside Exemption Desk');
    expect(drawn(deleted)).toContain('Deleted outside Exemption Desk');
  });
});

describe('the alert about the end of an emergency', () => {
  it('is for approving, not for renewing, and for the requester only to look at', () => {
    const soon = alertOf('1', 'Emergency exemption: taken out on 24 Nov 2026, 12:00 (UTC) unless somebody approves it');
    expect(titlesOf({ ...soon, approve: 3 })).toEqual([
      '✓ Approve',
      'Details',
      'Revoke…',
      'Open exemptions in Azure portal',
    ]);
    expect(JSON.stringify(alertCard({ ...soon, approve: 3 }).content)).toContain(
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

describe('the alert about an end', () => {
  it('lets people renew, stop the reminders and revoke', () => {
    expect(titlesOf(alertOf('7', 'Exemption about to expire: 7 days left'))).toEqual([
      'Renew',
      'Stop reminders',
      'Details',
      'Revoke…',
      'Open exemptions in Azure portal',
      'Renew as a message',
    ]);
  });
});
