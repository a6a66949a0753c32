import type { Assessment } from '../../tenant/assessments.ts';
import { controlScoresOf, secureScoreOf } from '../../tenant/secure-scores.ts';
import { standardAssignmentDocument } from '../security/standard-assignment-document.ts';
import type { Tenant } from '../../tenant/tenant.ts';
import { controlDocument, metadataOf, portalLinkOf, secureScoreDocument } from '../security/security-documents.ts';
import { placeRow } from './placed-row.ts';
import type { PlacedRow } from './placed-row.ts';

const assessmentRow = (tenant: Tenant, assessment: Assessment): PlacedRow =>
  placeRow(tenant, assessment.resource.id, {
    id: assessment.id,
    name: assessment.recommendation.assessmentKey,
    type: 'Microsoft.Security/assessments',
    properties: {
      resourceDetails: { Source: 'Azure', Id: assessment.resource.id },
      displayName: assessment.recommendation.displayName,
      status: assessment.status,
      additionalData: null,
      metadata: metadataOf(assessment.recommendation),
      links: { azurePortal: portalLinkOf(assessment) },
    },
  });

const scoreRows = (tenant: Tenant, subscriptionId: string, assessments: readonly Assessment[]): PlacedRow[] => {
  const scope = `/subscriptions/${subscriptionId}`;
  const controls = controlScoresOf(assessments);
  const score = secureScoreDocument(subscriptionId, secureScoreOf(controls));
  return [
    placeRow(tenant, scope, { ...score, properties: { ...score.properties, environment: 'Azure' } }),
    ...controls.map((control) => placeRow(tenant, scope, controlDocument(subscriptionId, control, true))),
  ];
};

export const securityRows = (tenant: Tenant, assessments: readonly Assessment[]): readonly PlacedRow[] => {
  const bySubscription = Map.groupBy(assessments, ({ resource }) => resource.subscriptionId);
  return [
    ...assessments.map((assessment) => assessmentRow(tenant, assessment)),
    ...[...bySubscription].flatMap(([subscriptionId, own]) => scoreRows(tenant, subscriptionId, own)),
  ];
};

/** The assignments of standards, and among them the exemptions that were made in Defender. Their times stand in their own metadata. */
export const standardAssignmentRows = (tenant: Tenant): readonly PlacedRow[] =>
  tenant.standardAssignments.map((assignment) => {
    const { systemData: _notInResourceGraph, ...parts } = standardAssignmentDocument(assignment);
    return placeRow(tenant, assignment.scope, parts);
  });
