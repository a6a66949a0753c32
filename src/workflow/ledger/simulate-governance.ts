import { dayIn } from '../../core/calendar.ts';
import { GovernanceError } from '../../core/governance-error.ts';
import type { GovernanceRules } from '../../core/governance/governance-rules.ts';
import { pastRequests } from '../../core/ledger/past-request.ts';
import { replay, type Replayed } from '../../core/replay/replay.ts';
import type { Desk } from '../desk.ts';

/** Days as `2026-11-21`, both included; undefined: from the first request, or to the last. */
export type SimulatedPeriod = { readonly fromDay: string | undefined; readonly toDay: string | undefined };

/** Evaluates a changed governance file on the requests that were sent in a period, oldest first. Writes nothing. */
export const simulateGovernance = async (
  desk: Pick<Desk, 'timeZone'> & { readonly database: { readonly ledger: Pick<Desk['database']['ledger'], 'read'> } },
  rules: GovernanceRules,
  { fromDay = '', toDay = '9999' }: SimulatedPeriod,
): Promise<Replayed[]> => {
  if (toDay < fromDay)
    throw new GovernanceError('invalid', `The period ends (${toDay}) before it begins (${fromDay}).`);
  const requests = pastRequests(await desk.database.ledger.read({}), desk.timeZone);
  const inPeriod = requests.filter(({ sentAt }) => {
    const day = dayIn(sentAt, desk.timeZone);
    return day >= fromDay && day <= toDay;
  });
  return replay(rules, inPeriod);
};
