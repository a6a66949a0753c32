import { GovernanceError } from '../../core/governance-error.ts';
import type { Person } from '../../core/person.ts';
import type { ExemptionRequest } from '../../core/request/request.ts';
import type { Desk } from '../desk.ts';
import { approveRequest, rejectRequest } from './decide-request.ts';

/** A request in the version of its terms that the person saw. */
type Picked = { readonly reference: string; readonly version: number };

export type SeveralDecisions = {
  readonly decision: 'approve' | 'reject';
  readonly picked: readonly Picked[];
  /** The comment of the approver, or the reason of a rejection; it stands on each of them. */
  readonly words: string;
  /** The conversation where it was pressed. */
  readonly here: string;
};

/** The request as it is now, or the sentence that says why it was not decided. */
export type DecidedOne =
  | { readonly reference: string; readonly request: ExemptionRequest }
  | { readonly reference: string; readonly sentence: string };

/** As many as a page of a list shows. */
export const mostDecidedAtOnce = 10;

const refuseUnclear = ({ decision, picked, words }: SeveralDecisions): void => {
  const refuse = (sentence: string): never => {
    throw new GovernanceError('invalid', `Nothing was decided. ${sentence}`);
  };
  if (picked.length === 0) refuse('Tick at least one request.');
  if (picked.length > mostDecidedAtOnce) refuse(`At most ${mostDecidedAtOnce} requests can be decided at once.`);
  if (decision === 'reject' && words.trim() === '') refuse('Enter a reason. The requesters can read it.');
};

/**
 * Decides several requests with the same words, one after another, each as if it were decided alone: by the permissions of this moment, in the
 * version that was seen; approved only if a row can name all of it. What is refused for one does not hold back the others. Throws GovernanceError invalid, before anything is decided,
 * where nothing or too much was picked or a reason is missing; an AggregateError at the end where something of ours failed.
 */
export const decideSeveral = async (desk: Desk, person: Person, asked: SeveralDecisions): Promise<DecidedOne[]> => {
  refuseUnclear(asked);
  const decide = asked.decision === 'approve' ? approveRequest : rejectRequest;
  const outcomes: DecidedOne[] = [];
  const faults: unknown[] = [];
  for (const { reference, version } of asked.picked) {
    try {
      const request = await decide(desk, person, {
        here: asked.here,
        reference,
        version,
        words: asked.words,
        isAmongOthers: true,
      });
      outcomes.push({ reference, request });
    } catch (error) {
      if (error instanceof GovernanceError) outcomes.push({ reference, sentence: error.message });
      else faults.push(error);
    }
  }
  if (faults.length > 0)
    throw new AggregateError(faults, `${faults.length} requests could not be decided.`, { cause: faults[0] });
  return outcomes;
};
