import type { LedgerHead } from './ledger.ts';

/** A head of the ledger as it was published, and when. */
export type PublishedHead = LedgerHead & { readonly at: Date };

/** The place where heads of the ledger are published, which somebody who can change the database should not be able to change. */
export type PublishedHeads = {
  /** `container`: append-only blobs; `output`: a line on standard output, which is as safe as the place where such lines are collected. */
  readonly kind: 'container' | 'output';
  /** Rejects if the head is not known to stand there; it may be published twice. */
  readonly publish: (head: PublishedHead) => Promise<void>;
  /** The newest, at most some minutes old; undefined if there is none. */
  readonly last: () => Promise<PublishedHead | undefined>;
  /** All that can be read back, oldest first; none of standard output. */
  readonly all: () => Promise<readonly PublishedHead[]>;
};

/** What is known about the published heads; the same for every replica if they stand in a container. */
export type PublishedHealth = {
  readonly kind: PublishedHeads['kind'];
  /** The container answered. */
  readonly isReadable: boolean;
  readonly last: PublishedHead | undefined;
  /** The ledger has rows that no published head covers. */
  readonly isBehind: boolean;
  /** The row of the last published head still has its hash. */
  readonly isHeld: boolean;
};

const hour = 3_600_000;
const publishEveryMs = hour;
const publishEveryRows = 100;
/** After so long without a head, somebody should look. */
const tooLongMs = 3 * hour;

/** The first head is published at once, a later one after an hour or a hundred rows, whichever is first; nothing while nothing is new. */
export const isHeadDue = (head: LedgerHead, last: PublishedHead | undefined, now: Date): boolean => {
  if (last === undefined) return true;
  if (head.hash === last.hash) return false;
  return (
    now.getTime() - last.at.getTime() >= publishEveryMs || Math.abs(head.sequence - last.sequence) >= publishEveryRows
  );
};

/** The problems with the published heads that an operator should look into, as sentences. */
export const publishedTroubles = ({ isReadable, last, isBehind, isHeld }: PublishedHealth, now: Date): string[] => {
  if (!isReadable) return ['The container of the published heads of the ledger does not answer.'];
  if (!isHeld)
    return [
      `The ledger no longer has the head that was published for row ${last?.sequence}: it was rewritten, or restored from a backup.`,
    ];
  const isLate = isBehind && last !== undefined && now.getTime() - last.at.getTime() > tooLongMs;
  return isLate ? ['The head of the ledger has not been published for more than 3 hours.'] : [];
};
