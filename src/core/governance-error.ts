/**
 * Kinds of expected failure: invalid (the input; the message names the remedy), forbidden, not-found, conflict (somebody was faster, or it
 * is too late), unavailable (Azure or Teams did not answer: nothing was decided, trying again is allowed).
 */
export type GovernanceErrorCode = 'invalid' | 'forbidden' | 'not-found' | 'conflict' | 'unavailable';

/** An error whose message is shown to the person. Every other error is a defect, of which people see only a reference number. */
export class GovernanceError extends Error {
  readonly code: GovernanceErrorCode;

  constructor(code: GovernanceErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'GovernanceError';
    this.code = code;
  }
}

/** Without `unavailable`: nobody answered, so nothing was refused. */
const refusals: readonly GovernanceErrorCode[] = ['invalid', 'forbidden', 'not-found', 'conflict'];

/** Whether an error is a refusal, of any kind or with one of the given codes; every other error must be thrown on. */
export const isRefusal = (error: unknown, ...codes: readonly GovernanceErrorCode[]): error is GovernanceError =>
  error instanceof GovernanceError && (codes.length === 0 ? refusals : codes).includes(error.code);

/** The result of work, or a fallback if it is refused (in any way, or with one of the given codes). */
export const unlessRefused = async <Result, Other>(
  work: () => Promise<Result>,
  otherwise: Other,
  ...codes: readonly GovernanceErrorCode[]
): Promise<Result | Other> => {
  try {
    return await work();
  } catch (error) {
    if (!isRefusal(error, ...codes)) throw error;
    return otherwise;
  }
};

/** The answer of work, or a fallback if there is none, for whatever reason, because nothing waits for it. */
export const unlessUntold = <Result, Other>(work: () => Promise<Result>, otherwise: Other): Promise<Result | Other> =>
  unlessRefused(work, otherwise, ...refusals, 'unavailable');
