import type { Queue, WorkOptions } from 'pg-boss';
import type { Jobs } from '../core/desk/job-queue.ts';

type QueueSettings = { readonly queue: Omit<Queue, 'name'>; readonly work: WorkOptions };

export const deadLetters = 'dead-letters';

export const everyMinuteQueue = 'every-minute';

const seconds = { minute: 60, quarter: 15 * 60, fortnight: 14 * 24 * 60 * 60 } as const;

/** If a replica died or could not report the end of a job, the job is handed out again after this time (and up to `superviseSeconds` more). */
const alive: Omit<Queue, 'name'> = { heartbeatSeconds: 30, expireInSeconds: 5 * seconds.minute };

/** How often dead jobs are searched for. */
export const superviseSeconds = 15;

/** Ten attempts within about half an hour, at most 15 minutes apart. */
const patiently: Omit<Queue, 'name'> = {
  ...alive,
  retryLimit: 9,
  retryDelay: 5,
  retryBackoff: true,
  retryDelayMax: seconds.quarter,
  retentionSeconds: seconds.fortnight,
  deadLetter: deadLetters,
};

/** As long as an alert is tried: with code that is not final, Teams may refuse a post for hours. Each attempt posts only what is missing. */
const forADay: Omit<Queue, 'name'> = { ...patiently, retryLimit: 100 };

/** Two more attempts, each after a moment. Work that is left is stored in a table, and the tick of each minute continues it. */
const promptly: Omit<Queue, 'name'> = {
  retryLimit: 2,
  retryDelay: 1,
  retryBackoff: true,
  expireInSeconds: seconds.minute,
  deleteAfterSeconds: 60 * seconds.minute,
};

/** One job of a request at a time. Replicas that look at the same moment may slip through, so handlers must tolerate it. */
const oneOfAGroup: WorkOptions = { groupConcurrency: 1 };

export const queues: Readonly<Record<keyof Jobs, QueueSettings>> = {
  'answer-activity': { queue: promptly, work: { localConcurrency: 4 } },
  'apply-request': { queue: patiently, work: { ...oneOfAGroup, localConcurrency: 3 } },
  'revoke-request': { queue: patiently, work: { ...oneOfAGroup, localConcurrency: 2 } },
  'clean-up': { queue: patiently, work: { localConcurrency: 1 } },
  'remind-approvers': { queue: forADay, work: { ...oneOfAGroup, localConcurrency: 1 } },
  'publish-request': { queue: forADay, work: { ...oneOfAGroup, localConcurrency: 2 } },
  'post-missing-cards': { queue: patiently, work: { localConcurrency: 1 } },
  // Deliveries are stored in a table, and a job only says that there are some. One waiting job is enough.
  'deliver-alerts': { queue: { ...patiently, policy: 'short', retryLimit: 2 }, work: {} },
  // The same: the cards that say less than is known stand in a table.
  'refresh-alerts': { queue: { ...patiently, policy: 'short', retryLimit: 2 }, work: {} },
  // Deliveries to other systems stand in a table, and each minute looks for those that are due. One that hangs must not hold back the others.
  'tell-target': { queue: promptly, work: { ...oneOfAGroup, localConcurrency: 12 } },
  'post-weekly-report': { queue: forADay, work: { localConcurrency: 1 } },
  // The next sweep sees everything that a skipped one would have seen.
  'sweep-exemptions': { queue: { ...patiently, policy: 'short', retryLimit: 2 }, work: {} },
};

export const everyMinuteSettings: QueueSettings = {
  queue: { ...alive, policy: 'exclusive', retryLimit: 0, deleteAfterSeconds: 60 * 60 },
  work: {},
};
