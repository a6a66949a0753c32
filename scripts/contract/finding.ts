export type Verdict = 'matches' | 'differs' | 'not checked';

/** One check of the tenant. `seen` contains counts, field names, enum values and error codes, never a name or an id. */
export type Finding = {
  readonly title: string;
  readonly seen: string;
  readonly verdict: Verdict;
};

/** Why something could not be checked: there is none, there is no permission to read it, or an earlier read did not answer. */
export class NotSeen extends Error {}

/** A difference from what the code relies on that the product itself tolerates. */
export class Deviation extends Error {}
