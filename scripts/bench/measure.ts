const sampleEveryMs = 20;
const megabyte = 1024 * 1024;

export type Measured = {
  readonly ms: number;
  /** Of this process; without the database and Azure. */
  readonly cpuMs: number;
  /** In MB, including memory that waits to be collected. */
  readonly peakHeap: number;
  /** In MB, after a full collection. */
  readonly heapAfter: number;
};

const heapUsed = (): number => process.memoryUsage().heapUsed / megabyte;

/** Runs and measures work; starts with a collected heap if node runs with --expose-gc. */
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
