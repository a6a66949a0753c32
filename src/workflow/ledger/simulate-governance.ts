import { addDays, dayIn, startOfDay } from '../../core/calendar.ts';
import { GovernanceError } from '../../core/governance-error.ts';
import type { GovernanceRules } from '../../core/governance/governance-rules.ts';
import { pastRequests } from '../../core/ledger/past-request.ts';
import { replay, type Replayed } from '../../core/replay/replay.ts';
import type { Desk } from '../desk.ts';
import { historiesOf } from './recorded-requests.ts';

/** Days as `2026-11-21`, both included; undefined: from the first request, or to the last. */
export type SimulatedPeriod = { readonly fromDay: string | undefined; readonly toDay: string | undefined };

type PastDesk = Pick<Desk, 'timeZone'> & {
  readonly database: { readonly ledger: Pick<Desk['database']['ledger'], 'head' | 'read' | 'references'> };
};

/**
 * Evaluates a changed governance file on the requests that were sent in a period, oldest first, in portions. Each call of the result reads them
 * again and finds the same, whatever is recorded meanwhile. Writes nothing. Throws GovernanceError invalid for a period that ends before it begins.
 */
export const simulateGovernance = async (
  { timeZone, database: { ledger } }: PastDesk,
  rules: GovernanceRules,
  { fromDay, toDay }: SimulatedPeriod,
): Promise<() => AsyncIterable<Replayed[]>> => {
  if (fromDay !== undefined && toDay !== undefined && toDay < fromDay)
    throw new GovernanceError('invalid', `The period ends (${toDay}) before it begins (${fromDay}).`);
  const upTo = (await ledger.head())?.sequence ?? 0;
  const period = {
    upTo,
    ...(fromDay === undefined ? {} : { from: startOfDay(fromDay, timeZone) }),
    ...(toDay === undefined ? {} : { before: startOfDay(addDays(toDay, 1), timeZone) }),
  };
  const isSentThen = (at: Date): boolean => {
    const day = dayIn(at, timeZone);
    return (fromDay === undefined || day >= fromDay) && (toDay === undefined || day <= toDay);
  };
  return async function* () {
    for await (const references of ledger.references(period)) {
      const histories = await historiesOf(ledger, references, upTo);
      const sent = pastRequests([...histories.values()].flat(), timeZone);
      yield replay(
        rules,
        sent.filter(({ sentAt }) => isSentThen(sentAt)),
      );
    }
  };
};
