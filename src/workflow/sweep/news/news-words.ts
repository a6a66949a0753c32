import type { DeletedHere } from '../../../core/inventory/cleanup.ts';
import type { Alert } from '../../../core/alert/alert.ts';
import { alertWords } from '../../../core/alert/alert-words.ts';
import { outcomeWords, type OutcomeWords } from '../../../core/alert/outcome-words.ts';
import { formatInstant } from '../../../core/calendar.ts';
import type { ExemptionChange } from '../../../core/inventory/exemption-changes.ts';
import type { Target } from '../../../core/plan/exemption-plan.ts';
import { approverNames, type ExemptionRequest } from '../../../core/request/request.ts';
import { emergencyHours } from '../../../core/request/waiting.ts';
import { placesOf, type AlertContext, type AlertWords } from '../../alert/alert-texts.ts';
import type { Continued } from '../judge-found.ts';
import { changeSentence, isBeyondApproval, isStretched } from './change-words.ts';

// Several people, or a script over minutes; more would push out what was changed.
const mostNamed = 3;

/** What somebody changed outside Exemption Desk; the title says if it lasts longer. */
export const changedWords = (
  changes: readonly ExemptionChange[],
  by: readonly string[],
  context: AlertContext,
): AlertWords => ({
  ...(isBeyondApproval(changes)
    ? alertWords.extendedBeyondApproval
    : isStretched(changes)
      ? alertWords.extended
      : alertWords.changed),
  rows: [
    ...new Set([
      ...changes.map((change) => changeSentence(change, context.timeZone)),
      ...[...new Set(by)].slice(0, mostNamed).map((each) => `Changed ${each}.`),
    ]),
  ],
  words: '',
  outcome: outcomeWords.changed(
    changes.map((change) => changeSentence(change, context.timeZone)).join(' '),
    by[0],
    context,
  ),
});

/** The words of an alert whose meaning does not depend on the exemption. */
export const plainWords = (
  {
    sentence,
    ...words
  }: (typeof alertWords)['deleted' | 'goneWithScope' | 'orphaned' | 'unneeded' | 'neededAgain' | 'cleaned'],
  outcome?: OutcomeWords,
): AlertWords => ({
  ...words,
  rows: [sentence],
  ...(outcome === undefined ? {} : { outcome }),
});

/** What Exemption Desk itself took out before its expiry, and who revoked it. */
export const revokedWords = (context: AlertContext): AlertWords => {
  const { request, timeZone } = context;
  const { by, at, reason } = request?.revocation ?? {};
  const who =
    by === undefined ? [] : [`Revoked by ${by.name}${at === undefined ? '' : ` on ${formatInstant(at, timeZone)}`}.`];
  return {
    ...alertWords.revoked,
    rows: [...who, ...(reason === undefined || reason === '' ? [] : [by === undefined ? reason : `“${reason}”`])],
    ...(request === undefined ? {} : { outcome: outcomeWords.revoked(request, context) }),
  };
};

/** What was made outside and revoked here, by whom and why. */
export const revokedOutsideWords = (here: DeletedHere | undefined, { timeZone }: AlertContext): AlertWords => {
  const { revocation, by, at } = here ?? {};
  return {
    ...alertWords.revoked,
    rows: revocation === undefined ? [] : [`Revoked by ${revocation.byName}.`, `“${revocation.reason}”`],
    ...(by === undefined || at === undefined ? {} : { outcome: outcomeWords.revokedOutside(by, at, timeZone) }),
  };
};

/** What somebody ordered to be cleaned up. */
export const cleanedWords = (here: DeletedHere | undefined, { timeZone }: AlertContext): AlertWords =>
  plainWords(alertWords.cleaned, here === undefined ? undefined : outcomeWords.cleaned(here.by, here.at, timeZone));

/** An emergency that nobody approved is over, whoever was first: Azure or the job that takes it out. */
export const takenOutWords = (context: AlertContext): AlertWords => ({
  ...alertWords.takenOut,
  rows: [context.request?.revocation?.reason ?? `Nobody approved it within ${emergencyHours} hours.`],
  outcome: outcomeWords.takenOut({ revocation: context.request?.revocation }, context),
});

const continuedOutcome = (how: Continued['how'], request: ExemptionRequest, context: AlertContext): OutcomeWords =>
  how === 'approved'
    ? outcomeWords.approved(request.approvals.at(-1)?.by, {
        ...context,
        at: request.approvals.at(-1)?.at ?? context.at,
      })
    : outcomeWords[how](request, context);

/** How the exemptions of a unit go on, under another request or another expiry. */
export const continuedWords = (
  how: Continued['how'],
  before: string | undefined,
  context: AlertContext,
): AlertWords => {
  const { request } = context;
  const by = request?.reference ?? '';
  const outcome = request && { outcome: continuedOutcome(how, request, context) };
  return { ...howWords(how, by, before, request), ...outcome };
};

const howWords = (
  how: Continued['how'],
  by: string,
  before: string | undefined,
  request: ExemptionRequest | undefined,
): AlertWords => {
  switch (how) {
    case 'renewed':
      return { ...alertWords.renewed, rows: [`${by} takes the place of ${before ?? 'an earlier request'}.`] };
    case 'replaced':
      return { ...alertWords.replaced, rows: [`${by} takes the place of ${before ?? 'an earlier request'}.`] };
    case 'adopted':
      return { ...alertWords.adopted, rows: [`${request?.requester.name ?? 'Somebody'} adopted it with ${by}.`] };
    case 'approved':
      return { ...alertWords.ratified, rows: [] };
  }
};

const aboutGap = (
  { terms, reference, requester, ...request }: ExemptionRequest,
  scopes: readonly string[],
  assignments: { readonly label: string; readonly text: string },
  { hierarchy }: Omit<AlertContext, 'at'>,
): Pick<Alert, 'severity' | 'facts' | 'words' | 'reason' | 'reference' | 'exemptionId' | 'recommendations'> => ({
  severity: terms.recommendation.severity,
  recommendations: [terms.recommendation.key.toLowerCase()],
  facts: [
    { label: 'Recommendation', text: terms.recommendation.title },
    { label: 'Scope', text: placesOf(scopes, hierarchy) },
    assignments,
    { label: 'Requested by', text: `${requester.name}, approved by ${approverNames(request)}` },
    { label: 'Request', text: reference },
  ],
  words: terms.justification,
  ...(terms.reason && { reason: terms.reason }),
  reference,
  exemptionId: undefined,
});

/** A policy assignment brings back a recommendation that a request exempted. */
export const gapAlert = (
  request: ExemptionRequest,
  targets: readonly Target[],
  context: Omit<AlertContext, 'at'>,
): Alert => {
  const names = [...new Set(targets.map(({ assignmentName }) => assignmentName))].join(', ');
  const scopes = targets.map(({ scope }) => scope);
  const { sentence, ...words } = alertWords.gap;
  return { ...words, rows: [sentence], ...aboutGap(request, scopes, { label: 'Not covered', text: names }, context) };
};

/** A policy assignment no longer brings it back. */
export const closedGapAlert = (
  request: ExemptionRequest,
  assignmentName: string,
  context: Omit<AlertContext, 'at'>,
): Alert => {
  const { sentence, ...words } = alertWords.gapClosed;
  const assignment = { label: 'Policy assignment', text: assignmentName };
  return { ...words, rows: [sentence], ...aboutGap(request, request.terms.scopes, assignment, context) };
};
