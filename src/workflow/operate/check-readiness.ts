import type { Desk } from '../desk.ts';

const patienceMs = 2000;

/** Why nobody should be sent here now, as sentences; empty where all is well. What ails Azure or Teams ails every replica, so it is no reason. */
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
