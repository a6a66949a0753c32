import { sameId } from '../../core/tenant/arm-id.ts';
import { GovernanceError, isRefusal } from '../../core/governance-error.ts';
import { asPerson, type Actor, type Person } from '../../core/person.ts';
import { claimKey } from '../../core/request/exemption-claims.ts';
import { moved, type ExemptionRequest } from '../../core/request/request.ts';
import { everySomeSeconds } from '../record/tell-progress.ts';
import { changeRequest, recordChange, requestNamed, type Change } from '../record/change-request.ts';
import type { Desk } from '../desk.ts';
import { laterHolders } from '../record/settle-claims.ts';

const remover: Actor = { kind: 'job', name: 'revoke-request' };

/**
 * Decides that the exemptions of a request leave Azure before their expiry; the job takes them out. `by` undefined: an emergency that
 * nobody approved in time.
 */
export const revoke = (
  desk: Desk,
  before: ExemptionRequest,
  by: Person | undefined,
  reason: string,
  facts: NonNullable<Change['facts']> = {},
): Promise<ExemptionRequest> => {
  const revocation = { by, at: desk.now(), reason };
  const after = moved(before, 'revoking', desk.timeZone, { revocation, emergency: undefined, failure: undefined });
  const actor = by === undefined ? remover : asPerson(by);
  return changeRequest(desk, {
    before,
    after,
    actor,
    event: 'revoking',
    text: reason,
    facts,
    jobs: ['revoke-request'],
  });
};

/** A later request may be writing there right now; whoever comes after it refuses to write while this one is being removed. */
const refuseWhileWritten = async (desk: Desk, reference: string, exemptionId: string): Promise<void> => {
  const { claims, requests } = desk.database;
  const references = (await claims.of([claimKey(exemptionId)], desk.now()))
    .filter(({ by, slot }) => slot === 'successor' && by !== reference)
    .map(({ by }) => by);
  const writing = references.length === 0 ? [] : await requests.list({ references, statuses: ['approved'] });
  for (const other of writing)
    throw new GovernanceError(
      'unavailable',
      `${other.reference} is being written to Azure at the same place. ${reference} is removed after that.`,
    );
};

/** Deletes one exemption if it still belongs to this request; one that somebody put in its place stays. */
const removeOne = async (desk: Desk, { reference }: ExemptionRequest, exemptionId: string): Promise<void> => {
  await refuseWhileWritten(desk, reference, exemptionId);
  const found = await desk.exemptions.read(exemptionId);
  if (found !== undefined && found.requestReference !== reference) return;
  if (found !== undefined) await desk.exemptions.remove(exemptionId);
  await desk.database.transaction(async (store) => {
    await store.ledger.append({
      at: desk.now(),
      actor: remover,
      reference,
      event: 'exemption-removed',
      from: undefined,
      to: undefined,
      text: '',
      facts: { exemption: exemptionId },
    });
    await store.written.erase([exemptionId], desk.now());
  });
};

/** The targets that are not yet recorded as removed. */
const left = async (desk: Desk, { reference, targets }: ExemptionRequest): Promise<string[]> => {
  const history = await desk.database.ledger.history(reference);
  const removed = history.flatMap(({ event, facts }) => (event === 'exemption-removed' ? (facts.exemption ?? []) : []));
  return targets.map(({ exemptionId }) => exemptionId).filter((id) => !removed.some((each) => sameId(each, id)));
};

/** Why Azure refused to delete an exemption, as a sentence; undefined if all are deleted. Throws if Azure does not answer, and the job runs again. */
const removeAll = async (desk: Desk, request: ExemptionRequest): Promise<string | undefined> => {
  let refusal: string | undefined;
  const { reference } = request;
  const progress = everySomeSeconds(desk, () => desk.database.jobs.send('publish-request', { reference }));
  for (const exemptionId of await left(desk, request)) {
    try {
      await removeOne(desk, request, exemptionId);
      await progress();
    } catch (error) {
      if (!isRefusal(error)) throw error;
      refusal ??= error.message;
    }
  }
  return refusal;
};

/**
 * Takes the exemptions of a revoked request out of Azure. Safe to repeat. If Azure refuses, the request says why and stays `revoking`, and
 * the tick tries again: a request with the status revoked must be gone from Azure.
 */
export const revokeRequest = async (desk: Desk, reference: string): Promise<void> => {
  const before = await requestNamed(desk, reference);
  if (before.status !== 'revoking') return;
  const failure = await removeAll(desk, before);
  if (failure !== undefined && failure === before.failure) return;
  const after =
    failure === undefined
      ? moved(before, 'revoked', desk.timeZone, { failure })
      : { ...before, version: before.version + 1, failure };
  const event = failure === undefined ? 'revoked' : 'not-removed';
  await desk.database.transaction(async (store) => {
    const keptBy = await laterHolders(store, desk.now(), before);
    const facts = keptBy.length === 0 || failure !== undefined ? {} : { keptBy: keptBy.join(' and ') };
    await recordChange(store, desk.now(), { before, after, actor: remover, event, facts, jobs: ['sweep-exemptions'] });
  });
};
