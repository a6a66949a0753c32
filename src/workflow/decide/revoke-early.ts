import { deleteExemptions } from '../../core/access/access.ts';
import { GovernanceError } from '../../core/governance-error.ts';
import { samePerson, type Person } from '../../core/person.ts';
import type { ExemptionRequest } from '../../core/request/request.ts';
import { requestNamed } from '../record/change-request.ts';
import type { DecisionInput } from './decide-request.ts';
import type { Desk } from '../desk.ts';
import { refuseUnlessHeld } from '../rights/refuse-unless-held.ts';
import { recordingRefusal } from '../record/record-refusal.ts';
import { revoke } from '../write/revoke-request.ts';

/** Whoever asked for it may do without it; anybody else has to be able to delete every one of its exemptions in Azure, asked live. */
const refuseUnlessRevoker = async (desk: Desk, person: Person, request: ExemptionRequest): Promise<void> => {
  const { requester, reference, targets } = request;
  if (samePerson(requester, person)) return;
  const needs = targets.map(({ scope }) => ({ action: deleteExemptions, scope }));
  await refuseUnlessHeld(desk, person, needs, `revoke ${reference}`);
};

/**
 * Takes the exemptions of a request out of Azure before their end, for a reason. Whatever its card showed: it is the safe direction. Forbidden,
 * invalid without a reason, or conflict where nothing of it is in Azure.
 */
export const revokeEarly = async (
  desk: Desk,
  person: Person,
  { reference, words }: Pick<DecisionInput, 'reference' | 'words'>,
): Promise<ExemptionRequest> => {
  const reason = words.trim();
  if (reason === '') throw new GovernanceError('invalid', `A reason is required: revoke ${reference} <reason>`);
  const before = await requestNamed(desk, reference);
  await recordingRefusal(desk, person, 'revoke', { request: before, typed: true }, () =>
    refuseUnlessRevoker(desk, person, before),
  );
  return revoke(desk, before, person, reason);
};
