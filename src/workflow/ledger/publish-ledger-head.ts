import { dayIn } from '../../core/calendar.ts';
import type { Desk } from '../desk.ts';

/** Publishes the head of the ledger once a day, from whichever replica is first; not for an empty ledger. */
export const publishLedgerHead = async (
  desk: Pick<Desk, 'now' | 'timeZone' | 'publishHead'> & {
    readonly database: Pick<Desk['database'], 'ledger' | 'alerts'>;
  },
): Promise<void> => {
  const head = await desk.database.ledger.head();
  if (head === undefined) return;
  const today = dayIn(desk.now(), desk.timeZone);
  if (await desk.database.alerts.claim('log', 'ledger head', [today], desk.now())) desk.publishHead(head);
};
