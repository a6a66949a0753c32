import { GovernanceError } from '../governance-error.ts';

/** What a name may mean: what can be written in its place, and what a button says. */
export type Candidate = { readonly id: string; readonly title: string; readonly short: string };

/** A name that several things have. The message asks which one is meant. */
export class WhichQuestion extends GovernanceError {
  /** The filter of a list that holds the name; undefined: that of scopes. */
  readonly field: 'subscription' | 'owner';
  readonly said: string;
  readonly candidates: readonly Candidate[];

  constructor(message: string, { said, candidates, field }: Pick<WhichQuestion, 'said' | 'candidates' | 'field'>) {
    super('invalid', message);
    this.name = 'WhichQuestion';
    this.field = field;
    this.said = said;
    this.candidates = candidates;
  }
}
