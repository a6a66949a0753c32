import { GovernanceError, isRefusal } from '../../core/governance-error.ts';
import type { Person } from '../../core/person.ts';
import { isInForce, moved, type ExemptionRequest } from '../../core/request/request.ts';
import type { Store } from '../../core/desk/store.ts';
import { afresh } from '../afresh.ts';
import { recordChange, requestNamed, type Change } from '../record/change-request.ts';
import type { Desk } from '../desk.ts';
import { refuseUnlessApprover, refuseUnlessDecider } from '../rights/may-decide.ts';
import { writer } from '../record/record-step.ts';
import { recheckTargets } from '../plan/recheck-targets.ts';
import { undoWriting } from './undo-writing.ts';
import { writeExemptions } from './write-exemptions.ts';

/** How the writing of a request ended. */
type End = Pick<Change, 'after' | 'event' | 'facts'>;

/** If something of an earlier run is still in Azure, the request is written in part, so that somebody can continue or revoke it. */
const failed = (desk: Desk, request: ExemptionRequest, failure: string, appliedAt = request.appliedAt): End => {
  const to = appliedAt === undefined ? 'failed' : 'partly-applied';
  return { after: moved(request, to, desk.timeZone, { failure, appliedAt }), event: to };
};

const replacedOf = async (desk: Desk, { renewal }: ExemptionRequest): Promise<ExemptionRequest | undefined> =>
  renewal === undefined ? undefined : requestNamed(desk, renewal.of);

/** Takes back what was written, then fails with the reason; names what could not be taken back. */
const takenBack = async (desk: Desk, request: ExemptionRequest, reason: string): Promise<End> => {
  const isRevoked = (await replacedOf(desk, request))?.revocation !== undefined;
  const steps = await desk.database.writeSteps.of(request.reference);
  // Exemptions of a revoked request must not come back: its own job skipped them while they belonged to this one.
  const left = await undoWriting(
    desk,
    isRevoked ? steps.map((each) => ({ ...each, before: undefined })) : steps,
    reason,
  );
  if (left.length === 0) return failed(desk, request, reason);
  const sentence = `${reason} What was written before could not be taken back: ${left.join(', ')}.`;
  return { ...failed(desk, request, sentence, desk.now()), facts: { left: left.join(' ') } };
};

/** Why an earlier run began to take back what was written; undefined if none did. This run must continue that. */
const brokenOff = async (desk: Desk, reference: string): Promise<string | undefined> => {
  const steps = await desk.database.writeSteps.of(reference);
  const goesOn = desk.partialRights === 'best-effort' && !steps.some((step) => step.state === 'undone');
  return goesOn ? undefined : steps.find((step) => step.refusal !== undefined)?.refusal;
};

/** An exemption that was revoked meanwhile must not come back through an earlier request to renew it. */
const refuseIfRevoked = (replaced: ExemptionRequest | undefined): void => {
  if (replaced?.revocation !== undefined)
    throw new GovernanceError('conflict', `${replaced.reference} has been removed from Azure. Send a new request.`);
};

/**
 * Ends the request whose exemptions now belong to a later one; an expired one stays expired. Throws GovernanceError conflict if it was
 * revoked meanwhile.
 */
const retireReplaced = async (desk: Desk, store: Store, { reference, renewal }: ExemptionRequest): Promise<void> => {
  const before = renewal === undefined ? undefined : await store.requests.find(renewal.of);
  refuseIfRevoked(before);
  if (before === undefined || !isInForce(before)) return;
  const after = moved(before, 'replaced', desk.timeZone);
  await recordChange(store, desk.now(), { before, after, actor: writer, event: 'replaced', facts: { by: reference } });
};

const written = async (desk: Desk, request: ExemptionRequest): Promise<End> => {
  refuseIfRevoked(await replacedOf(desk, request));
  const { targets, obsolete, notCovered } = await recheckTargets(desk, request);
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
    ...(notCovered.length === 0 ? {} : { notCovered: notCovered.join(', ') }),
  };
  const appliedAt = desk.now();
  if (first !== undefined) {
    const failure = [...new Set(refusals)].join(' ');
    const after = moved(request, 'partly-applied', desk.timeZone, { appliedAt, failure });
    return { after, event: 'partly-applied', facts };
  }
  const after = moved(request, 'applied', desk.timeZone, { appliedAt, failure: undefined, targets: done });
  return { after, event: 'applied', facts };
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
 * by Azure undoes the written part (undo-writing.ts) and ends in `failed`, or with best effort in `partly-applied`. Without an answer it
 * throws, and the job runs again.
 */
export const applyRequest = async (given: Desk, reference: string): Promise<void> => {
  const desk = afresh(given);
  const before = await requestNamed(desk, reference);
  if (before.status !== 'approved' || before.decision === undefined) return;
  const end = await ended(desk, before);
  await desk.database.transaction(async (store) => {
    await recordChange(store, desk.now(), { before, actor: writer, jobs: ['sweep-exemptions'], ...end });
    if (end.after.status === 'applied') await retireReplaced(desk, store, end.after);
    await store.writeSteps.clear(reference);
  });
};
