import type { Pulse } from '../../core/desk/status.ts';
import { readingIn } from '../../core/inventory/sweep.ts';
import { hiddenGroupsKey } from '../../core/mirror/mirror-lives.ts';
import type { Desk } from '../desk.ts';
import { lookAtPublishedHeads } from '../ledger/publish-ledger-head.ts';
import { readOnlyNow } from '../heed-read-only.ts';

/** The health of Exemption Desk in numbers that name nobody and nothing. */
export const takePulse = async (
  desk: Pick<Desk, 'database' | 'now' | 'publishedHeads' | 'readOnly' | 'sweepMinutes'>,
): Promise<Pulse> => {
  const { sweeps, alerts, jobs, cleanups, mirror, outbox } = desk.database;
  const now = desk.now();
  const progress = await sweeps.progress();
  return {
    now,
    lastSweep: progress.lastCompletedAt,
    sweepMinutes: desk.sweepMinutes,
    sweepReading: readingIn(progress),
    blind: progress.blind,
    sweepTook: await sweeps.lastTook(),
    readOnly: await readOnlyNow(desk),
    readings: await mirror.readings(),
    hiddenGroups: (await mirror.rows('approver-groups', [hiddenGroupsKey])).length,
    alerts: await alerts.health(now),
    jobs: await jobs.health(),
    cleanupsGivenUp: await cleanups.givenUp(),
    targets: await outbox.health(now),
    published: await lookAtPublishedHeads(desk),
  };
};
