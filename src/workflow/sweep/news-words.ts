import type { Alert } from '../../core/alert/alert.ts';
import { formatInstant } from '../../core/calendar.ts';
import type { ExemptionChange } from '../../core/inventory/exemption-changes.ts';
import type { Target } from '../../core/plan/exemption-plan.ts';
import { approverNames, type ExemptionRequest } from '../../core/request/request.ts';
import { placesOf, type AlertContext, type AlertWords } from '../alert/alert-texts.ts';
import { changeSentence, isBeyondApproval, isStretched } from './change-words.ts';

/** What somebody changed outside Exemption Desk; the title says if it lasts longer. */
export const changedWords = (changes: readonly ExemptionChange[], { timeZone }: AlertContext): AlertWords => ({
  step: 'changed',
  title: isBeyondApproval(changes)
    ? 'Exemption changed outside Exemption Desk: it lasts longer than was approved'
    : isStretched(changes)
      ? 'Exemption changed outside Exemption Desk: it lasts longer now'
      : 'Exemption changed outside Exemption Desk',
  rows: [...new Set(changes.map((change) => changeSentence(change, timeZone)))],
  words: '',
});

export const deletedWords: AlertWords = {
  step: 'deleted',
  title: 'Exemption deleted: the recommendation is open again',
  rows: ['Azure says that the exemption is gone. Exemption Desk did not delete it.'],
};

/** What Exemption Desk itself took out before its expiry, and who revoked it. */
export const revokedWords = ({ request, timeZone }: AlertContext): AlertWords => {
  const { by, at, reason } = request?.revocation ?? {};
  const who =
    by === undefined ? [] : [`Taken back by ${by.name}${at === undefined ? '' : `, ${formatInstant(at, timeZone)}`}.`];
  return {
    step: 'revoked',
    title: 'Exemption revoked: the recommendation is open again',
    rows: [...who, ...(reason === undefined || reason === '' ? [] : [by === undefined ? reason : `“${reason}”`])],
  };
};

export const goneWithScopeWords: AlertWords = {
  step: 'no-longer-needed',
  title: 'Exemption gone together with what it stood at',
  rows: ['Azure says that the resource, or the group or subscription around it, does not exist any more.'],
};

export const orphanedWords: AlertWords = {
  step: 'orphaned',
  title: 'Exemption orphaned: its policy assignment is gone',
  rows: ['It exempts from nothing any more. Azure keeps it until somebody deletes it.'],
};

export const needlessWords: AlertWords = {
  step: 'no-longer-needed',
  title: 'Exemption no longer needed',
  rows: ['Azure Policy finds everything that it exempts compliant underneath: it can be revoked.'],
};

/** A policy assignment brings back a recommendation that a request exempted. */
export const gapAlert = (request: ExemptionRequest, targets: readonly Target[], context: AlertContext): Alert => {
  const { terms, reference, requester } = request;
  const scopes = targets.map(({ scope }) => scope);
  const names = [...new Set(targets.map(({ assignmentName }) => assignmentName))].join(', ');
  return {
    step: 'gap',
    title: 'Coverage gap: another policy assignment brings the recommendation back',
    severity: terms.recommendation.severity,
    facts: [
      { label: 'Recommendation', text: terms.recommendation.title },
      { label: 'Scope', text: placesOf(scopes, context.hierarchy) },
      { label: 'Not covered', text: names },
      { label: 'Asked for by', text: `${requester.name}, approved by ${approverNames(request)}` },
      { label: 'Request', text: reference },
    ],
    words: terms.justification,
    rows: [
      'The exemption that was approved does not reach it. Extend asks for the same there: the form comes filled in, and it is decided like any other request.',
    ],
    reference,
    exemptionId: undefined,
  };
};
