import type { Desk } from '../desk.ts';

const patienceMs = 2000;

/** Why nobody should be sent here now, as sentences; empty where all is well. What ails Azure or Teams ails every replica, so it is no reason. */
export const checkReadiness = async (desk: Pick<Desk, 'database' | 'now'>): Promise<readonly string[]> => {
  const timeUp = new Promise<'late'>((resolve) =>
    AbortSignal.timeout(patienceMs).addEventListener('abort', () => resolve('late')),
  );
  const answer = desk.database.sweeps.progress().then(
    () => 'answered' as const,
    () => 'failed' as const,
  );
  return (await Promise.race([answer, timeUp])) === 'answered' ? [] : ['The database does not answer.'];
};
