import type { Connection, DeliveryResult } from '../../core/connection/connection.ts';
import { afterFailure } from '../../core/connection/next-delivery.ts';
import type { OutboxRow } from '../../core/connection/outbox.ts';
import type { Desk } from '../desk.ts';

type Failure = Extract<DeliveryResult, { readonly kind: 'retry' | 'ambiguous' }>;

/** A number from 0 to 1 that stays the same for one row and attempt. */
const shareOf = (desk: Desk, { key, attempts, unknowns }: OutboxRow): number =>
  parseInt(desk.hash(`${key} ${attempts + unknowns}`).slice(0, 8), 16) / 0xffffffff;

const settleFailure = async (
  desk: Desk,
  { name, patienceDays, mostUnknowns }: Connection,
  rows: readonly OutboxRow[],
  { kind, reason, waitMs }: Failure,
): Promise<void> => {
  const at = desk.now();
  const failure = { kind: kind === 'retry' ? 'refused' : 'unknown', reason } as const;
  await desk.database.transaction(async ({ outbox }) => {
    const failures = await outbox.failuresOf(name);
    let pausedUntil: Date | undefined;
    for (const row of rows) {
      const next = afterFailure(
        { ...row, kind: failure.kind, failures, patienceDays, mostUnknowns, waitMs },
        at,
        shareOf(desk, row),
      );
      pausedUntil ??= next.pausedUntil;
      await outbox.putBack([row.key], next.dueAt, failure);
      if (next.dead !== undefined) await outbox.close([row.key], 'dead', at, `${next.dead} ${reason}`);
    }
    await outbox.noteTarget(name, { kind: 'failed', at, reason, pausedUntil });
  });
};

/** Writes down what became of an attempt. `pause`: telling the same target more makes no sense now. */
export const settleTelling = async (
  desk: Desk,
  connection: Connection,
  rows: readonly OutboxRow[],
  result: DeliveryResult,
): Promise<'more' | 'pause'> => {
  const { name } = connection;
  const at = desk.now();
  const done = result.kind === 'sent' ? rows.slice(0, result.count ?? rows.length) : rows;
  const keys = done.map(({ key }) => key);
  const outcome = result.kind === 'split' ? 'sent' : result.kind;
  desk.observe({ what: 'told', target: name, outcome, count: keys.length });
  if (result.kind === 'retry' || result.kind === 'ambiguous') {
    await settleFailure(desk, connection, rows, result);
    return 'pause';
  }
  await desk.database.transaction(async ({ outbox }) => {
    if (result.kind === 'sent') {
      await outbox.close(keys, 'sent', at);
      await outbox.noteTarget(name, { kind: 'works', sentAt: at });
      const left = rows.slice(done.length).map(({ key }) => key);
      if (left.length > 0) await outbox.putBack(left, at);
    }
    if (result.kind === 'dead') {
      await outbox.close(keys, 'dead', at, result.reason);
      await outbox.noteTarget(name, { kind: 'works' });
    }
    if (result.kind === 'unwanted') await outbox.drop(keys);
    if (result.kind === 'split') for (const row of rows) await outbox.split(row, result.parts, at);
    if (result.kind === 'off') {
      await outbox.putBack(keys, at);
      await outbox.noteTarget(name, { kind: 'off', at, reason: result.reason });
    }
  });
  return result.kind === 'off' ? 'pause' : 'more';
};
