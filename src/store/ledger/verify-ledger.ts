import { asc, eq, gt, type SqlDatabase } from '../engine/drizzle.ts';
import { forgotten, type KnownHead, type LedgerFault, type LedgerHead } from '../../core/ledger/ledger.ts';
import { beforeTheFirst, rowHash, saltedHash, type LedgerRow } from './ledger-row.ts';
import { ledger, ledgerTexts } from '../engine/schema.ts';

type Texts = typeof ledgerTexts.$inferSelect;
type Hash = (text: string) => string;

const rowsPerPage = 500;

/** A forged row may be unreadable, for example with an invalid time. */
const holds = (condition: () => boolean): boolean => {
  try {
    return condition();
  } catch {
    return false;
  }
};

const textsMatch = (row: LedgerRow, texts: Texts, hash: Hash): boolean =>
  saltedHash(texts.salt, 'name', texts.name, hash) === row.nameHash &&
  saltedHash(texts.salt, 'text', texts.text, hash) === row.textHash;

const isAsWritten = ({ hash: storedHash, ...row }: LedgerRow, previousHash: string, hash: Hash): boolean =>
  holds(() => row.previousHash === previousHash && rowHash(row, hash) === storedHash);

/** Collects rows without their text, by actor, until a later row records that this person had it erased. */
const erasures = () => {
  const missing = new Map<string, number>();
  const keyOf = (kind: string, id: string) => `${kind} ${id.toLowerCase()}`;
  return {
    see: (row: LedgerRow, texts: Texts | null): void => {
      const key = keyOf(row.actorKind, row.actorId);
      if (texts === null && !missing.has(key)) missing.set(key, row.sequence);
      if (row.event === forgotten.event) missing.delete(keyOf('person', row.facts[forgotten.fact] ?? ''));
    },
    unaccounted: (): number | undefined => [...missing.values()].sort((a, b) => a - b)[0],
  };
};

/** Crosses off published heads as their rows pass; a row whose hash was published otherwise was rewritten. */
const crossOff = (published: readonly KnownHead[]) => {
  const bySequence = new Map<number, Set<string>>();
  const unplaced = new Set<string>();
  for (const { sequence, hash } of published)
    if (sequence === undefined) unplaced.add(hash.toLowerCase());
    else bySequence.set(sequence, (bySequence.get(sequence) ?? new Set()).add(hash.toLowerCase()));
  return {
    isOtherwise: ({ sequence, hash }: LedgerHead): boolean => {
      unplaced.delete(hash);
      const hashes = bySequence.get(sequence);
      bySequence.delete(sequence);
      return hashes !== undefined && [...hashes].some((each) => each !== hash);
    },
    isDone: (): boolean => bySequence.size === 0 && unplaced.size === 0,
  };
};

/** Reads the whole ledger and follows its chain to the end or to the first fault. */
export const verifyLedger = async (
  database: SqlDatabase,
  hash: Hash,
  published: readonly KnownHead[] = [],
): Promise<LedgerFault | undefined> => {
  let head: LedgerHead = { sequence: 0, hash: beforeTheFirst };
  const heads = crossOff(published);
  const gone = erasures();
  // Starts before the first row: one may have been inserted in front.
  for (let after = Number.MIN_SAFE_INTEGER; ; after = head.sequence) {
    const page = await database
      .select()
      .from(ledger)
      .leftJoin(ledgerTexts, eq(ledgerTexts.sequence, ledger.sequence))
      .where(gt(ledger.sequence, after))
      .orderBy(asc(ledger.sequence))
      .limit(rowsPerPage);
    for (const { ledger: row, ledger_texts: texts } of page) {
      const sequence = head.sequence + 1;
      if (row.sequence !== sequence) {
        return row.sequence < sequence ? { sequence: row.sequence, kind: 'altered' } : { sequence, kind: 'missing' };
      }
      if (!isAsWritten(row, head.hash, hash) || (texts !== null && !textsMatch(row, texts, hash)))
        return { sequence, kind: 'altered' };
      gone.see(row, texts);
      head = { sequence, hash: row.hash };
      if (heads.isOtherwise(head)) return { sequence, kind: 'rewritten' };
    }
    if (page.length < rowsPerPage) break;
  }
  if (!heads.isDone()) return { sequence: head.sequence, kind: 'cut' };
  const sequence = gone.unaccounted();
  return sequence === undefined ? undefined : { sequence, kind: 'erased' };
};
