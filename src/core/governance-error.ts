/**
 * What can go wrong by the product's own rules or outside of it:
 * invalid (the input; the message says the remedy), forbidden, not-found, conflict (somebody was faster, or it is too late),
 * unavailable (Azure or Teams did not answer: nothing was decided, trying again is allowed).
 */
export type GovernanceErrorCode = 'invalid' | 'forbidden' | 'not-found' | 'conflict' | 'unavailable';

/** An error whose message is meant for the person. Every other error is a fault of ours and is shown only as a reference number. */
export class GovernanceError extends Error {
  readonly code: GovernanceErrorCode;

  constructor(code: GovernanceErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'GovernanceError';
    this.code = code;
  }
}
