import { isHeadDue, type PublishedHealth } from '../../core/ledger/published-heads.ts';
import type { Desk } from '../desk.ts';

type Needed = Pick<Desk, 'now' | 'publishedHeads' | 'tellOperator'> & {
  readonly database: Pick<Desk['database'], 'ledger'>;
};

/**
 * Publishes the head of the ledger when it is due. What was published is read where it stands, so a head that did not get there is tried
 * again at the next minute, and a new replica goes on where the last one ended.
 */
export const publishLedgerHead = async (desk: Needed): Promise<void> => {
  const { ledger } = desk.database;
  const head = await ledger.head();
  const last = await desk.publishedHeads.last();
  if (last !== undefined && !(await ledger.holds(last)))
    desk.tellOperator('The ledger no longer has a head that was published: it was rewritten or restored', {
      sequence: last.sequence,
      published: last.hash,
    });
  if (head === undefined || !isHeadDue(head, last, desk.now())) return;
  await desk.publishedHeads.publish({ ...head, at: desk.now() });
};

/** How old the last published head is, and whether the ledger still has it. */
export const lookAtPublishedHeads = async (desk: Omit<Needed, 'now' | 'tellOperator'>): Promise<PublishedHealth> => {
  const { publishedHeads, database } = desk;
  const { kind } = publishedHeads;
  const head = await database.ledger.head();
  try {
    const last = await publishedHeads.last();
    const isBehind = head !== undefined && head.hash !== last?.hash;
    return {
      kind,
      isReadable: true,
      last,
      isBehind,
      isHeld: last === undefined || (await database.ledger.holds(last)),
    };
  } catch {
    return { kind, isReadable: false, last: undefined, isBehind: head !== undefined, isHeld: true };
  }
};
