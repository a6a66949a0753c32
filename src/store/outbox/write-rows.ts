import { laneOf, wantsEvent, type Target } from '../../core/connection/outbox.ts';
import { isNull, type SqlDatabase } from '../engine/drizzle.ts';
import { outbox, outboxTargets } from '../engine/schema.ts';

/** The parts of a row of the ledger that the outbox needs. */
export type Told = {
  readonly sequence: number;
  readonly hash: string;
  readonly event: string;
  readonly reference: string | null;
  readonly at: Date;
};

/** The same for the same thing told to the same target, whenever the row is written. */
export const keyFor = (
  hash: (text: string) => string,
  about: string,
  { target, part = '' }: { readonly target: string; readonly part?: string },
): string => hash(['outbox', about, target, part].join('|'));

/** The row that tells one target of one row of the ledger. */
export const rowFor = (
  target: Pick<Target, 'name' | 'order'>,
  told: Told,
  hash: (text: string) => string,
): typeof outbox.$inferInsert => ({
  key: keyFor(hash, told.hash, { target: target.name }),
  target: target.name,
  sequence: told.sequence,
  lane: laneOf(target, told.reference ?? undefined) ?? null,
  place: told.sequence,
  since: told.at,
  dueAt: told.at,
});

/** Writes what every target that wants this event is to be told. Without a target nothing is written. */
export const tellTargets = async (
  transaction: SqlDatabase,
  told: Told,
  hash: (text: string) => string,
): Promise<void> => {
  const targets = await transaction.select().from(outboxTargets).where(isNull(outboxTargets.removedAt));
  const rows = targets.filter((each) => wantsEvent(each, told.event)).map((each) => rowFor(each, told, hash));
  if (rows.length > 0) await transaction.insert(outbox).values(rows).onConflictDoNothing();
};
