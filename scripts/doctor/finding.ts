import { ConfigError } from '../../src/config.ts';
import { faultOf } from '../../src/core/fault-of.ts';

/** look: it works, and somebody should know or decide. unknown: could not be found out. wrong: it will not work like that. */
export type Verdict = 'well' | 'look' | 'unknown' | 'wrong';

export type Finding = {
  readonly verdict: Verdict;
  /** The subject in a few words. */
  readonly about: string;
  readonly seen: string;
  /** The remedy; empty if all is well. */
  readonly remedy: string;
};

export const well = (about: string, seen: string): Finding => ({ verdict: 'well', about, seen, remedy: '' });
export const look = (about: string, seen: string, remedy: string): Finding => ({
  verdict: 'look',
  about,
  seen,
  remedy,
});
export const unknown = (about: string, seen: string, remedy: string): Finding => ({
  verdict: 'unknown',
  about,
  seen,
  remedy,
});
export const wrong = (about: string, seen: string, remedy: string): Finding => ({
  verdict: 'wrong',
  about,
  seen,
  remedy,
});

const saidBy = (error: unknown): string => (error instanceof ConfigError ? error.message : faultOf(error).message);

/** Runs a check; if it fails, the failure itself is a finding, wrong or unknown. */
export const examined = async (
  about: string,
  remedy: string,
  check: () => Promise<readonly Finding[]>,
  failed = wrong,
): Promise<readonly Finding[]> => {
  try {
    return await check();
  } catch (error) {
    return [failed(about, saidBy(error).replace(/\s+/g, ' '), remedy)];
  }
};
