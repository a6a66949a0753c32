import { sameId } from '../../core/tenant/arm-id.ts';
import { isRefusal } from '../../core/governance-error.ts';
import { asPerson, type Actor, type Person } from '../../core/person.ts';
import { moved, type ExemptionRequest } from '../../core/request/request.ts';
import { changeRequest, recordChange, requestNamed, type Change } from '../record/change-request.ts';
import type { Desk } from '../desk.ts';

const remover: Actor = { kind: 'job', name: 'revoke-request' };

/** Decides that a request's exemptions leave Azure before their end; the job takes them out. `by` undefined: the bot itself, because time was up. */
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

/** Takes one exemption out, if it is still this request's: what somebody put in its place is theirs. */
const removeOne = async (desk: Desk, { reference }: ExemptionRequest, exemptionId: string): Promise<void> => {
  const found = await desk.exemptions.read(exemptionId);
  if (found !== undefined && found.requestReference !== reference) return;
  if (found !== undefined) await desk.exemptions.remove(exemptionId);
  await desk.database.ledger.append({
    at: desk.now(),
    actor: remover,
    reference,
    event: 'exemption-removed',
    from: undefined,
    to: undefined,
    text: '',
    facts: { exemption: exemptionId },
  });
};

/** The targets that are not yet on record as removed. */
const left = async (desk: Desk, { reference, targets }: ExemptionRequest): Promise<string[]> => {
  const history = await desk.database.ledger.history(reference);
  const removed = history.flatMap(({ event, facts }) => (event === 'exemption-removed' ? (facts.exemption ?? []) : []));
  return targets.map(({ exemptionId }) => exemptionId).filter((id) => !removed.some((each) => sameId(each, id)));
};

/** Why Azure kept an exemption, as a sentence; undefined where it let go of all. No answer throws, and the job comes again. */
const removeAll = async (desk: Desk, request: ExemptionRequest): Promise<string | undefined> => {
  let refusal: string | undefined;
  for (const exemptionId of await left(desk, request)) {
    try {
      await removeOne(desk, request, exemptionId);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      refusal ??= error.message;
    }
  }
  return refusal;
};

/**
 * Takes the exemptions of a revoked request out of Azure. Safe to repeat. Where Azure refuses, the request says why and stays `revoking`: the tick tries
 * again, for a request that is called revoked must be gone.
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
  await desk.database.transaction((store) =>
    recordChange(store, desk.now(), { before, after, actor: remover, event, jobs: ['sweep-exemptions'] }),
  );
};
