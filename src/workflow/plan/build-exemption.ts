import { beginningOf, shortened } from '../../core/visible-text.ts';
import type { ExemptionToWrite } from '../../core/exemption/exemption.ts';
import type { Target } from '../../core/plan/exemption-plan.ts';
import { approverNames, endInAzure, type ExemptionRequest } from '../../core/request/request.ts';

const descriptionLimit = 512;
const sourceLimit = 300;
/** Metadata is not the place for long texts: the ledger has them whole. */
const evidenceLimit = 500;

/** The ready reason comes before what was written besides. */
const whyOf = ({ reason, justification }: ExemptionRequest['terms']): string =>
  reason === undefined || reason.text === justification ? justification : `${reason.text}: ${justification}`;

/** Azure keeps 512 characters: people and request come in full, the justification as far as it fits. */
const descriptionOf = (request: ExemptionRequest): string => {
  const { terms, reference, requester, governance } = request;
  const by = governance.adopted
    ? `adopted by ${requester.name}, created outside Exemption Desk`
    : `requested by ${requester.name}, approved by ${approverNames(request)}`;
  const source = beginningOf(` (${reference}, ${by})`, sourceLimit);
  return shortened(whyOf(terms), descriptionLimit - source.length) + source;
};

const evidenceOf = ({ reason }: ExemptionRequest['terms']): Record<string, string> =>
  reason === undefined
    ? {}
    : {
        reason: reason.id,
        evidence: shortened(reason.evidence.map(({ id, text }) => `${id}: ${text}`).join('; '), evidenceLimit),
      };

/** The exemption that is sent to Azure for one target of a request. */
export const buildExemption = (request: ExemptionRequest, target: Target): ExemptionToWrite => ({
  id: target.exemptionId,
  policyAssignmentId: target.assignmentId,
  referenceIds: target.referenceIds,
  category: request.terms.category,
  displayName: request.terms.name,
  description: descriptionOf(request),
  expiresAt: endInAzure(request),
  metadata: {
    request: request.reference,
    requester: request.requester.objectId,
    approvers: request.approvals.map(({ by }) => by.objectId).join(' '),
    ticket: request.terms.ticket,
    ...evidenceOf(request.terms),
  },
});
