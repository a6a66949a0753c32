import { z } from 'zod';
import { requestStatuses } from '../../core/request/request-status.ts';
import { standing, type ExemptionRequest } from '../../core/request/request.ts';
import type { Desk } from '../../workflow/desk.ts';
import { about, instant, person, written } from './shapes.ts';

const approval = z.object({ by: person, at: instant, comment: z.string() });

/** A request as it is listed and shown. */
export const requestShape = z.object({
  reference: z.string(),
  status: z.enum(requestStatuses),
  standing: z.string().describe('The status in words.'),
  version: z.number().int().describe('Of the terms. A decision names the version that its decider has read.'),
  requester: person,
  createdAt: instant,
  recommendation: about,
  scopes: z.array(z.string()),
  name: z.string(),
  category: z.enum(['Mitigated', 'Waiver']),
  expiresAt: instant.nullable(),
  justification: z.string(),
  ticket: z.string(),
  approvalsNeeded: z.number().int(),
  approvals: z.array(approval),
  exemptions: z.array(z.string()).describe('The ids of what it writes to Azure.'),
  emergencyUntil: instant.nullable().describe('Written before its approval, and taken out then without one.'),
  failure: z.string().nullable(),
});

const named = ({ objectId, name }: { objectId: string; name: string }): z.input<typeof person> => ({ objectId, name });

export const shownRequest = (
  { timeZone }: Pick<Desk, 'timeZone'>,
  request: ExemptionRequest,
): z.input<typeof requestShape> => {
  const { reference, status, terms, requester, approvals, governance, targets, emergency, failure } = request;
  const { key, title, severity } = terms.recommendation;
  return {
    ...{ reference, status, standing: standing(request, timeZone), version: request.termsVersion },
    requester: named(requester),
    createdAt: request.createdAt.toISOString(),
    recommendation: { key, title, severity },
    scopes: [...terms.scopes],
    ...{ name: terms.name, category: terms.category, justification: terms.justification, ticket: terms.ticket },
    expiresAt: written(terms.expiresAt),
    approvalsNeeded: governance.approvals,
    approvals: approvals.map(({ by, at, comment }) => ({ by: named(by), at: at.toISOString(), comment })),
    exemptions: targets.map(({ exemptionId }) => exemptionId),
    emergencyUntil: written(emergency?.ratifyBy),
    failure: failure ?? null,
  };
};
