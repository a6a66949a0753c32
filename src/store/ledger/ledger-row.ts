import type { ledger } from '../engine/schema.ts';

export type LedgerRow = typeof ledger.$inferSelect;

type Hash = (text: string) => string;

/** Object keys in order, so that a row always reads the same, however the database stores it. */
const canonical = (row: Omit<LedgerRow, 'hash'>): string =>
  JSON.stringify(
    Object.entries({ ...row, at: row.at.toISOString(), facts: Object.entries(row.facts).sort(byKey) }).sort(byKey),
  );

const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);

/** The hash of everything in a row, including the hash of the row before it. */
export const rowHash = (row: Omit<LedgerRow, 'hash'>, hash: Hash): string => hash(canonical(row));

/** The salt is stored next to the text and erased with it. */
export const saltedHash = (salt: string, kind: 'name' | 'text', words: string, hash: Hash): string =>
  hash([salt, kind, words].join('|'));

/** The previous hash of the first row. */
export const beforeTheFirst = '';
