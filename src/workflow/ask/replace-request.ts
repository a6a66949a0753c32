import { addDays, dayIn, daysBetween } from '../../core/calendar.ts';
import { GovernanceError } from '../../core/governance-error.ts';
import { widestLimits } from '../../core/governance/widest-limits.ts';
import { queryScopes } from '../../core/tenant/scope-sets.ts';
import { scopeKind } from '../../core/tenant/arm-id.ts';
import type { Person } from '../../core/person.ts';
import { untilDay } from '../../core/request/exempt-words.ts';
import { firstLasted } from '../../core/request/renewal.ts';
import type { ExemptionRequest } from '../../core/request/request.ts';
import { expiryChoices, type Form } from '../../core/request/terms.ts';
import { formOf } from './change-terms.ts';
import type { Desk } from '../desk.ts';
import { startDraft, type OpenDraft } from './draft-request.ts';
import type { Offer } from './offer-choices.ts';
import { refuseUnlessReplaceable } from './find-replaced.ts';
import { requestInSight } from '../tell/view-request.ts';

/** The scopes that the request still covers; a deleted resource needs no renewal. */
const scopesLeft = async (desk: Desk, { terms }: ExemptionRequest): Promise<string[]> => {
  const where = queryScopes(terms.scopes, await desk.hierarchy());
  const known = await desk.recommendations.assessments(terms.recommendation.key, where);
  const isKnown = (scope: string) => known.some(({ resourceId }) => resourceId.toLowerCase() === scope.toLowerCase());
  return terms.scopes.filter((scope) => scopeKind(scope) !== 'resource' || isKnown(scope));
};

/** A renewal covers everything that the request covers and that still exists; somebody who cannot see a part of it leaves it to somebody else. */
const refuseUnlessSeesAll = (
  request: ExemptionRequest,
  left: readonly string[],
  { resources, scopes }: Offer,
): void => {
  const seen = [...resources, ...scopes].map(({ id }) => id.toLowerCase());
  if (left.length > 0 && left.every((scope) => seen.includes(scope.toLowerCase()))) return;
  throw new GovernanceError(
    'conflict',
    left.length === 0
      ? `Nothing that ${request.reference} covers exists any more.`
      : `You cannot see everything that ${request.reference} covers, so somebody who can must request it.`,
  );
};

/**
 * As long again as what is in force was asked for, as far as the rules may allow it. Where only its text was changed on the way, that would end
 * no later than today's end; then as long as the first exemption was to last.
 */
const putOff = (desk: Desk, request: ExemptionRequest): Pick<Form, 'expiry' | 'expiryDate'> => {
  const { expiresAt, category } = request.terms;
  const { maxDays, neverExpires } = widestLimits(desk.governance);
  if (expiresAt === undefined && neverExpires) return { expiry: 'never', expiryDate: '' };
  const today = dayIn(desk.now(), desk.timeZone);
  const first = firstLasted(request, desk.timeZone);
  const most = Math.max(1, Math.min(first === 'for ever' ? Infinity : first, maxDays[category]));
  const lasts = expiresAt === undefined ? most : daysBetween(request.createdAt, expiresAt, desk.timeZone);
  const again = Math.min(Math.max(1, lasts), most);
  const isLater = expiresAt === undefined || addDays(today, again) > dayIn(expiresAt, desk.timeZone);
  const days = isLater ? again : most;
  const isChoice = expiryChoices.some((choice) => choice === days);
  return isChoice ? { expiry: String(days), expiryDate: '' } : { expiry: 'date', expiryDate: addDays(today, days) };
};

/**
 * Opens the form of a request that will replace one in force: with a later expiry to renew it, or with the same to change its text or
 * category. `lastDay` is the expiry that was asked for, as `2026-12-31`. It is a new request by this person; until it is written, the one in force stays as it is.
 */
export const startReplacement = async (
  desk: Desk,
  person: Person,
  reference: string,
  deed: 'renew' | 'change',
  lastDay?: string,
): Promise<OpenDraft> => {
  const { request } = await requestInSight(desk, { person, channelId: undefined }, reference);
  refuseUnlessReplaceable(desk, request);
  const form = formOf(request.terms, desk.timeZone);
  const isOver = request.status === 'expired';
  const given =
    deed === 'renew' || isOver
      ? { ...form, ...(lastDay === undefined ? putOff(desk, request) : untilDay(lastDay)) }
      : form;
  const looking = scopesLeft(desk, request);
  // A failure counts only if the form could be opened.
  looking.catch(() => undefined);
  const open = await startDraft(desk, person, request.terms.recommendation.key, given, {
    replaces: { reference: request.reference, deed },
    only: request.terms.scopes,
    origin: request.origin,
  });
  refuseUnlessSeesAll(request, await looking, open.offer);
  return open;
};
