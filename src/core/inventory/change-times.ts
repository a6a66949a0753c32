/**
 * The change times of all exemptions of one kind, in a few numbers that Azure can compute without listing anything. Two readings with equal numbers
 * show the same exemptions in the same state, as far as Azure notes the time of each change: whatever is made or changed brings a later time,
 * and whatever is deleted takes one away.
 */
export type ChangeTimes = {
  /** How many exemptions there are. */
  readonly count: number;
  /** How many of them say when they were last changed. */
  readonly dated: number;
  /** The latest of these times, in milliseconds of UTC since 1970; 0 without any. */
  readonly latest: number;
  /** The sum of these times, in whole seconds since the beginning of 2020. */
  readonly seconds: number;
};

export const noChangeTimes: ChangeTimes = { count: 0, dated: 0, latest: 0, seconds: 0 };

const in2020 = Date.UTC(2020, 0, 1) / 1000;

/** The change times of some exemptions and of more of them, given by the time of the last change of each. Pure. */
export const withChangeTimes = (before: ChangeTimes, more: readonly (Date | undefined)[]): ChangeTimes => {
  const times = more.flatMap((at) => at?.getTime() ?? []);
  return {
    count: before.count + more.length,
    dated: before.dated + times.length,
    latest: times.reduce((a, b) => Math.max(a, b), before.latest),
    seconds: times.reduce((sum, time) => sum + Math.floor(time / 1000) - in2020, before.seconds),
  };
};

/** Whether two readings certainly show the same: never if an exemption does not say when it was changed. */
export const showTheSame = (one: ChangeTimes, other: ChangeTimes): boolean =>
  one.dated === one.count &&
  one.count === other.count &&
  one.dated === other.dated &&
  one.latest === other.latest &&
  one.seconds === other.seconds;
