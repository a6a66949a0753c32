import type { Hierarchy } from '../../core/tenant/hierarchy.ts';
import type { Desk } from '../desk.ts';

/** How far the resources of the tenant were read, as a sentence; undefined: all of them. Until then nothing can be said to be missing. */
export const stillReading = async ({ database }: Desk, { subscriptions }: Hierarchy): Promise<string | undefined> => {
  const read = (await database.mirror.readings()).find(({ part }) => part === 'resources')?.slices ?? 0;
  return read >= subscriptions.length
    ? undefined
    : `Still reading resources: ${read} of ${subscriptions.length} subscriptions`;
};
