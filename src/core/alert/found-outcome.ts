import type { AlertOutcome, ExemptionUnit } from './alert.ts';

/** The key of the unit in a key under which an alert about it was raised; see exemption-units.ts. */
export const unitIn = (key: string): string => key.split('|')[0] ?? key;

/** Those that a request says of itself before a sweep finds them. */
const saidByRequest: readonly AlertOutcome['step'][] = ['revoked', 'taken-out', 'renewed'];

/** Tells an outcome from every other one, whoever finds it first: the request itself or a sweep, which has its own words for the `moment`. */
export const outcomeEvent = (
  step: AlertOutcome['step'],
  { reference }: Pick<ExemptionUnit, 'reference'>,
  moment: string,
): string => (reference !== undefined && saidByRequest.includes(step) ? `${step} ${reference}` : moment);

/** What became of exemptions, for every alert that was raised under one of these keys or about a unit with one of them as its key. */
export type OutcomeOf = {
  readonly keys: readonly string[];
  readonly outcome: AlertOutcome;
  /** The key that the unit has from now on; left out: it stays. */
  readonly becomes?: string | undefined;
};

/** The same as it is found out. */
export type FoundOutcome = OutcomeOf & {
  /** The exemptions to which it happened; left out: all of each unit. */
  readonly exemptionIds?: readonly string[];
};
