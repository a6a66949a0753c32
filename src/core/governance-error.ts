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

/** Unavailable is none of them: nobody answered, so nothing was refused. */
const refusals: readonly GovernanceErrorCode[] = ['invalid', 'forbidden', 'not-found', 'conflict'];

/** Whether somebody said no, for good or with one of the given codes; everything else has to be thrown on. */
export const isRefusal = (error: unknown, ...codes: readonly GovernanceErrorCode[]): error is GovernanceError =>
  error instanceof GovernanceError && (codes.length === 0 ? refusals : codes).includes(error.code);

/** What a piece of work comes to, or something else where it is refused (for good, or with one of the given codes). */
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

/** What somebody tells, or something else where they do not tell it, for whatever reason: nothing waits for it. */
export const unlessUntold = <Result, Other>(work: () => Promise<Result>, otherwise: Other): Promise<Result | Other> =>
  unlessRefused(work, otherwise, ...refusals, 'unavailable');
