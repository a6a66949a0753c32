import { noRequestToSee } from '../../core/request/kept-requests.ts';
import { GovernanceError } from '../../core/governance-error.ts';
import type { Jobs } from '../../core/desk/job-queue.ts';
import type { Actor } from '../../core/person.ts';
import { recordOf } from '../../core/ledger/request-record.ts';
import { awaitsApproval, type ExemptionRequest } from '../../core/request/request.ts';
import type { Store } from '../../core/desk/store.ts';
import type { Desk } from '../desk.ts';
import { settleClaims, takenOver, type Takeover } from './settle-claims.ts';

export type Change = {
  readonly before: ExemptionRequest;
  readonly after: ExemptionRequest;
  readonly actor: Actor;
  readonly event: string;
  readonly text?: string;
  readonly facts?: Readonly<Record<string, string>>;
  /** Jobs to start in addition to publishing the cards. */
  readonly jobs?: readonly (keyof Pick<Jobs, 'apply-request' | 'revoke-request' | 'sweep-exemptions'>)[];
};

const save = async (store: Store, { reference }: ExemptionRequest, after: ExemptionRequest): Promise<void> => {
  if (await store.requests.replace(after)) return;
  throw new GovernanceError(
    'conflict',
    `Somebody else has just changed ${reference}. To see it now, send: request ${reference}`,
  );
};

const putOnRecord = async (store: Store, at: Date, change: Change): Promise<void> => {
  const { before, after } = change;
  const { text, facts } = recordOf(after, before, change.text);
  await store.ledger.append({
    at,
    actor: change.actor,
    reference: after.reference,
    event: change.event,
    from: before.status,
    to: after.status,
    text,
    facts: { ...change.facts, ...facts },
  });
};

const startJobs = async (store: Store, { after, jobs }: Change): Promise<void> => {
  for (const job of jobs ?? []) {
    await (job === 'sweep-exemptions'
      ? store.jobs.send(job, {})
      : store.jobs.send(job, { reference: after.reference }));
  }
  await store.jobs.send('publish-request', { reference: after.reference });
};

/** A request whose exemptions are written by another ends, or keeps the rest. */
const loss = ({ before, after, ids }: Takeover, { actor, ...change }: Change): Change => ({
  before,
  after,
  actor,
  event: after.status === 'replaced' ? 'replaced' : 'replaced-in-part',
  facts: { by: change.after.reference, ...(after.status === 'replaced' ? {} : { exemptions: ids.join(' ') }) },
});

/**
 * Makes one change in the open transaction: request, claims on exemptions, ledger row and jobs, and the same for requests whose exemptions
 * it takes over. Throws GovernanceError conflict if somebody was faster, or AlreadyClaimed if somebody else asks for the same.
 */
export const recordChange = async (store: Store, at: Date, change: Change): Promise<void> => {
  const losses = (await takenOver(store, at, change)).map((each) => loss(each, change));
  const all = [change, ...losses];
  // Rows are locked in one order, and before the ledger is, so that no two transactions wait for each other.
  for (const { before, after } of all.toSorted((a, b) => (a.after.reference < b.after.reference ? -1 : 1)))
    await save(store, before, after);
  for (const each of all) await putOnRecord(store, at, each);
  await settleClaims(store, at, all);
  for (const each of all) await startJobs(store, each);
};

/** Makes one change in a transaction of its own, or nothing. Throws GovernanceError conflict if somebody was faster. */
export const changeRequest = async (desk: Desk, change: Change): Promise<ExemptionRequest> => {
  await desk.database.transaction((store) => recordChange(store, desk.now(), change));
  return change.after;
};

export const requestNamed = async (desk: Desk, reference: string): Promise<ExemptionRequest> => {
  const request = await desk.database.requests.find(reference);
  if (request === undefined) throw noRequestToSee(reference);
  return request;
};

/**
 * A click belongs to the version of the terms on its card, even if others have approved them since. A typed command has no version and
 * means the current one.
 */
export const refuseStale = (request: ExemptionRequest, version: number | undefined): void => {
  const current = awaitsApproval(request) ? request.termsVersion : request.version;
  if (version !== undefined && version !== current) {
    throw new GovernanceError(
      'conflict',
      `${request.reference} has changed since this card was drawn. To see it now, send: request ${request.reference}`,
    );
  }
};
