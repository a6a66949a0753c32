import {
  and,
  inArray,
  isNotNull,
  like,
  lt,
  ne,
  or,
  sql,
  type PgTable,
  type SQL,
  type SqlDatabase,
} from './engine/drizzle.ts';
import { allowedNext, requestStatuses } from '../core/request/request-status.ts';
import type { OldData, OldKind } from '../core/ledger/retention.ts';
import {
  alertDeliveries,
  askedCards,
  cleanups,
  conversations,
  drafts,
  homeCards,
  inbox,
  keptAnswers,
  outbox,
  outboxTargets,
  paces,
  postedAlerts,
  postedCards,
  readers,
  reportOffers,
  requests,
  seenExemptions,
  subscriptions,
  unclaimedDrafts,
} from './engine/schema.ts';
import { triesPrefix } from './reference-tries-store.ts';

const ends = requestStatuses.filter((status) => allowedNext[status].length === 0);

/** The last event of a request that has ended; nulls do not count. */
const lastMoment = sql`greatest(${requests.createdAt}, ${requests.decidedAt}, ${requests.appliedAt}, ${requests.expiresAt}, (${requests.revocation} ->> 'at')::timestamptz)`;

type Old = { readonly table: PgTable; readonly isOld: (database: SqlDatabase, before: Date) => SQL | undefined };

const old: Readonly<Record<OldKind, Old>> = {
  'answered-activities': { table: inbox, isOld: (_, before) => lt(inbox.answeredAt, before) },
  'reference-tries': {
    table: paces,
    isOld: (_, before) => and(like(paces.id, `${triesPrefix}%`), lt(paces.bookedUntil, before.getTime())),
  },
  'report-offers': { table: reportOffers, isOld: (_, before) => lt(reportOffers.offeredAt, before) },
  'kept-answers': { table: keptAnswers, isOld: (_, before) => lt(keptAnswers.begunAt, before) },
  'unclaimed-drafts': {
    table: unclaimedDrafts,
    isOld: (_, before) => lt(unclaimedDrafts.createdAt, before),
  },
  drafts: { table: drafts, isOld: (_, before) => lt(drafts.createdAt, before) },
  'home-cards': { table: homeCards, isOld: (_, before) => lt(homeCards.countedAt, before) },
  readers: { table: readers, isOld: (_, before) => lt(readers.changedAt, before) },
  'asked-cards': { table: askedCards, isOld: (_, before) => lt(askedCards.askedAt, before) },
  cleanups: { table: cleanups, isOld: (_, before) => lt(cleanups.createdAt, before) },
  'alert-deliveries': {
    table: alertDeliveries,
    isOld: (_, before) => and(isNotNull(alertDeliveries.outcome), lt(alertDeliveries.closedAt, before)),
  },
  'told-targets': {
    table: outbox,
    isOld: (_, before) =>
      or(
        lt(outbox.closedAt, before),
        sql`exists (select from ${outboxTargets} where ${outboxTargets.name} = ${outbox.target} and ${outboxTargets.removedAt} < ${before.toISOString()})`,
      ),
  },
  'lost-chats': {
    table: conversations,
    isOld: (_, before) =>
      and(
        ne(conversations.kind, 'channel'),
        lt(conversations.unreachableSince, before),
        // A group chat for which something was arranged is kept like a channel.
        sql`not exists (select from ${subscriptions} where ${subscriptions.channelId} = ${conversations.id})`,
      ),
  },
  'posted-alerts': {
    table: postedAlerts,
    isOld: (_, before) =>
      and(
        lt(postedAlerts.changedAt, before),
        sql`not exists (select from ${seenExemptions} where ${seenExemptions.unitKey} = ${postedAlerts.unit})`,
      ),
  },
  'posted-cards': {
    table: postedCards,
    isOld: (database, before) =>
      inArray(
        postedCards.reference,
        database
          .select({ reference: requests.reference })
          .from(requests)
          .where(and(inArray(requests.status, ends), sql`${lastMoment} < ${before.toISOString()}`)),
      ),
  },
};

export const oldData = (database: SqlDatabase): OldData => ({
  forgetBefore: async (kind, before) => {
    const { table, isOld } = old[kind];
    const gone = await database
      .delete(table)
      .where(isOld(database, before))
      .returning({ one: sql`1` });
    return gone.length;
  },
});
