import { bareEngines, migrateBy, migrateUntil } from './bare-engines.ts';

const claims = '0007_exemption-claims.sql';

type Row = {
  readonly reference: string;
  readonly status: string;
  readonly ids: readonly string[];
  readonly day: number;
  readonly appliedDay?: number;
  readonly renews?: string;
  readonly isEmergency?: boolean;
};

const textOf = (value: unknown): string => `'${JSON.stringify(value)}'::jsonb`;
const dayOf = (day: number | undefined): string =>
  day === undefined ? 'null' : `'2026-11-${String(day).padStart(2, '0')}Z'`;

const insert = ({ reference, status, ids, day, appliedDay, renews, isEmergency = false }: Row): string =>
  `insert into requests (reference, version, status, requester_id, requester, created_at, recommendation, scopes, name, category,
     justification, ticket, targets, governance, applied_at, renewal, ratify_by)
   values ('${reference}', 1, '${status}', 'a', '{}', ${dayOf(day)}, '{}', '[]', 'n', 'Waiver', 'j', 't',
     ${textOf(ids.map((exemptionId) => ({ exemptionId })))}, '{}', ${dayOf(appliedDay)},
     ${renews === undefined ? 'null' : textOf({ of: renews })}, ${isEmergency ? dayOf(30) : 'null'});`;

const before: readonly Row[] = [
  { reference: 'EX-OLD', status: 'effective', ids: ['/A/', '/b'], day: 1, appliedDay: 2 },
  { reference: 'EX-NEW', status: 'applied', ids: ['/a'], day: 3, appliedDay: 4, renews: 'ex-gone' },
  { reference: 'EX-TWIN', status: 'partly-applied', ids: ['/a'], day: 2, appliedDay: 3, renews: 'EX-GONE' },
  { reference: 'EX-WAIT', status: 'pending', ids: ['/a'], day: 6 },
  { reference: 'EX-YES', status: 'approved', ids: ['/a'], day: 5 },
  { reference: 'EX-ALARM', status: 'applied', ids: ['/c'], day: 5, appliedDay: 5, isEmergency: true },
  { reference: 'EX-OVER', status: 'expired', ids: ['/d'], day: 1, appliedDay: 1 },
];

describe.each(bareEngines)('the claims of requests from before there were any, on $engine', ({ open, whyNot }) => {
  (whyNot === undefined ? it : it.skip)('are filled in, with one for each place', async () => {
    const database = await open();
    try {
      await migrateUntil(database, claims);
      for (const row of before) await database.run(insert(row));
      await migrateBy(database, claims);
      const found = await database.run('select key, slot, by from exemption_claims order by key, slot');
      expect(found.map(({ key, slot, by }) => [key, slot, by].join(' ')).sort()).toEqual([
        '/a holder EX-NEW',
        '/a successor EX-YES',
        '/b holder EX-OLD',
        '/c holder EX-ALARM',
        '/c successor EX-ALARM',
        'EX-GONE successor EX-NEW',
      ]);
      const absent = await database.run(
        `select reference, absent from requests where absent <> '[]' order by reference`,
      );
      expect(absent).toEqual([
        { reference: 'EX-OLD', absent: ['/A/'] },
        { reference: 'EX-TWIN', absent: ['/a'] },
      ]);
    } finally {
      await database.close();
    }
  });
});
