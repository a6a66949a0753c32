import { GovernanceError, isRefusal } from '../../core/governance-error.ts';
import type { Person } from '../../core/person.ts';
import { claimKey, heldIds } from '../../core/request/exemption-claims.ts';
import { moved, type ExemptionRequest } from '../../core/request/request.ts';
import { afresh } from '../afresh.ts';
import { recordChange, requestNamed, type Change } from '../record/change-request.ts';
import type { Desk } from '../desk.ts';
import { refuseUnlessApprover, refuseUnlessDecider } from '../rights/may-decide.ts';
import { writer } from '../record/record-step.ts';
import { recheckTargets } from '../plan/recheck-targets.ts';
import { endAsGone } from './end-as-gone.ts';
import { refuseIfOvertaken, refuseIfRevoked, replacedOf } from './refuse-if-overtaken.ts';
import { undoWriting } from './undo-writing.ts';
import { writeExemptions } from './write-exemptions.ts';

/** How the writing of a request ended. */
type End = Pick<Change, 'after' | 'event' | 'facts'> & {
  /** It stands in Azure as approved, at least in part, and was not taken back. */
  readonly isWritten?: true;
};

/** If something of an earlier run is still in Azure, the request is written in part, so that somebody can continue or revoke it. */
const failed = (desk: Desk, request: ExemptionRequest, failure: string): End => {
  const to = request.appliedAt === undefined ? 'failed' : 'partly-applied';
  return { after: moved(request, to, desk.timeZone, { failure }), event: to };
};

/** Written in part: the exemptions with these ids, and those that were written earlier. */
const partly = (desk: Desk, request: ExemptionRequest, failure: string, ids: readonly string[]): ExemptionRequest => {
  const held = [...heldIds(request), ...ids.map(claimKey)];
  const absent = request.targets.map(({ exemptionId }) => exemptionId).filter((id) => !held.includes(claimKey(id)));
  return moved(request, 'partly-applied', desk.timeZone, { appliedAt: desk.now(), failure, absent });
};

/** Takes back what was written, then fails with the reason; names what could not be taken back. */
const takenBack = async (desk: Desk, request: ExemptionRequest, reason: string): Promise<End> => {
  const isRevoked = (await replacedOf(desk.database, request))?.revocation !== undefined;
  const steps = await desk.database.writeSteps.of(request.reference);
  // Exemptions of a revoked request must not come back: its own job skipped them while they belonged to this one.
  const left = await undoWriting(
    desk,
    isRevoked ? steps.map((each) => ({ ...each, before: undefined })) : steps,
    reason,
  );
  if (left.length === 0) return failed(desk, request, reason);
  const sentence = `${reason} What was written before could not be taken back: ${left.join(', ')}.`;
  return { after: partly(desk, request, sentence, left), event: 'partly-applied', facts: { left: left.join(' ') } };
};

/** Why an earlier run began to take back what was written; undefined if none did. This run must continue that. */
const brokenOff = async (desk: Desk, reference: string): Promise<string | undefined> => {
  const steps = await desk.database.writeSteps.of(reference);
  const goesOn = desk.partialRights === 'best-effort' && !steps.some((step) => step.state === 'undone');
  return goesOn ? undefined : steps.find((step) => step.refusal !== undefined)?.refusal;
};

