import { z } from 'zod';
import { GovernanceError } from '../../src/core/governance-error.ts';
import type { Exchange } from './exchanges.ts';
import { Deviation, NotSeen, type Finding } from './finding.ts';

type Outcome = Pick<Finding, 'seen' | 'verdict'>;

/** Where an answer differs from what the code relies on: fields and expectations, no values. */
const deviations = (error: z.ZodError): string =>
  error.issues
    .slice(0, 5)
    .map(({ path, message }) => {
      const field = path.map((step) => (typeof step === 'number' ? '[]' : String(step))).join('.');
      return `${field === '' ? 'the answer' : `field ${field}`}: ${message}`;
    })
    .join('; ');

/** Codes that are about permissions or a temporary problem, not about the service's contract. */
const passing = new Set([401, 403, 408, 429, 500, 502, 503, 504]);

/** What a failed read says about the tenant, by its error and the last request. */
export const explainFailure = (error: unknown, exchanges: readonly Exchange[]): Outcome => {
  if (error instanceof NotSeen) return { seen: error.message, verdict: 'not checked' };
  if (error instanceof Deviation) return { seen: error.message, verdict: 'differs' };
  const origin = error instanceof GovernanceError ? error.cause : undefined;
  if (origin instanceof z.ZodError) return { seen: `not as expected: ${deviations(origin)}`, verdict: 'differs' };
  const refusal = exchanges.findLast(({ status }) => status >= 400);
  if (refusal !== undefined) {
    const seen = `${refusal.call} answered ${refusal.status} ${refusal.errorCode ?? 'without a code'}`;
    return { seen, verdict: passing.has(refusal.status) ? 'not checked' : 'differs' };
  }
  if (error instanceof GovernanceError && error.code === 'unavailable')
    return { seen: 'no answer that could be read in time', verdict: 'not checked' };
  return { seen: `our own code failed: ${error instanceof Error ? error.name : 'unknown'}`, verdict: 'differs' };
};
