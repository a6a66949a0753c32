import { andMore, counted } from '../first-few.ts';
import { shortened } from '../visible-text.ts';

/** The health of one target: numbers and reasons, nothing of what it is told. */
export type TargetHealth = {
  readonly target: string;
  /** Due or waiting for their next attempt. */
  readonly waiting: number;
  readonly oldestSince: Date | undefined;
  /** Of these, the ones that may have arrived already. */
  readonly ambiguous: number;
  /** Given up. */
  readonly dead: number;
  /** Why the last one was given up. */
  readonly whyDead: string | undefined;
  /** Attempts in a row that failed. */
  readonly failures: number;
  readonly lastFailure: string | undefined;
  readonly pausedUntil: Date | undefined;
  readonly off: { readonly since: Date; readonly reason: string } | undefined;
  readonly lastSentAt: Date | undefined;
};

const longestReason = 200;
const tooLongMs = 15 * 60_000;

const troubleOf = (
  { target, off, dead, failures, lastFailure, oldestSince }: TargetHealth,
  now: Date,
): string | undefined => {
  if (off !== undefined) return `${target} is switched off: ${shortened(off.reason, longestReason)}`;
  if (dead > 0) return `${counted(dead, 'event')} for ${target} could not be delivered: npm run connections -- show`;
  if (oldestSince === undefined || now.getTime() - oldestSince.getTime() <= tooLongMs) return undefined;
  const why = failures > 0 && lastFailure !== undefined ? `: ${shortened(lastFailure, longestReason)}` : '.';
  return `What ${target} is to be told has been waiting for more than 15 minutes${why}`;
};

/** Of more targets in trouble only the number is told. */
const troublesTold = 3;

/** The troubles that an operator should look into: one sentence for each target, and how many more there are. */
export const targetTroubles = (targets: readonly TargetHealth[], now: Date): string[] => {
  const all = targets.map((each) => troubleOf(each, now)).filter((sentence) => sentence !== undefined);
  const more = andMore(all.length, troublesTold);
  return [
    ...all.slice(0, troublesTold),
    ...(more === '' ? [] : [`There is trouble with ${more.replace('and ', '')}.`]),
  ];
};

/** The health of a target in a few words. */
export const targetWords = ({ waiting, ambiguous, dead, off, failures }: TargetHealth): string => {
  const words = [
    ...(off === undefined ? [] : ['switched off']),
    ...(failures === 0 ? [] : [`${counted(failures, 'attempt')} in a row failed`]),
    ...(waiting === 0 ? [] : [`${waiting} waiting`]),
    ...(ambiguous === 0 ? [] : [`${ambiguous} may have arrived`]),
    ...(dead === 0 ? [] : [`${dead} given up`]),
  ];
  return words.length === 0 ? 'Nothing waits' : words.join(', ');
};