const written = async (desk: Desk, request: ExemptionRequest): Promise<End> => {
  await refuseIfOvertaken(desk, request);
  const { targets, obsolete, notCovered, gone } = await recheckTargets(desk, request);
  const results = await writeExemptions(desk, request, targets);
  const refusals = results.flatMap(({ target, refusal }) =>
    refusal === undefined ? [] : [`${target.assignmentName}: ${refusal}`],
  );
  const done = results.filter(({ refusal }) => refusal === undefined).map(({ target }) => target);
  const [first] = results.flatMap(({ refusal }) => refusal ?? []);
  if (first !== undefined && desk.partialRights === 'all-or-nothing') return takenBack(desk, request, first);
  if (first !== undefined && done.length === 0) return failed(desk, request, first);
  const facts = {
    exemptions: done.map((target) => target.exemptionId).join(' '),
    ...(obsolete.length === 0 ? {} : { obsolete: obsolete.map((target) => target.exemptionId).join(' ') }),
    ...(gone.length === 0 ? {} : { gone: [...new Set(gone.flatMap(({ referenceIds }) => referenceIds))].join(' ') }),
    ...(notCovered.length === 0 ? {} : { notCovered: notCovered.join(', ') }),
  };
  const ids = done.map(({ exemptionId }) => exemptionId);
  const after =
    first === undefined
      ? moved(request, 'applied', desk.timeZone, {
          ...{ appliedAt: desk.now(), failure: undefined },
          ...{ targets: done, absent: [] },
        })
      : partly(desk, request, [...new Set(refusals)].join(' '), ids);
  return { after, event: after.status, facts, isWritten: true };
};

type Lost = { readonly person: Person; readonly why: string };

/** Who may no longer decide, what they would be told, and who can take their place. */
const noLonger = ({ reference, emergency }: ExemptionRequest, lost: readonly Lost[], missing: number): string => {
  const who = lost.map(({ person, why }) => `${person.name} may no longer decide ${reference}: “${why}”`).join(' ');
  if (emergency !== undefined) return `${who} An emergency depends on the roles of its requester. Send a new request.`;
  return missing === 1
    ? `${who} Another approver can take their place with “Try again”.`
    : `${who} ${missing} other approvers are needed: each counts with “Try again”.`;
};

/** As many approvers as the rules required must still have the permissions. If none was required, or not yet, the requester must have them. */
const refuseUnlessStillApproved = async (desk: Desk, request: ExemptionRequest): Promise<void> => {
  const approvers = request.emergency === undefined ? request.approvals.map(({ by }) => by) : [];
  const deciders = approvers.length === 0 ? [request.requester] : approvers;
  const needed = approvers.length === 0 ? 1 : Math.max(1, request.governance.approvals);
  const lost: Lost[] = [];
  for (const person of deciders) {
    try {
      await (approvers.length === 0 ? refuseUnlessApprover : refuseUnlessDecider)(desk, person, request);
    } catch (error) {
      if (!isRefusal(error, 'forbidden')) throw error;
      lost.push({ person, why: error.message });
    }
  }
  const missing = needed - (deciders.length - lost.length);
  if (lost.length > 0 && missing > 0) throw new GovernanceError('forbidden', noLonger(request, lost, missing));
};

const ended = async (desk: Desk, request: ExemptionRequest): Promise<End> => {
  const reason = await brokenOff(desk, request.reference);
  if (reason !== undefined) return takenBack(desk, request, reason);
  try {
    await refuseUnlessStillApproved(desk, request);
    return await written(desk, request);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return takenBack(desk, request, error.message);
  }
};

/**
 * Writes the exemptions of an approved request: all or none, or as many as possible with best effort. A job runs it, possibly several
 * times: the process may die, and Azure may not answer, at any point. Therefore every step is recorded before it is taken, with a snapshot
 * of what was there (write-exemptions.ts), and exemption ids are derived, so that a second run continues where the first ended. A refusal
 * by Azure undoes the written part (undo-writing.ts) and ends in `failed`, with best effort in `partly-applied`, or in `lapsed` if nothing
 * is left to exempt (end-as-gone.ts). Without an answer it throws, and the job runs again.
 */
export const applyRequest = async (given: Desk, reference: string): Promise<void> => {
  const desk = afresh(given);
  const before = await requestNamed(desk, reference);
  if (before.status !== 'approved' || before.decision === undefined) return;
  const { isWritten, ...found } = await ended(desk, before);
  const end = await endAsGone(desk, before, found);
  await desk.database.transaction(async (store) => {
    if (isWritten) refuseIfRevoked(await replacedOf(store, before));
    await recordChange(store, desk.now(), { before, actor: writer, jobs: ['sweep-exemptions'], ...end });
    await store.writeSteps.clear(reference);
  });
};
