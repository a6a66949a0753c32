import type { PolicyViolation } from './policy-violation.ts';
import { firstFew } from '../../core/first-few.ts';
import { shortened } from '../../core/visible-text.ts';
import { isRestError } from '@azure/core-rest-pipeline';
import type { z } from 'zod';
import { GovernanceError, isRefusal, type GovernanceErrorCode } from '../../core/governance-error.ts';

/** A refusal by Azure. Without a code it came from a gateway, a proxy or nobody. */
export type Refusal = {
  readonly status: number | undefined;
  readonly code: string | undefined;
  readonly message: string;
  readonly correlationId: string | undefined;
  /** The policies that forbid the call. */
  readonly violations?: readonly PolicyViolation[];
};

type Headers = { get: (name: string) => string | undefined };

export const correlationIdOf = (headers: Headers | undefined): string | undefined =>
  headers?.get('x-ms-correlation-request-id') ?? headers?.get('x-ms-request-id') ?? headers?.get('request-id');

const codeFor = ({ status, code }: Refusal): GovernanceErrorCode => {
  if (status === undefined || code === undefined || status >= 500) return 'unavailable';
  switch (status) {
    case 401:
    case 408:
    case 429:
      return 'unavailable';
    case 403:
      return 'forbidden';
    case 404:
    case 410:
      return 'not-found';
    case 409:
    case 412:
      return 'conflict';
    default:
      return status >= 400 ? 'invalid' : 'unavailable';
  }
};

const quoted = (message: string): string => shortened(message.replace(/\s+/g, ' ').trim(), 300);

const violationWords = ({ policy, assignment }: PolicyViolation): string[] => {
  const of = assignment === undefined ? '' : `, assigned as “${quoted(assignment)}”`;
  if (policy !== undefined) return [`the policy “${quoted(policy)}”${of}`];
  return assignment === undefined ? [] : [`the policy assignment “${quoted(assignment)}”`];
};

/** It names the policy, because only whoever runs that one can help. */
const disallowedSentence = ({ message, violations = [] }: Refusal): string => {
  const named = [...new Set(violations.flatMap(violationWords))];
  if (named.length === 0) return `Azure refused, because a policy of your organisation forbids it: ${quoted(message)}`;
  return `Azure refused: ${firstFew(named, 3)} ${named.length === 1 ? 'forbids' : 'forbid'} this exemption. Ask the team that runs that policy to leave out policy exemptions, or request what it allows; trying again changes nothing.`;
};

const forbiddenSentence = (refusal: Refusal): string => {
  const { code, message } = refusal;
  switch (code) {
    case 'LinkedAuthorizationFailed':
      return 'Azure refused: Exemption Desk lacks the permission to exempt from the policy assignment behind this (Microsoft.Authorization/policyAssignments/exempt/action). An Azure administrator must grant its identity that permission where the policy is assigned, often a management group.';
    case 'DenyAssignmentAuthorizationFailed':
      return 'Azure refused: a deny assignment protects this scope. Azure Databricks and managed applications set one on their own resource groups. Nobody can change exemptions there, not even an owner.';
    case 'RequestDisallowedByPolicy':
      return disallowedSentence(refusal);
    default: {
      const action = /action\(?s?\)? '([^']+)'/i.exec(message)?.[1];
      return `Azure refused: the identity of Exemption Desk lacks the permission to do this${action === undefined ? '' : ` (${action})`}. An Azure administrator must grant it.`;
    }
  }
};

const conflictSentence = ({ code, message }: Refusal): string => {
  switch (code) {
    case 'ScopeLocked':
      return 'Azure refused: a resource lock protects this scope. Remove the lock, then try again.';
    case 'ReadOnlyDisabledSubscription':
      return 'Azure refused: the subscription is disabled, so nothing can be written there. Have its owner enable it again, which often means to pay a bill, then try again.';
    default:
      return `Azure refused, because this conflicts with what exists: ${quoted(message)}`;
  }
};

const sentenceFor = (code: GovernanceErrorCode, refusal: Refusal): string => {
  switch (code) {
    case 'forbidden':
      return forbiddenSentence(refusal);
    case 'not-found':
      return 'Azure does not know this or no longer knows it, or does not show it to Exemption Desk.';
    case 'conflict':
      return conflictSentence(refusal);
    case 'invalid':
      return `Azure refused this as invalid: ${quoted(refusal.message)}`;
    case 'unavailable':
      if (refusal.status === 401) return 'Azure refused the sign-in of Exemption Desk. Please tell its operator.';
      return refusal.status === 429
        ? 'Azure asked Exemption Desk to slow down; nothing was changed. Please try again in a minute.'
        : 'Azure did not answer; nothing was changed. Please try again.';
  }
};

/** The error for a refusal; its cause has the status, the code of Azure and the correlation id, for the log. */
export const refusedBy = (refusal: Refusal, origin?: unknown): GovernanceError => {
  const { status, code, correlationId } = refusal;
  const facts = [status, code, correlationId].filter((fact) => fact !== undefined).join(' ');
  const cause = Object.assign(new Error(`Azure: ${facts === '' ? 'no answer' : facts}`, { cause: origin }), {
    status,
    code,
    correlationId,
  });
  const errorCode = codeFor(refusal);
  return new GovernanceError(errorCode, sentenceFor(errorCode, refusal), { cause });
};

/** The code of a refusal, such as `ResourceGroupNotFound`; undefined if Azure gave none. */
export const azureCodeOf = (error: GovernanceError): string | undefined =>
  error.cause instanceof Error && 'code' in error.cause && typeof error.cause.code === 'string'
    ? error.cause.code
    : undefined;

/** The error for an unusable answer: HTML with status 200, a truncated body, or another shape than documented. */
export const notUnderstood = (origin: unknown): GovernanceError =>
  new GovernanceError(
    'unavailable',
    'Azure gave an answer that Exemption Desk does not understand; nothing was changed. Please try again.',
    {
      cause: origin,
    },
  );

/**
 * The error for whatever a call of an Azure client threw. `seen` has the status and headers of the response, which a client may lose: that
 * of Resource Graph throws a TypeError for an error body in HTML.
 */
export const failureOf = (
  error: unknown,
  seen?: { readonly status: number; readonly headers: Headers },
): GovernanceError => {
  if (error instanceof GovernanceError) return error;
  const known = isRestError(error) ? error : undefined;
  const refusal = {
    status: known?.statusCode ?? seen?.status,
    // PARSE_ERROR is the client's own code for a body that is not JSON; codes of Azure come from the body.
    code: known?.code === 'PARSE_ERROR' ? undefined : known?.code,
    message: known?.message ?? '',
    correlationId: correlationIdOf(known?.response?.headers ?? seen?.headers),
  };
  return refusedBy(refusal, error);
};

/** A part of an answer in the shape that the code relies on; any other shape counts as no answer. */
export const understood = <Output>(schema: z.ZodType<Output>, answer: unknown): Output => {
  const result = schema.safeParse(answer);
  if (!result.success) throw notUnderstood(result.error);
  return result.data;
};

/** For reading somebody's roles: a missing permission of Exemption Desk says nothing about the person. */
export const noAnswerInsteadOfForbidden = (error: unknown): never => {
  if (isRefusal(error, 'forbidden'))
    throw new GovernanceError(
      'unavailable',
      'Azure does not let Exemption Desk read who holds which role here. Please tell its operator.',
      { cause: error },
    );
  throw error;
};
