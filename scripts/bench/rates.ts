/** The largest number within a span of milliseconds. */
export const mostWithin = (times: readonly number[], span: number): number => {
  const sorted = times.toSorted((a, b) => a - b);
  let [first, most] = [0, 0];
  for (const [last, at] of sorted.entries()) {
    while (at - (sorted[first] ?? at) >= span) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
};

/** The rate per second, after the burst at the beginning. */
export const rateAfter = (burst: number, times: readonly number[]): number => {
  const later = times.toSorted((a, b) => a - b).slice(burst - 1);
  const [first = 0, last = 0] = [later[0], later.at(-1)];
  return ((later.length - 1) * 1000) / (last - first);
};
