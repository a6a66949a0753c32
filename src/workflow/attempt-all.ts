/** Runs works one after another and throws their errors at the end, so that one that fails does not keep the others waiting. */
export const attemptAll = async (works: Iterable<() => Promise<void>>): Promise<void> => {
  const failures: unknown[] = [];
  for (const work of works) {
    try {
      await work();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 1)
    throw new AggregateError(failures, `${failures.length} steps failed.`, { cause: failures[0] });
  if (failures.length === 1) throw failures[0];
};
