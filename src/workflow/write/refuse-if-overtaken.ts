import { GovernanceError } from '../../core/governance-error.ts';
import { claimKey } from '../../core/request/exemption-claims.ts';
import type { ExemptionRequest } from '../../core/request/request.ts';
import type { Store } from '../../core/desk/store.ts';
import type { Desk } from '../desk.ts';
import { whoHas } from '../record/settle-claims.ts';

/** The request that a renewal or a change replaces. */
export const replacedOf = async (
  { requests }: Pick<Store, 'requests'>,
  { renewal }: ExemptionRequest,
): Promise<ExemptionRequest | undefined> => (renewal === undefined ? undefined : requests.find(renewal.of));

const conflict = (sentence: string): GovernanceError => new GovernanceError('conflict', sentence);

/** An exemption that was revoked meanwhile must not come back through an earlier request to renew it. */
export const refuseIfRevoked = (replaced: ExemptionRequest | undefined): void => {
  if (replaced?.revocation !== undefined)
    throw conflict(`${replaced.reference} has been removed from Azure. Send a new request.`);
};

/** One that was written in part may have replaced it itself. */
const refuseIfReplaced = async (desk: Desk, request: ExemptionRequest, replaced: ExemptionRequest | undefined) => {
  if (replaced?.status !== 'replaced' || request.appliedAt !== undefined) return;
  const history = await desk.database.ledger.history(replaced.reference);
  const by = history.findLast(({ event }) => event === 'replaced')?.facts.by;
  throw conflict(
    `${replaced.reference} was replaced by ${by ?? 'another request'} meanwhile. ${by === undefined ? 'Send a new request.' : `To renew what is in force now, send: renew ${by}`}`,
  );
};

const refuseUnlessFree = (request: ExemptionRequest, holder: ExemptionRequest): void => {
  if (holder.status === 'revoking')
    throw conflict(`${holder.reference} is being removed from Azure at the same place. Try again when that has ended.`);
  const isLater = holder.appliedAt !== undefined && holder.appliedAt > request.waitingSince;
  if (isLater && holder.reference !== request.renewal?.of)
    throw conflict(
      `${holder.reference} by ${holder.requester.name} was written there after this was requested. Send a new request.`,
    );
};

/**
 * Throws GovernanceError conflict if a request may no longer be written as it was approved: what it replaces was revoked or replaced
 * meanwhile, somebody else has the claim to write there, or what stands there was written later or is being removed.
 */
export const refuseIfOvertaken = async (desk: Desk, request: ExemptionRequest): Promise<void> => {
  const { claims, requests } = desk.database;
  const replaced = await replacedOf(desk.database, request);
  refuseIfRevoked(replaced);
  await refuseIfReplaced(desk, request, replaced);
  const keys = request.targets.map(({ exemptionId }) => claimKey(exemptionId));
  const others = (await claims.of(keys, desk.now())).filter(({ by }) => by !== request.reference);
  const first = others.find(({ slot }) => slot === 'successor');
  if (first !== undefined) throw conflict(await whoHas(desk.database, first));
  const references = [...new Set(others.map(({ by }) => by))];
  const holders = references.length === 0 ? [] : await requests.list({ references });
  for (const holder of holders) refuseUnlessFree(request, holder);
};
