import type { OpenStore } from '../../src/store/open-store.ts';

/** The store waits only so long for an answer. */
const inOneStatement = 10_000;

/**
 * Seen exemptions, alerts and rows of the ledger, so many of each, and a thousand subscriptions: one in a thousand is needless, missing, undeliverable or without a known
 * outcome.
 */
export const fillOthers = async ({ sqlForJobs }: OpenStore, size: number): Promise<void> => {
  for (let from = 1; from <= size; from += inOneStatement) {
    const all = `generate_series(${from}, ${Math.min(size, from + inOneStatement - 1)}) as n`;
    for (const text of [
      `insert into seen_exemptions (id, first_seen_at, exemption, needless, missing_since)
        select 'id' || n, now(), '{}', n % 1000 = 0, case when n % 1000 = 1 then now() end from ${all}`,
      `insert into alert_deliveries (id, channel_id, alert, outcome, closed_at, unknowns, unit_key)
        select 'id' || n, 'c', '{"reference": "EX-A"}', case when n % 1000 = 0 then 'undeliverable' else 'sent' end,
          now() - interval '20 days', case when n % 1000 = 1 then 1 else 0 end, 'unit ' || n from ${all}`,
      `insert into ledger (sequence, at, reference, actor_kind, actor_id, event, facts, name_hash, text_hash, previous_hash, hash)
        select n, now() - n * interval '1 hour', 'EX-' || n % (${size} / 8), 'job', 'j', 'e', '{}', '', '', '', '' from ${all}`,
      `insert into posted_cards (conversation_id, activity_id, reference, audience) select 'c', 'a' || n, 'EX-' || n, 'approvers' from ${all}`,
      `insert into coverage_gaps (reference, assignment_id, assignment_name, round, open)
        select 'EX-' || n, 'a', 'A', 1, n % 1000 = 0 from ${all}`,
      `insert into alert_claims (conversation_id, unit_key, step, claimed_at) select 'c ' || n % 100, 'unit ' || n, 'created', now() from ${all}`,
      `insert into subscriptions (channel_id, kind, scope_key, scope, filter, subscribed_by, subscribed_at)
        select 'c ' || n, 'alerts', '/subscriptions/a', '/subscriptions/a', '{}', '{}', now() from ${all} where n <= 1000`,
      `insert into ledger_texts (sequence, salt, name, text) select n, '', '', '' from ${all}`,
    ])
      await sqlForJobs.executeSql(text);
  }
  await sqlForJobs.executeSql('analyze');
};
