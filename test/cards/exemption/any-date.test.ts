import fc from 'fast-check';
import { expiryOf, timeOf } from '../../../src/azure/client/written-time.ts';
import { exemptionCard } from '../../../src/cards/exemption/exemption-card.ts';
import { exemptionsCard } from '../../../src/cards/exemption/exemptions-card.ts';
import { cleanupCard } from '../../../src/cards/exemption/cleanup-card.ts';
import { exemptionStateOf } from '../../../src/core/inventory/exemption-state.ts';
import { changeSentence } from '../../../src/workflow/sweep/news/change-words.ts';
import type { Report } from '../../../src/workflow/report/make-report.ts';
import { reportCsv } from '../../../src/workflow/report/report-csv.ts';
import { now, sampleData } from '../sample-data.ts';

const { exemption, exemptionRow } = sampleData({ text: (plain) => plain, rows: 1, idPadding: '' });

const held = fc.date({
  min: new Date('0001-01-01T00:00:00Z'),
  max: new Date('9999-12-31T23:59:59.999Z'),
  noInvalidDate: true,
});
const written = fc.oneof(
  fc.constantFrom('9999-12-31T23:59:59.9999999Z', '9999-12-31T23:59:59-12:00', '0001-01-01T00:00:00', '9999-12-31'),
  fc
    .tuple(held, fc.constantFrom('Z', '', '0000Z', '+05:30', '-12:00', '+14:00'))
    .map(([at, end]) => at.toISOString().replace('Z', end)),
);
const zone = fc.constantFrom('UTC', 'Asia/Kolkata', 'Pacific/Kiritimati', 'America/Los_Angeles', '+14:00', '-12:00');

const only = async function* <Row>(row: Row): AsyncGenerator<Row[], void> {
  yield [row];
};

const noRequests = async function* (): AsyncGenerator<never, void> {
  yield* [];
};

describe('every date that Azure can hold', () => {
  it('is shown sanely on the cards, in the file and in the sentences about an exemption', async () => {
    await fc.assert(
      fc.asyncProperty(written, written, zone, async (end, made, timeZone) => {
        const expiresAt = expiryOf(end);
        const row = {
          ...exemptionRow(0),
          exemption: { ...exemption(0), expiresAt, createdAt: timeOf(made) },
          state: exemptionStateOf({ expiresAt }, { assignmentGone: false, now, timeZone, withinDays: 30 }),
        };
        const query = { text: '', filter: 'all', subscription: '', withinDays: 30, page: 1 } as const;
        const shown = JSON.stringify([
          exemptionCard({ ...row, coveredBy: undefined, outside: undefined, asOf: undefined, timeZone }),
          exemptionsCard({
            page: { rows: [row], number: 1, size: 10, found: 1, isOpen: false },
            covers: 'Contoso',
            note: '',
            query,
            whyEmpty: undefined,
            now,
            timeZone,
          }),
          cleanupCard({
            planId: 'c1ea-4ed0',
            rows: [
              {
                exemptionId: row.exemption.id,
                scope: row.exemption.scope,
                kind: 'expired',
                expiresAt: expiresAt?.toISOString(),
                name: 'Old',
                scopeLabel: 'shop',
              },
            ],
            keptBy: new Map(),
            age: '',
            more: false,
            others: { count: 0, places: [], placesInAll: 0, people: [] },
            whyEmpty: undefined,
            timeZone,
          }),
          await reportCsv({} as Report, only(row), noRequests()),
          changeSentence({ field: 'expiry', from: expiresAt, to: timeOf(made), beyond: undefined }, timeZone),
        ]);

        expect(shown).not.toMatch(
          /NaN|Invalid|undefined|null days|\d{4,} days|\+0\d{5}-|\b\d{1,2} [A-Z][a-z]{2,3} (?!\d{4}\b)\d/,
        );
        expect(shown).toMatch(/\d{1,2} [A-Z][a-z]{2,3} \d{4}, \d{2}:\d{2} \(/);
      }),
      { numRuns: 300 },
    );
  });
});
