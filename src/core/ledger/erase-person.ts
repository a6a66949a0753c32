import type { Alert } from '../alert/alert.ts';
import type { Person } from '../person.ts';
import type { Decision, ExemptionRequest } from '../request/request.ts';

/** Replaces the name and text of a person after they were erased. */
export const erased = { name: 'somebody (erased)', words: '(erased)' } as const;

const isThe = (person: Person | undefined, objectId: string): person is Person =>
  person?.objectId.toLowerCase() === objectId.toLowerCase() && person.name !== erased.name;

const withoutName = (text: string, name: string): string => (name === '' ? text : text.replaceAll(name, erased.name));

/** What a request contains of a person: the name stored for them, and whether its texts are theirs. */
export const traceOf = (
  {
    requester,
    approvals,
    decision,
    revocation,
  }: Pick<ExemptionRequest, 'requester' | 'approvals' | 'decision' | 'revocation'>,
  objectId: string,
): { readonly name: string; readonly asked: boolean; readonly decided: boolean } | undefined => {
  const asked = isThe(requester, objectId);
  const deciders = [
    ...approvals.map(({ by }) => by),
    ...[decision?.by, revocation?.by].filter((by) => by !== undefined),
  ];
  const decider = deciders.find((person) => isThe(person, objectId));
  const decided = decider !== undefined;
  const name = asked ? requester.name : decided ? decider.name : undefined;
  return name === undefined ? undefined : { name, asked, decided };
};

const decisionWithout = (decision: Decision, objectId: string): Decision =>
  isThe(decision.by, objectId) ? { ...decision, by: { ...decision.by, name: erased.name }, comment: '' } : decision;

/** The reason of the rules stays, what was filled in for it goes. */
const withoutEvidence = (reason: Alert['reason']): Pick<Alert, 'reason'> =>
  reason === undefined ? {} : { reason: { ...reason, evidence: [] } };

const termsWithoutWords = ({ reason, ...terms }: ExemptionRequest['terms']): ExemptionRequest['terms'] => ({
  ...terms,
  name: erased.words,
  ticket: '',
  justification: erased.words,
  ...withoutEvidence(reason),
});

/** The next version of a request without the name and text of a person (Entra object id); undefined if it contains none. */
export const requestWithoutPerson = (request: ExemptionRequest, objectId: string): ExemptionRequest | undefined => {
  const trace = traceOf(request, objectId);
  if (trace === undefined) return undefined;
  const { requester, terms, approvals, decision, revocation, failure } = request;
  return {
    ...request,
    version: request.version + 1,
    requester: trace.asked ? { ...requester, name: erased.name } : requester,
    terms: trace.asked ? termsWithoutWords(terms) : terms,
    approvals: approvals.map((approval) => decisionWithout(approval, objectId)),
    decision: decision === undefined ? undefined : decisionWithout(decision, objectId),
    revocation:
      revocation !== undefined && isThe(revocation.by, objectId)
        ? { ...revocation, by: { ...revocation.by, name: erased.name }, reason: '' }
        : revocation,
    failure: failure === undefined ? undefined : withoutName(failure, trace.name),
  };
};

/** An alert about such a request, without the person. */
export const alertWithoutPerson = (alert: Alert, request: ExemptionRequest, objectId: string): Alert => {
  const trace = traceOf(request, objectId);
  if (trace === undefined) return alert;
  return {
    ...alert,
    facts: alert.facts.map(({ label, text }) => ({ label, text: withoutName(text, trace.name) })),
    words: trace.asked ? erased.words : alert.words,
    ...(trace.asked ? withoutEvidence(alert.reason) : {}),
    rows: alert.rows.map((row) => withoutName(row, trace.name)),
  };
};
