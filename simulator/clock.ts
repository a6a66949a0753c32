/** The time of the simulated world: it runs like real time, and can be moved. */
export type Clock = {
  readonly now: () => Date;
  /** Moves by an ISO 8601 duration of days, hours, minutes and seconds ("P7D", "PT36H", "-P1D"), then waits for all listeners. */
  advance(duration: string): Promise<void>;
  onMoved(listener: () => Promise<void>): void;
  /** Milliseconds by which it was moved in total. */
  ahead(): number;
};

const durationPattern = /^(-)?P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

/** Milliseconds in an ISO 8601 duration without years, months and weeks; throws RangeError on anything else. */
export const durationInMs = (duration: string): number => {
  const match = durationPattern.exec(duration);
  if (match === null || /[PT]$/.test(duration)) throw new RangeError(`Not a duration like P7D or PT36H: ${duration}`);
  const [days, hours, minutes, seconds] = match.slice(2).map((part: string | undefined) => Number(part ?? 0));
  const total = (((days ?? 0) * 24 + (hours ?? 0)) * 60 + (minutes ?? 0)) * 60 + (seconds ?? 0);
  return (match[1] === '-' ? -total : total) * 1000;
};

/** `aheadInMs`: by how much an earlier clock was moved. */
export const createClock = (source: () => number = Date.now, aheadInMs = 0): Clock => {
  let offsetMs = aheadInMs;
  const listeners: (() => Promise<void>)[] = [];
  return {
    now: () => new Date(source() + offsetMs),
    async advance(duration) {
      offsetMs += durationInMs(duration);
      for (const listener of listeners) await listener();
    },
    ahead: () => offsetMs,
    onMoved: (listener) => void listeners.push(listener),
  };
};
