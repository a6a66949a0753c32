import { sweepExemptions } from '../../src/workflow/sweep/sweep-exemptions.ts';
import { followRequests } from '../../src/workflow/tell/follow-requests.ts';
import type { TestDesk } from './make-desk.ts';

/** A turn of the product: follow, sweep, deliver. */
export const turnOfSweep = async (world: TestDesk): Promise<void> => {
  await followRequests(world.desk);
  await sweepExemptions(world.desk);
  await world.runJobs();
};

/** The steps of the alerts that a place was told, each once. */
export const stepsIn = ({ teams }: TestDesk, place: Parameters<TestDesk['teams']['in']>[0]): string[] => [
  ...new Set(teams.in(place, 'alert').map(({ alert }) => alert.step)),
];
