import type { Assessment } from '../../tenant/assessments.ts';
import { controlScoresOf, secureScoreOf, type ControlScore } from '../../tenant/secure-scores.ts';
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

const scoreRow = (
  tenant: Tenant,
  scope: string,
  score: ReturnType<typeof secureScoreDocument>,
  environment: 'Azure' | 'AWS' | 'GCP',
): PlacedRow => placeRow(tenant, scope, { ...score, properties: { ...score.properties, environment } });

/** The same control as if everything unhealthy had a grace period, so that it does not count. */
const withoutGracePeriods = (control: ControlScore): ControlScore => ({
  ...control,
  unhealthy: 0,
  score: { max: control.maxScore, current: control.maxScore, percentage: 1 },
});

const otherCloud: ControlScore = {
  id: 'c0117201-0000-4000-8000-0000000000ff',
  displayName: 'Encrypt data in transit',
  maxScore: 4,
  healthy: 0,
  unhealthy: 0,
  notApplicable: 0,
  score: { max: 4, current: 1, percentage: 0.25 },
  assessmentKeys: [],
};

const scoreRows = (tenant: Tenant, subscriptionId: string, assessments: readonly Assessment[]): PlacedRow[] => {
  const scope = `/subscriptions/${subscriptionId}`;
  const controls = controlScoresOf(assessments, tenant.recommendations);
  const without = controls.map(withoutGracePeriods);
  return [
    scoreRow(tenant, scope, secureScoreDocument(scope, secureScoreOf(controls)), 'Azure'),
    scoreRow(tenant, scope, secureScoreDocument(scope, secureScoreOf(without), 'scoreGraceExcluded'), 'Azure'),
    ...controls.map((control) => placeRow(tenant, scope, controlDocument(scope, control, true))),
    ...without.map((control) => placeRow(tenant, scope, controlDocument(scope, control, true, 'scoreGraceExcluded'))),
  ];
};

/** The rows of the connectors to other clouds: Azure lists them with their own subscription, under the same name and type. */
const connectorRows = (tenant: Tenant): PlacedRow[] =>
  tenant.resourceGroups
    .filter(({ name }) => name === 'rg-connectivity')
    .flatMap(({ id }) =>
      (['AWS', 'GCP'] as const).flatMap((environment) => {
        const at = `${id}/providers/Microsoft.Security/securityConnectors/contoso-${environment.toLowerCase()}`;
        const control = { ...otherCloud, healthy: environment === 'AWS' ? 10 : 30, unhealthy: 90 };
        return [
          scoreRow(tenant, id, secureScoreDocument(at, secureScoreOf([control])), environment),
          placeRow(tenant, id, controlDocument(at, control, true)),
        ];
      }),
    );

export const securityRows = (tenant: Tenant, assessments: readonly Assessment[]): readonly PlacedRow[] => {
  const bySubscription = Map.groupBy(assessments, ({ resource }) => resource.subscriptionId);
  return [
    ...assessments.map((assessment) => assessmentRow(tenant, assessment)),
    ...connectorRows(tenant),
    ...[...bySubscription].flatMap(([subscriptionId, own]) => scoreRows(tenant, subscriptionId, own)),
  ];
};

/** The assignments of standards, and among them the exemptions that were made in Defender. Their times stand in their own metadata. */
export const standardAssignmentRows = (tenant: Tenant): readonly PlacedRow[] =>
  tenant.standardAssignments.map((assignment) => {
    const { systemData: _notInResourceGraph, ...parts } = standardAssignmentDocument(assignment);
    return placeRow(tenant, assignment.scope, parts);
  });
