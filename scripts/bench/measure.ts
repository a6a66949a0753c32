const sampleEveryMs = 20;
const megabyte = 1024 * 1024;

export type Measured = {
  readonly ms: number;
  /** Of this process; what the database and Azure take is not in it. */
  readonly cpuMs: number;
  /** In MB, what waits to be collected included. */
  readonly peakHeap: number;
  /** In MB, what is left when all that can be collected was. */
  readonly heapAfter: number;
};

const heapUsed = (): number => process.memoryUsage().heapUsed / megabyte;

/** Does some work and measures it; begins with a collected heap where node runs with --expose-gc. */
export const measured = async (work: () => Promise<unknown>): Promise<Measured> => {
  globalThis.gc?.();
  let peakHeap = heapUsed();
  const sample = (): void => {
    peakHeap = Math.max(peakHeap, heapUsed());
  };
  const sampling = setInterval(sample, sampleEveryMs);
  const [from, cpuFrom] = [performance.now(), process.cpuUsage()];
  try {
    await work();
  } finally {
    clearInterval(sampling);
  }
  const [ms, cpu] = [performance.now() - from, process.cpuUsage(cpuFrom)];
  sample();
  globalThis.gc?.();
  return { ms, cpuMs: (cpu.user + cpu.system) / 1000, peakHeap, heapAfter: heapUsed() };
};
