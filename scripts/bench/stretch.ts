const everyMs = 1;

/** Measures for how long this process does nothing but one thing. */
export type StretchMeter = {
  /** The longest since the last time it was read, and all processor time since then, in ms. */
  readonly read: () => { readonly longestMs: number; readonly cpuMs: number };
};

/**
 * Starts to measure the processor time of this thread between two turns of its event loop: what everybody else waits for. Unlike a delay by the clock it
 * does not count what other processes of a busy machine take.
 */
export const startStretchMeter = (): StretchMeter => {
  const cpu = (): number => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1000;
  };
  let [longest, before] = [0, cpu()];
  let lastRead = before;
  const look = (): void => {
    const now = cpu();
    longest = Math.max(longest, now - before);
    before = now;
  };
  setInterval(look, everyMs).unref();
  return {
    read: () => {
      const now = cpu();
      const found = { longestMs: longest, cpuMs: now - lastRead };
      [longest, lastRead] = [0, now];
      return found;
    },
  };
};
