import { desc, eq, sql, type SqlDatabase } from '../engine/drizzle.ts';
import type { Ledger, LedgerHead } from '../../core/ledger/ledger.ts';
import type { Actor } from '../../core/person.ts';
import { normalReference } from '../../core/request/request.ts';
import { eraseLedgerTexts } from './erase-ledger-texts.ts';
import { beforeTheFirst, rowHash, saltedHash, type LedgerRow } from './ledger-row.ts';
import { ledger, ledgerTexts } from '../engine/schema.ts';
import { tellTargets } from '../outbox/write-rows.ts';
import { endsOf, historyOf, readLedger, readReferences } from './read-ledger.ts';
import { verifyLedger } from './verify-ledger.ts';

/** An arbitrary number that no other part of the database locks. */
const appendLock = 7_213_001;

const ledgerHead = async (database: SqlDatabase): Promise<LedgerHead | undefined> => {
  const [head] = await database
    .select({ sequence: ledger.sequence, hash: ledger.hash })
    .from(ledger)
    .orderBy(desc(ledger.sequence))
    .limit(1);
  return head;
};

const actorColumns = (actor: Actor): Pick<LedgerRow, 'actorKind' | 'actorId' | 'actorTenantId'> =>
  actor.kind === 'person'
    ? { actorKind: 'person', actorId: actor.person.objectId, actorTenantId: actor.person.tenantId }
    : { actorKind: 'job', actorId: actor.name, actorTenantId: null };

export const ledgerStore = (
  database: SqlDatabase,
  { hash, newId }: { readonly hash: (text: string) => string; readonly newId: () => string },
): Ledger => ({
  append: async (event) =>
    database.transaction(async (transaction) => {
      await transaction.execute(sql`select pg_advisory_xact_lock(${appendLock})`);
      const head = await ledgerHead(transaction);
      const texts = {
        sequence: (head?.sequence ?? 0) + 1,
        salt: newId(),
        name: event.actor.kind === 'person' ? event.actor.person.name : '',
        text: event.text,
      };
      const row: Omit<LedgerRow, 'hash'> = {
        sequence: texts.sequence,
        at: event.at,
        ...actorColumns(event.actor),
        reference: event.reference === undefined ? null : normalReference(event.reference),
        event: event.event,
        from: event.from ?? null,
        to: event.to ?? null,
        facts: event.facts,
        nameHash: saltedHash(texts.salt, 'name', texts.name, hash),
        textHash: saltedHash(texts.salt, 'text', texts.text, hash),
        previousHash: head?.hash ?? beforeTheFirst,
      };
      const own = rowHash(row, hash);
      await transaction.insert(ledger).values({ ...row, hash: own });
      await transaction.insert(ledgerTexts).values(texts);
      await tellTargets(transaction, { ...row, hash: own }, hash);
    }),
  history: (reference) => historyOf(database, reference),
  read: (selection) => readLedger(database, selection),
  references: (selection) => readReferences(database, selection),
  ends: (selection) => endsOf(database, selection),
  head: () => ledgerHead(database),
  holds: async ({ sequence, hash: published }) => {
    const [row] = await database.select({ hash: ledger.hash }).from(ledger).where(eq(ledger.sequence, sequence));
    return row?.hash === published;
  },
  verify: (published) => verifyLedger(database, hash, published),
  eraseTexts: (objectId) => eraseLedgerTexts(database, objectId),
});
