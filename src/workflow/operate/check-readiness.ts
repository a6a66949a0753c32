import type { Desk } from '../desk.ts';

const patienceMs = 2000;

/**
 * Why this replica should not receive requests now, as sentences; empty if it should. An outage of Azure or Teams is no reason, because it
 * affects all replicas.
 */
export const checkReadiness = async (
  desk: Pick<Desk, 'database' | 'now'>,
  inTime: <Result>(work: Promise<Result>, ms: number) => Promise<Result | undefined>,
): Promise<readonly string[]> => {
  const answer = desk.database.sweeps.progress().then(
    () => 'answered' as const,
    () => 'failed' as const,
  );
  return (await inTime(answer, patienceMs)) === 'answered' ? [] : ['The database does not answer.'];
};
