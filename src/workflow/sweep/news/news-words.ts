import type { OutsideRevocation } from '../../../core/inventory/cleanup.ts';
import type { Alert } from '../../../core/alert/alert.ts';
import { alertWords } from '../../../core/alert/alert-words.ts';
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
  { timeZone }: AlertContext,
): AlertWords => ({
  ...(isBeyondApproval(changes)
    ? alertWords.extendedBeyondApproval
    : isStretched(changes)
      ? alertWords.extended
      : alertWords.changed),
  rows: [
    ...new Set([
      ...changes.map((change) => changeSentence(change, timeZone)),
      ...[...new Set(by)].slice(0, mostNamed).map((each) => `Changed ${each}.`),
    ]),
  ],
  words: '',
});

/** The words of an alert whose meaning does not depend on the exemption. */
export const plainWords = ({
  sentence,
  ...words
}: (typeof alertWords)[
  'deleted' | 'goneWithScope' | 'orphaned' | 'unneeded' | 'neededAgain' | 'cleaned']): AlertWords => ({
  ...words,
  rows: [sentence],
});

/** What Exemption Desk itself took out before its expiry, and who revoked it. */
export const revokedWords = ({ request, timeZone }: AlertContext): AlertWords => {
  const { by, at, reason } = request?.revocation ?? {};
  const who =
    by === undefined ? [] : [`Revoked by ${by.name}${at === undefined ? '' : ` on ${formatInstant(at, timeZone)}`}.`];
  return {
    ...alertWords.revoked,
    rows: [...who, ...(reason === undefined || reason === '' ? [] : [by === undefined ? reason : `“${reason}”`])],
  };
};

/** What was made outside and revoked here, by whom and why. */
export const revokedOutsideWords = (revocation: OutsideRevocation | undefined): AlertWords => ({
  ...alertWords.revoked,
  rows: revocation === undefined ? [] : [`Revoked by ${revocation.byName}.`, `“${revocation.reason}”`],
});

/** An emergency that nobody approved is over, whoever was first: Azure or the job that takes it out. */
export const takenOutWords = ({ request }: AlertContext): AlertWords => ({
  ...alertWords.takenOut,
  rows: [request?.revocation?.reason ?? `Nobody approved it within ${emergencyHours} hours.`],
});

/** How the exemptions of a unit go on, under another request or another expiry. */
export const continuedWords = (
  how: Continued['how'],
  before: string | undefined,
  { request }: AlertContext,
): AlertWords => {
  const by = request?.reference ?? '';
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
  { hierarchy }: AlertContext,
): Pick<Alert, 'severity' | 'facts' | 'words' | 'reference' | 'exemptionId'> => ({
  severity: terms.recommendation.severity,
  facts: [
    { label: 'Recommendation', text: terms.recommendation.title },
    { label: 'Scope', text: placesOf(scopes, hierarchy) },
    assignments,
    { label: 'Requested by', text: `${requester.name}, approved by ${approverNames(request)}` },
    { label: 'Request', text: reference },
  ],
  words: terms.justification,
  reference,
  exemptionId: undefined,
});

/** A policy assignment brings back a recommendation that a request exempted. */
export const gapAlert = (request: ExemptionRequest, targets: readonly Target[], context: AlertContext): Alert => {
  const names = [...new Set(targets.map(({ assignmentName }) => assignmentName))].join(', ');
  const scopes = targets.map(({ scope }) => scope);
  const { sentence, ...words } = alertWords.gap;
  return { ...words, rows: [sentence], ...aboutGap(request, scopes, { label: 'Not covered', text: names }, context) };
};

/** A policy assignment no longer brings it back. */
export const closedGapAlert = (request: ExemptionRequest, assignmentName: string, context: AlertContext): Alert => {
  const { sentence, ...words } = alertWords.gapClosed;
  const assignment = { label: 'Policy assignment', text: assignmentName };
  return { ...words, rows: [sentence], ...aboutGap(request, request.terms.scopes, assignment, context) };
};
