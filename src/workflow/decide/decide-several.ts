import { GovernanceError } from '../../core/governance-error.ts';
import { inParallel, lanesOf } from '../../core/in-parallel.ts';
import type { Person } from '../../core/person.ts';
import type { ExemptionRequest } from '../../core/request/request.ts';
import { covers } from '../../core/tenant/hierarchy.ts';
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

/** So many are decided side by side: each asks Azure some questions of its own. */
const sideBySide = 4;

/** What was picked, in lanes: requests that lie in one another could answer differently in another order, so they are decided in that of the rows. */
const inLanes = async (desk: Desk, picked: readonly Picked[]) => {
  const rows = await Promise.all(
    picked.map(async ({ reference, version }, at) => {
      const request = await desk.database.requests.find(reference);
      return { reference: request?.reference ?? reference, version, at, scopes: request?.terms.scopes ?? [] };
    }),
  );
  const hierarchy = await desk.hierarchy();
  const meets = (a: string, b: string): boolean => covers(a, b, hierarchy) || covers(b, a, hierarchy);
  return lanesOf(
    rows,
    (one, other) =>
      one.reference === other.reference || one.scopes.some((scope) => other.scopes.some((each) => meets(scope, each))),
  );
};

type Attempt = DecidedOne | { readonly fault: unknown };

/**
 * Decides several requests with the same words, four side by side at most, each as if it were decided alone: by the permissions of this moment, in the
 * version that was seen; approved only if a row can name all of it. Those that lie in one another are decided one after another. What is refused for one
 * does not hold back the others; the outcomes are in the order of what was picked. Throws GovernanceError invalid, before anything is decided, where
 * nothing or too much was picked or a reason is missing; an AggregateError at the end where something of ours failed.
 */
export const decideSeveral = async (desk: Desk, person: Person, asked: SeveralDecisions): Promise<DecidedOne[]> => {
  refuseUnclear(asked);
  const { words, here } = asked;
  const decide = asked.decision === 'approve' ? approveRequest : rejectRequest;
  const attempt = async ({ reference, version }: Picked): Promise<Attempt> => {
    try {
      const request = await decide(desk, person, { here, reference, version, words, isAmongOthers: true });
      return { reference, request };
    } catch (error) {
      return error instanceof GovernanceError ? { reference, sentence: error.message } : { fault: error };
    }
  };
  const attempts: Attempt[] = [];
  await inParallel(await inLanes(desk, asked.picked), sideBySide, async (lane) => {
    for (const row of lane) attempts[row.at] = await attempt(row);
  });
  const faults = attempts.flatMap((each) => ('fault' in each ? [each.fault] : []));
  if (faults.length > 0)
    throw new AggregateError(faults, `${faults.length} requests could not be decided.`, { cause: faults[0] });
  return attempts.flatMap((each) => ('fault' in each ? [] : [each]));
};
