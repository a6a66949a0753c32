import type { ExemptionRequest } from '../../core/request/request.ts';
import type { RequestSort } from '../../core/request/listed-requests.ts';
import { asc, desc, sql, type AnyColumn, type SQL } from '../engine/drizzle.ts';
import { requests } from '../engine/schema.ts';
import { widthOf } from './scope-width.ts';
import { severityRank } from './severity-rank.ts';

export const newestFirst = [desc(requests.createdAt), desc(requests.reference)];

/** What a list of requests is sorted by, of a request after which it goes on. */
type SortedBy = Pick<
  ExemptionRequest,
  'createdAt' | 'reference' | 'waitingSince' | 'terms' | 'governance' | 'emergency'
>;

type Values = Readonly<
  Record<
    'createdAt' | 'reference' | 'waitingSince' | 'expiresAt' | 'severity' | 'scopes' | 'governance' | 'ratifyBy',
    SQL
  >
>;

const column = (each: AnyColumn): SQL => sql`${each}`;

const ofRows: Values = {
  createdAt: column(requests.createdAt),
  reference: column(requests.reference),
  waitingSince: sql`coalesce(${requests.waitingSince}, ${requests.createdAt})`,
  expiresAt: column(requests.expiresAt),
  severity: sql`(${requests.recommendation} ->> 'severity')`,
  scopes: column(requests.scopes),
  governance: column(requests.governance),
  ratifyBy: column(requests.ratifyBy),
};

const instant = (at: Date | undefined): SQL => sql`${at?.toISOString() ?? null}::timestamptz`;

const ofRequest = ({ createdAt, reference, waitingSince, terms, governance, emergency }: SortedBy): Values => ({
  createdAt: instant(createdAt),
  reference: sql`${reference}::text`,
  waitingSince: instant(waitingSince),
  expiresAt: instant(terms.expiresAt),
  severity: sql`${terms.recommendation.severity}::text`,
  scopes: sql`${JSON.stringify(terms.scopes)}::jsonb`,
  governance: sql`${JSON.stringify(governance)}::jsonb`,
  ratifyBy: instant(emergency?.ratifyBy),
});

/** The least comes first. The same expression is asked of the rows and of the request after which the list goes on, so that the two agree. */
const keys: Readonly<Record<Exclude<RequestSort, 'newest'>, (of: Values) => readonly SQL[]>> = {
  waiting: ({ waitingSince }) => [waitingSince],
  end: ({ expiresAt }) => [sql`coalesce(${expiresAt}, 'infinity'::timestamptz)`],
  severity: ({ ratifyBy, severity, waitingSince }) => [
    sql`(${ratifyBy} is null)`,
    severityRank(severity),
    waitingSince,
  ],
  wide: (of) => [sql`(- ${widthOf(of)})`],
};

const keysOf = (sort: Exclude<RequestSort, 'newest'>, of: Values): SQL[] => [
  ...keys[sort](of),
  of.createdAt,
  of.reference,
];

export const inOrder = (sort: RequestSort): SQL[] =>
  sort === 'newest' ? newestFirst : keysOf(sort, ofRows).map((key) => asc(key));

/** That a request comes after another one in that order. */
export const comesAfter = (sort: RequestSort, after: SortedBy): SQL => {
  const [rows, last] = [ofRows, ofRequest(after)];
  if (sort === 'newest') return sql`(${rows.createdAt}, ${rows.reference}) < (${last.createdAt}, ${last.reference})`;
  const list = (of: Values): SQL => sql.join(keysOf(sort, of), sql`, `);
  return sql`(${list(rows)}) > (${list(last)})`;
};
