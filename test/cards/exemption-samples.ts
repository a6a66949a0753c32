import { alertWords } from '../../src/core/alert/alert-words.ts';
import { alertCard } from '../../src/cards/alert/alert-card.ts';
import type { Card } from '../../src/cards/render-card.ts';
import { cleanupCard } from '../../src/cards/exemption/cleanup-card.ts';
import { revocationFormCard } from '../../src/cards/exemption/revocation-form-card.ts';
import { exemptionCard } from '../../src/cards/exemption/exemption-card.ts';
import { sharedCard } from '../../src/cards/recommendation/shared-card.ts';
import { now, sampleData, timeZone, type Flavour } from './sample-data.ts';

/** The cards about exemptions as they stand in Azure, in a flavour. */
export const exemptionSamples = (flavour: Flavour) => {
  const { text, rows } = flavour;
  const { many, recommendation, exemption, form, request, exemptionRow } = sampleData(flavour);
  return {
    'posted from the search': sharedCard('Exemption', text('from “Secure transfer”'), {
      verb: 'open-exemption',
      token: 'e'.repeat(24),
    }),
    exemption: exemptionCard({ ...exemptionRow(0), coveredBy: undefined, outside: undefined, asOf: now, timeZone }),
    'exemption in force': exemptionCard({
      ...exemptionRow(0),
      coveredBy: text('Everything in Contoso'),
      asOf: undefined,
      outside: undefined,
      madeIn: 'policy',
      state: 'expiring',
      request: request('effective'),
      timeZone,
    }),
    'exemption made outside': exemptionCard({
      ...exemptionRow(0),
      coveredBy: text('Everything in Contoso'),
      asOf: undefined,
      outside: { whyNot: undefined, tool: undefined },
      madeIn: 'policy',
      state: 'expiring',
      wholeInitiative: false,
      exemption: { ...exemption(0), createdBy: 'pat@contoso.example' },
      request: undefined,
      timeZone,
    }),
    // As many as are revoked together.
    'form to revoke': revocationFormCard({
      id: exemption(0).id,
      names: Array.from({ length: 20 }, (_, index) => text(`ASC-stshopprod${index}`)),
      scopeLabel: text('shop-prod / rg-shop-prod / stshopprod'),
      recommendations: many(() => recommendation.title),
      seen: 'f'.repeat(64),
      reason: text('The host was rebuilt.'),
    }),
    'dry run of a cleanup': cleanupCard({
      planId: 'c1ea-4ed0',
      rows: many((index) => ({
        exemptionId: exemption(index).id,
        scope: exemption(index).scope,
        kind: index % 3 === 0 ? ('orphaned' as const) : ('expired' as const),
        expiresAt: index % 3 === 0 ? undefined : now.toISOString(),
        name: exemption(index).displayName,
        scopeLabel: text(`stshopprod${index}`),
      })),
      keptBy: new Map(rows === 0 ? [] : [['EPAC', 1200] as const, ['Terraform', 1] as const]),
      age: text('This is as of 21 Dec 2026, 23:59 (Europe/Berlin): Azure has not returned all exemptions since then.'),
      more: true,
      others: {
        count: rows === 0 ? 0 : 3,
        places: [text('rg-shop-prod')],
        placesInAll: 9,
        people: [{ name: text('Bob Berger'), places: [text('rg-shop-prod')] }],
      },
      whyEmpty: rows === 0 ? { kind: 'eligible-only', roles: [text('Security Admin')] } : undefined,
      timeZone,
    }),
    'orphaned exemption': exemptionCard({
      ...exemptionRow(4),
      coveredBy: undefined,
      asOf: undefined,
      outside: {
        whyNot:
          'EPAC manages it in files of its own and would undo what is changed or deleted here. Have it changed there.',
        tool: 'EPAC',
      },
      recommendations: [],
      assignmentNames: [],
      request: undefined,
      timeZone,
    }),
    'alert about the end': alertCard({
      step: '7',
      title: text('Exemption about to expire: ends on 21 Dec 2026'),
      severity: 'medium',
      facts: [
        { label: 'Recommendation', text: recommendation.title },
        { label: text('Requested by'), text: text('Alice Anders') },
        { label: 'Scope', text: text('stshopprod0') },
        { label: 'Expires', text: '21 Dec 2026, 23:59 (Europe/Berlin)' },
      ],
      words: form.justification,
      rows: [],
      reference: 'EX-12AB',
      exemptionId: undefined,
    }),
    'alert of what was renewed': alertCard({
      step: '7',
      title: 'Exemption about to expire: ends on 21 Dec 2026',
      severity: 'medium',
      facts: [{ label: 'Recommendation', text: recommendation.title }],
      words: form.justification,
      rows: [],
      reference: 'EX-12AB',
      exemptionId: undefined,
      outcome: {
        event: 'e',
        step: 'renewed',
        line: text('Renewed as EX-34CD by Alice Anders on 14 Dec 2026, 09:00 (UTC).'),
      },
    }),
    'alert made outside': alertCard({
      step: 'created',
      title: 'Exemption created outside Exemption Desk',
      severity: 'high',
      facts: [{ label: 'Created by', text: text('mallory@contoso.example') }],
      words: '',
      rows: [],
      reference: undefined,
      exemptionId: exemption(0).id,
    }),
    'gap alert': alertCard({
      step: 'gap',
      title: alertWords.gap.title,
      severity: 'high',
      facts: [
        { label: 'Recommendation', text: recommendation.title },
        { label: 'Not covered', text: text('NIST SP 800-53 Rev. 5') },
        { label: 'Request', text: 'EX-12AB' },
      ],
      words: form.justification,
      rows: [text(alertWords.gap.sentence)],
      reference: 'EX-12AB',
      exemptionId: undefined,
    }),
    'alert about a change': alertCard({
      step: 'changed',
      title: alertWords.extendedBeyondApproval.title,
      severity: 'medium',
      facts: [
        { label: 'Recommendation', text: recommendation.title },
        { label: 'Scope', text: text('stshopprod0') },
      ],
      words: '',
      rows: many((index) => text(`Name changed from “${index}” to “x”.`)),
      reference: 'EX-12AB',
      exemptionId: undefined,
    }),
    'baseline alert': alertCard({
      step: 'baseline',
      title: 'Exemption Desk now watches this scope',
      severity: undefined,
      facts: [{ label: 'Exemptions found', text: '42' }],
      words: '',
      rows: many((index) => text(`21 Dec 2026: Storage accounts (stshopprod${index})`)),
      reference: undefined,
      exemptionId: undefined,
    }),
  } satisfies Record<string, Card>;
};
