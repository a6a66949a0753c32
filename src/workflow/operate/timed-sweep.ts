import type { Desk } from '../desk.ts';
import { sweepExemptions } from '../sweep/sweep-exemptions.ts';

/** A sweep, and how long it took. */
export const timedSweep = async (desk: Desk): Promise<void> => {
  const from = desk.now();
  await sweepExemptions(desk);
  const milliseconds = desk.now().getTime() - from.getTime();
  await desk.database.sweeps.took(milliseconds);
  desk.observe({ what: 'sweep', milliseconds });
};
