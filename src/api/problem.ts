import { z } from 'zod';
import { GovernanceError, type GovernanceErrorCode } from '../core/governance-error.ts';
import { WhichQuestion } from '../core/tenant/which-question.ts';

/** Problem details by RFC 9457. `code` is the kind of refusal as chat knows it, or one of this interface; `detail` is the sentence that chat would say. */
export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    code: z.string(),
    instance: z.string().describe('The id of this request, under which it is logged.'),
    candidates: z
      .array(z.object({ id: z.string(), title: z.string() }))
      .optional()
      .describe('What a name may mean; write one of the ids in its place.'),
    reasons: z.array(z.string()).optional().describe('Why it cannot be sent as it is.'),
  })
  .describe('Problem details (RFC 9457).');

export type Problem = Omit<z.infer<typeof problem>, 'instance'>;

type Code = GovernanceErrorCode | keyof typeof others;

const others = {
  'not-proved': { status: 401, title: 'Not signed in' },
  'no-such-path': { status: 404, title: 'No such resource' },
  'wrong-method': { status: 405, title: 'Wrong method' },
  'in-flight': { status: 409, title: 'Still being answered' },
  'too-large': { status: 413, title: 'Too large' },
  'not-json': { status: 415, title: 'Not JSON' },
  'other-call': { status: 422, title: 'The key belongs to another call' },
  'too-many': { status: 429, title: 'Too many calls' },
  failed: { status: 500, title: 'Something went wrong' },
} as const;

const kinds: Readonly<Record<Code, { readonly status: number; readonly title: string }>> = {
  invalid: { status: 400, title: 'Not valid' },
  forbidden: { status: 403, title: 'Not allowed' },
  'not-found': { status: 404, title: 'Not found' },
  conflict: { status: 409, title: 'Not possible now' },
  unavailable: { status: 503, title: 'No answer' },
  ...others,
};

export const problemOf = (code: Code, detail: string, more: Pick<Problem, 'candidates' | 'reasons'> = {}): Problem => ({
  type: `urn:exemption-desk:problem:${code}`,
  ...kinds[code],
  detail,
  code,
  ...more,
});

/** A refusal of this interface itself, with its problem. */
export class Refused extends Error {
  readonly problem: Problem;
  /** The seconds after which it may be tried again. */
  readonly retryAfter: number | undefined;

  constructor(problem: Problem, retryAfter?: number) {
    super(problem.detail);
    this.problem = problem;
    this.retryAfter = retryAfter;
  }
}

/** The problem of an expected error; undefined for a defect. */
export const problemIn = (error: unknown): Problem | undefined => {
  if (error instanceof Refused) return error.problem;
  if (error instanceof WhichQuestion)
    return problemOf(error.code, error.message, {
      candidates: error.candidates.map(({ id, title }) => ({ id, title })),
    });
  return error instanceof GovernanceError ? problemOf(error.code, error.message) : undefined;
};
