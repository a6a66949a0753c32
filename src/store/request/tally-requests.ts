import type { RequestTally } from '../../core/request/listed-requests.ts';
import { overdueSince } from '../../core/request/waiting.ts';
import type { Severity } from '../../core/tenant/severity.ts';
import { and, count, countDistinct, eq, or, sql, type SQL, type SqlDatabase } from '../engine/drizzle.ts';
import { requests, requestScopes } from '../engine/schema.ts';
import { awaitsApproval, isDecidedIn, isSentIn, verdict, verdictAt, type Period } from './reported-condition.ts';

const counted = (condition: SQL) => sql<number>`(count(*) filter (where ${condition}))::int`;

const tallyDecided = async (
  database: SqlDatabase,
  inSight: SQL | undefined,
  isRenewal: SQL,
  period: Period,
): Promise<RequestTally['decisions']> => {
  const decided = isDecidedIn(period);
  const judged = database
    .select({
      status: requests.status,
      isSent: sql`${isSentIn(period)}`.as('is_sent'),
      verdict: sql`case when ${decided} then ${verdict} end`.as('verdict'),
      took: sql`extract(epoch from ${verdictAt} - ${requests.createdAt})::double precision * 1000`.as('took'),
      // Looked up only where it counts.
      isRenewal: sql`case when ${decided} and ${verdict} in ('approved', 'unneeded') then ${isRenewal} end`.as(
        'renews',
      ),
    })
    .from(requests)
    .where(and(or(isSentIn(period), decided), inSight))
    .as('judged');
  const [row] = await database
    .select({
      sent: counted(sql`${judged.isSent}`),
      lapsed: counted(sql`${judged.isSent} and ${judged.status} = 'lapsed'`),
      withdrawn: counted(sql`${judged.isSent} and ${judged.status} = 'withdrawn'`),
      approved: counted(sql`${judged.verdict} = 'approved'`),
      rejected: counted(sql`${judged.verdict} = 'rejected'`),
      unneeded: counted(sql`${judged.verdict} = 'unneeded'`),
      renewals: counted(sql`${judged.isRenewal}`),
      medianMs: sql<
        number | null
      >`percentile_cont(0.5) within group (order by ${judged.took}) filter (where ${judged.verdict} in ('approved', 'rejected'))`,
    })
    .from(judged);
  if (row === undefined) throw new Error('The database counted nothing.');
  return { ...row, medianMs: row.medianMs ?? undefined };
};

/** The subscription or management group of each scope of a request. */
const place = sql<string>`coalesce(${requestScopes.subscriptionKey}, ${requestScopes.scopeKey}, ${requests.subscriptionKey}, ${requests.scopeKey})`;

const tallyOpen = async (database: SqlDatabase, inSight: SQL | undefined, now: Date): Promise<RequestTally['open']> => {
  const isOpen = and(awaitsApproval, inSight);
  const severity = sql<Severity>`${requests.recommendation} ->> 'severity'`;
  const isOverdue = sql`coalesce(${requests.waitingSince}, ${requests.createdAt}) <= ${overdueSince(now).toISOString()}::timestamptz`;
  const [severities, places] = await Promise.all([
    database
      .select({ severity, open: count(), overdue: counted(isOverdue) })
      .from(requests)
      .where(isOpen)
      .groupBy(severity),
    database
      .select({ place, open: countDistinct(requests.reference) })
      .from(requests)
      .leftJoin(requestScopes, and(sql`${requests.hasSeveralScopes}`, eq(requestScopes.reference, requests.reference)))
      .where(isOpen)
      .groupBy(place),
  ]);
  return {
    all: severities.reduce((sum, { open }) => sum + open, 0),
    overdue: severities.reduce((sum, { overdue }) => sum + overdue, 0),
    byPlace: new Map(places.map((each) => [each.place, each.open])),
    bySeverity: new Map(severities.map((each) => [each.severity, each.open])),
  };
};

/** The numbers of the requests that a report counts, which are added up in the database. `inSight`: undefined, all of them. */
export const tallyRequests = async (
  database: SqlDatabase,
  { period, now }: { readonly period: Period; readonly now: Date },
  { inSight, isRenewal }: { readonly inSight: SQL | undefined; readonly isRenewal: SQL },
): Promise<RequestTally> => {
  const [open, decisions] = await Promise.all([
    tallyOpen(database, inSight, now),
    tallyDecided(database, inSight, isRenewal, period),
  ]);
  return { open, decisions };
};
