import { GovernanceError, isRefusal } from '../../core/governance-error.ts';
import { NotSent } from '../../core/chat/notifier.ts';
import { waitIn } from '../../core/retry-after.ts';

type Failure = {
  /** The HTTP status; undefined without an answer. */
  readonly status: number | undefined;
  /** The code of the connector or of the network. */
  readonly code: string;
  /** Seconds, or a date. */
  readonly retryAfter: string | undefined;
};

type Final = { readonly kind: 'forbidden' | 'not-found' | 'invalid'; readonly why: string };

/**
 * The connector's codes that stay true until somebody does something in Teams, and what they mean: nothing can be posted there (forbidden,
 * not-found), or this message will never be taken (invalid). No other code is final: Teams also answers 403 and 404 during a fault of its own.
 */
const finalCodes: ReadonlyMap<string, Final> = new Map([
  ['BotNotInConversationRoster', { kind: 'forbidden', why: 'Exemption Desk was removed from there' }],
  ['ForbiddenOperationException', { kind: 'forbidden', why: 'Exemption Desk is not installed there' }],
  ['ConversationBlockedByUser', { kind: 'forbidden', why: 'Exemption Desk is blocked there' }],
  ['MessageWritesBlocked', { kind: 'forbidden', why: 'Exemption Desk is blocked there' }],
  ['BotDisabledByAdmin', { kind: 'forbidden', why: 'an administrator has switched Exemption Desk off' }],
  ['ConversationNotFound', { kind: 'not-found', why: 'it no longer exists' }],
  ['ActivityNotFoundInConversation', { kind: 'not-found', why: 'the message no longer exists' }],
  ['MessageSizeTooBig', { kind: 'invalid', why: 'the message is too big' }],
  ['BadArgument', { kind: 'invalid', why: 'it does not understand the message' }],
  ['BadSyntax', { kind: 'invalid', why: 'it does not understand the message' }],
]);

/** Teams refused a message with a code that is not final, so the same message may be accepted later. */
export class RefusedForNow extends NotSent {}

/** Network codes that mean that nothing was sent. */
const neverLeft = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH']);

const textIn = (value: unknown): string => (typeof value === 'string' ? value : '');

const failureOf = (error: Error): Failure => {
  const { statusCode, code, response } = error as {
    statusCode?: unknown;
    code?: unknown;
    response?: { headers?: { get?: (name: string) => string | undefined } };
  };
  return {
    status: typeof statusCode === 'number' ? statusCode : undefined,
    code: textIn(code),
    retryAfter: response?.headers?.get?.('retry-after'),
  };
};

/** The wait that Teams asks for, in milliseconds, plus up to a fifth, so that not all callers return at the same moment. */
const waitOf = (retryAfter: string | undefined, now: number, share: number): number | undefined => {
  const asked = waitIn(retryAfter, now);
  return asked === undefined ? undefined : Math.ceil(asked * (1 + share / 5));
};

/**
 * The error of the notifier port for a failed call to Teams. `share`, from 0 to 1, adds to the wait that Teams asks for. An error that is
 * neither an answer nor a broken connection happened before the call, such as a missing token.
 */
export const teamsRefusal = (error: unknown, now: number, share: number): GovernanceError => {
  if (error instanceof GovernanceError) return error;
  const cause = { cause: error };
  const unknown = new GovernanceError('unavailable', 'Teams did not answer.', cause);
  if (error instanceof Error && error.name === 'AbortError') return unknown;
  if (!(error instanceof Error) || error.name !== 'RestError')
    return new NotSent('Exemption Desk could not sign in to Teams.', undefined, cause);

  const { status, code, retryAfter } = failureOf(error);
  const wait = waitOf(retryAfter, now, share);
  if (status === undefined)
    return neverLeft.has(code) ? new NotSent('Teams could not be reached.', undefined, cause) : unknown;
  if (status === 429 || status === 412 || (status === 503 && wait !== undefined))
    return new NotSent('Teams asked Exemption Desk to wait.', wait, cause);
  if (status === 401) return new NotSent('Teams refused the sign-in of Exemption Desk (401).', undefined, cause);
  if (status < 400 || status === 408 || status >= 500) return unknown;
  const final = status === 413 ? finalCodes.get('MessageSizeTooBig') : finalCodes.get(code);
  if (final !== undefined) return new GovernanceError(final.kind, `Teams refused it (${status}): ${final.why}.`, cause);
  const reason = code === '' ? 'it does not say why' : code;
  return new RefusedForNow(`Teams refused it for now (${status}): ${reason}.`, undefined, cause);
};

/** Whether Teams refused a call, for good or for now, so that something else can be tried; false where the same call should be repeated. */
export const isRefusedByTeams = (error: unknown): boolean => {
  const refusal = teamsRefusal(error, 0, 0);
  return refusal instanceof RefusedForNow || isRefusal(refusal);
};
