import type { DueRequests } from '../../core/request/due-requests.ts';
import { normalReference, type ExemptionRequest } from '../../core/request/request.ts';
import { lapsesAfterDays, reminders } from '../../core/request/waiting.ts';
import { and, eq, gt, isNotNull, isNull, lte, or, sql, type SQL, type SqlDatabase } from '../engine/drizzle.ts';
import { requests, requestTargets } from '../engine/schema.ts';
import { inPortions } from './in-portions.ts';

const day = 24 * 3_600_000;

/** Written as the indexes are, so that they serve. */
const isWritten = sql`${requests.status} in ('applied', 'partly-applied', 'effective')`;
const isNotInEffect = sql`${requests.status} in ('applied', 'partly-applied')`;

const before = (now: Date, ms: number): SQL => sql`${new Date(now.getTime() - ms).toISOString()}::timestamptz`;

/** The first has been due for the others too, which lets an index serve. */
const isReminderDue = (now: Date): SQL | undefined =>
  and(
    sql`${requests.waitingSince} <= ${before(now, Math.min(...reminders.map(({ after }) => after)))}`,
    or(
      ...reminders.map(
        ({ after }) => sql`(${requests.waitingSince} <= ${before(now, after)} and (${requests.remindedAt} is null
          or ${requests.remindedAt} < ${requests.waitingSince} + make_interval(secs => ${after / 1000})))`,
      ),
    ),
  );

const notExpired = (now: Date): SQL | undefined => or(isNull(requests.expiresAt), gt(requests.expiresAt, now));

export const dueRequests = (database: SqlDatabase): DueRequests => {
  const portions = (condition: SQL | undefined): AsyncIterable<ExemptionRequest[]> => inPortions(database, condition);
  return {
    toWatch: (now) => {
      const hasLapsed = sql`${requests.waitingSince} <= ${before(now, lapsesAfterDays * day)}`;
      return portions(
        or(
          and(sql`${requests.status} = 'pending'`, or(hasLapsed, isReminderDue(now))),
          and(isNotNull(requests.ratifyBy), isWritten, or(lte(requests.ratifyBy, now), isReminderDue(now))),
        ),
      );
    },
    noteReminded: async (reference, at) => {
      await database
        .update(requests)
        .set({ remindedAt: at })
        .where(eq(requests.reference, normalReference(reference)));
    },
    toResume: (decidedBy) =>
      portions(
        or(
          and(eq(requests.status, 'approved'), lte(requests.decidedAt, decidedBy)),
          and(
            eq(requests.status, 'revoking'),
            sql`(${requests.revocation} ->> 'at')::timestamptz <= ${decidedBy.toISOString()}::timestamptz`,
          ),
        ),
      ),
    toExpire: (now) => portions(and(isWritten, lte(requests.expiresAt, now))),
    withoutExemption: (now) =>
      portions(
        and(
          isWritten,
          sql`${requests.absent} <> '[]'`,
          sql`jsonb_array_length(${requests.absent}) >= (select count(*) from ${requestTargets}
            where ${requestTargets.reference} = ${requests.reference})`,
          notExpired(now),
        ),
      ),
    toFollow: (now, since) =>
      portions(
        and(
          isNotInEffect,
          notExpired(now),
          since === undefined ? undefined : or(isNull(requests.appliedAt), gt(requests.appliedAt, since)),
        ),
      ),
  };
};
