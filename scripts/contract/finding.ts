export type Verdict = 'matches' | 'differs' | 'not checked';

/** One thing that was looked for in the tenant. `seen` holds counts, field names, enum values and error codes, never a name or an id. */
export type Finding = {
  readonly title: string;
  readonly seen: string;
  readonly verdict: Verdict;
};

/** Why something could not be looked at: there is none of it, no right to read it, or what leads to it did not answer. */
export class NotSeen extends Error {}

/** Something is not as the code relies on, where the product itself puts up with it and goes on. */
export class Deviation extends Error {}
