import type { Desk } from '../desk.ts';

/** People follow a long job on its card; Teams takes only so many changes of one. */
const pauseMs = 5000;

/** Says how far a long job has come, at most once in some seconds, and the first time only after as long. The end is said by whoever ends it. */
export const everySomeSeconds = (desk: Pick<Desk, 'now'>, say: () => Promise<void>): (() => Promise<void>) => {
  let saidAt = desk.now().getTime();
  return async () => {
    const at = desk.now().getTime();
    if (at - saidAt < pauseMs) return;
    saidAt = at;
    await say();
  };
};
