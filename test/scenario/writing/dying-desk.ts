import type { Desk } from '../../../src/workflow/desk.ts';

class Killed extends Error {}

/** Lets a death pass, and nothing else. */
export const unlessKilled = (error: unknown): void => {
  if (!(error instanceof Killed)) throw error;
};

/** A desk whose process is killed at its n-th contact with Azure or the database: right before it, or right after it had its effect. */
export const dyingDesk = (
  desk: Desk,
  at: number,
  when: 'before' | 'after',
): { desk: Desk; survived: () => boolean } => {
  let contacts = 0;
  const guarded =
    <Arguments extends unknown[], Result>(call: (...given: Arguments) => Promise<Result>) =>
    async (...given: Arguments): Promise<Result> => {
      contacts += 1;
      const isLast = contacts === at;
      if (isLast && when === 'before') throw new Killed();
      const result = await call(...given);
      if (isLast) throw new Killed();
      return result;
    };
  const { exemptions, database } = desk;
  return {
    survived: () => contacts < at,
    desk: {
      ...desk,
      exemptions: {
        ...exemptions,
        snapshot: guarded(exemptions.snapshot),
        write: guarded(exemptions.write),
        read: guarded(exemptions.read),
        restore: guarded(exemptions.restore),
        remove: guarded(exemptions.remove),
      },
      database: {
        ...database,
        writeSteps: { ...database.writeSteps, begin: guarded(database.writeSteps.begin) },
        transaction: (work) => {
          const once = guarded(() => database.transaction(work));
          return once();
        },
      },
    },
  };
};
