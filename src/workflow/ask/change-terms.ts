import { scopeKind } from '../../core/tenant/arm-id.ts';
import { dayIn } from '../../core/calendar.ts';
import { GovernanceError } from '../../core/governance-error.ts';
import { evidenceKey, type GivenReason, type ReasonTyped } from '../../core/governance/reasons.ts';
import type { Person } from '../../core/person.ts';
import { refuseUnlessRequester, standing, type ExemptionRequest } from '../../core/request/request.ts';
import type { Form, Terms } from '../../core/request/terms.ts';
import { refuseStale, requestNamed } from '../record/change-request.ts';
import type { Desk } from '../desk.ts';
import { startDraft, type OpenDraft } from './draft-request.ts';
import { recordingRefusal } from '../record/record-refusal.ts';

const reasonTyped = (reason: GivenReason): ReasonTyped => ({
  reason: reason.id,
  evidence: Object.fromEntries(reason.evidence.map((field) => [evidenceKey(reason, field), field.text])),
});

/** The form as it would have been filled in for these terms. */
export const formOf = (terms: Terms, timeZone: string): Form => {
  const [first = ''] = terms.scopes;
  const ofResources = terms.scopes.length > 1 || scopeKind(first) === 'resource';
  return {
    scope: ofResources ? 'resources' : first,
    resources: ofResources ? terms.scopes : [],
    name: terms.name,
    category: terms.category,
    expiry: terms.expiresAt === undefined ? 'never' : 'date',
    expiryDate: terms.expiresAt === undefined ? '' : dayIn(terms.expiresAt, timeZone),
    justification: terms.justification === terms.reason?.text ? '' : terms.justification,
    ticket: terms.ticket,
    ...(terms.reason === undefined ? {} : reasonTyped(terms.reason)),
  };
};

/** The person's own waiting request; throws GovernanceError conflict with the reason otherwise. */
export const ownWaitingRequest = async (
  desk: Desk,
  person: Person,
  reference: string,
  version: number | undefined,
  here?: string,
): Promise<ExemptionRequest> => {
  const request = await requestNamed(desk, reference);
  await recordingRefusal(desk, person, 'change', { request, here }, async () => {
    refuseUnlessRequester(request, person, 'change');
  });
  if (request.status !== 'pending') {
    const where = standing(request, desk.timeZone);
    throw new GovernanceError('conflict', `${request.reference} can no longer be changed, because it is ${where}.`);
  }
  refuseStale(request, version);
  return request;
};

/** Opens the form of one's own waiting request, filled in with its terms. Nothing changes until it is sent. */
export const changeTerms = async (
  desk: Desk,
  person: Person,
  reference: string,
  version: number | undefined,
  here?: string,
): Promise<OpenDraft> => {
  const request = await ownWaitingRequest(desk, person, reference, version, here);
  const { terms, termsVersion } = request;
  return startDraft(desk, person, terms.recommendation.key, formOf(terms, desk.timeZone), {
    amends: { reference: request.reference, termsVersion },
    only: request.renewal === undefined ? undefined : terms.scopes,
  });
};
