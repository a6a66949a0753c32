import { deleteExemptions } from '../../core/access/access.ts';
import { GovernanceError } from '../../core/governance-error.ts';
import { samePerson, type Person } from '../../core/person.ts';
import { heldIds } from '../../core/request/exemption-claims.ts';
import { isInForce, type ExemptionRequest } from '../../core/request/request.ts';
import { requestNamed } from '../record/change-request.ts';
import type { DecisionInput } from './decide-request.ts';
import type { Desk } from '../desk.ts';
import { refuseUnlessHeld } from '../rights/refuse-unless-held.ts';
import { recordingRefusal } from '../record/record-refusal.ts';
import { laterHolders } from '../record/settle-claims.ts';
import { revoke } from '../write/revoke-request.ts';

/** The requester may always give up the exemption. Anybody else must be able to delete every one of its exemptions in Azure, read live. */
const refuseUnlessRevoker = async (desk: Desk, person: Person, request: ExemptionRequest): Promise<void> => {
  const { requester, reference, targets } = request;
  if (samePerson(requester, person)) return;
  const needs = targets.map(({ scope }) => ({ action: deleteExemptions, scope }));
  await refuseUnlessHeld(desk, person, needs, `revoke ${reference}`);
};

/** What stands in Azure for a later request alone is not taken out by revoking the earlier one. */
const refuseIfTakenOver = async (desk: Desk, request: ExemptionRequest): Promise<void> => {
  if (!isInForce(request) || heldIds(request).length > 0) return;
  const [later] = await laterHolders(desk.database, desk.now(), request);
  if (later === undefined) return;
  throw new GovernanceError(
    'conflict',
    `Nothing of ${request.reference} is in Azure any more: its exemptions belong to ${later} now. To remove them, send: revoke ${later} <reason>`,
  );
};

/**
 * Takes the exemptions of a request out of Azure before their expiry, for a reason. The version of the card is not checked, because
 * revoking is the safe direction. Throws GovernanceError forbidden, invalid without a reason, or conflict if nothing of it is in Azure.
 */
export const revokeEarly = async (
  desk: Desk,
  person: Person,
  { reference, words, here }: Pick<DecisionInput, 'reference' | 'words' | 'here'>,
): Promise<ExemptionRequest> => {
  const reason = words.trim();
  if (reason === '') throw new GovernanceError('invalid', `A reason is required: revoke ${reference} <reason>`);
  const before = await requestNamed(desk, reference);
  await recordingRefusal(desk, person, 'revoke', { request: before, here }, () =>
    refuseUnlessRevoker(desk, person, before),
  );
  await refuseIfTakenOver(desk, before);
  return revoke(desk, before, person, reason);
};
