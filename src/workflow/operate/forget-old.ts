import { dayIn } from '../../core/calendar.ts';
import { keptDays, type OldKind } from '../../core/ledger/retention.ts';
import { attemptAll } from '../attempt-all.ts';
import type { Desk } from '../desk.ts';

const dayMs = 86_400_000;

/** Deletes once a day everything that has reached its retention period. A failed deletion is repeated the next day. */
export const forgetOld = async (
  desk: Pick<Desk, 'now' | 'timeZone'> & { readonly database: Pick<Desk['database'], 'alerts' | 'oldData'> },
): Promise<void> => {
  const now = desk.now();
  if (!(await desk.database.alerts.claim('database', 'forget old', [dayIn(now, desk.timeZone)], now))) return;
  const kinds = Object.entries(keptDays) as [OldKind, number][];
  await attemptAll(
    kinds.map(([kind, days]) => async () => {
      await desk.database.oldData.forgetBefore(kind, new Date(now.getTime() - days * dayMs));
    }),
  );
};
