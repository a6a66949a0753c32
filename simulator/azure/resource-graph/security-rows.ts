import type { Assessment, Assessments } from '../../tenant/assessments.ts';
import { controlScoresOf, secureScoreOf, type ControlScore } from '../../tenant/secure-scores.ts';
import { standardAssignmentDocument } from '../security/standard-assignment-document.ts';
import type { Tenant } from '../../tenant/tenant.ts';
import { controlDocument, metadataOf, portalLinkOf, secureScoreDocument } from '../security/security-documents.ts';
import { assessmentIdOf } from '../../tenant/standings.ts';
import type { AssessedResource } from '../../tenant/standings.ts';
import { standardAssignmentType } from '../../tenant/standard-assignments.ts';
import type { World } from '../arm/route.ts';
import { cloudAssessmentRows, connectorScoreRows, scoreRow } from './connector-rows.ts';
import { placerOn, placeRow, propertiesMaker } from './placed-row.ts';
import type { PlacedRow } from './placed-row.ts';
import { rowsBySubscription } from './segment.ts';
import type { Segment, Within } from './segment.ts';

const assessmentType = 'Microsoft.Security/assessments';
const scoreTypes = ['microsoft.security/securescores', 'microsoft.security/securescores/securescorecontrols'];

const detailsOf = ({ id }: AssessedResource) => ({ Source: 'Azure', Id: id });

const properties: Readonly<Record<string, (assessment: Assessment) => unknown>> = {
  resourceDetails: ({ resource }) => detailsOf(resource),
  displayName: ({ recommendation }) => recommendation.displayName,
  status: ({ status }) => status,
  additionalData: () => null,
  metadata: ({ recommendation }) => metadataOf(recommendation),
  links: (assessment) => ({ azurePortal: portalLinkOf(assessment) }),
};

/** Defender's assessments in the subscriptions, only with the properties that a query looks at. */
function* assessmentRows(tenant: Tenant, assessments: Assessments, within: Within): Generator<PlacedRow> {
  const { of } = assessments.view();
  const place = placerOn(tenant, assessmentType);
  const { names, members } = within;
  const propertiesOf = propertiesMaker(properties, members);
  for (const { subscriptionId } of within.subscriptions)
    for (const assessment of of(subscriptionId)) {
      const { resource, recommendation } = assessment;
      if (names?.has(recommendation.assessmentKey) === false) continue;
      yield place(
        resource,
        () => assessmentIdOf(assessment),
        recommendation.assessmentKey,
        () => propertiesOf(assessment),
      );
    }
}

/** The same control as if everything unhealthy had a grace period, so that it does not count. */
const withoutGracePeriods = (control: ControlScore): ControlScore => ({
  ...control,
  unhealthy: 0,
  score: { max: control.maxScore, current: control.maxScore, percentage: 1 },
});

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

export const securitySegments = ({ tenant, assessments }: World): readonly Segment[] => [
  {
    types: [assessmentType.toLowerCase()],
    rows: (within) => assessmentRows(tenant, assessments, within),
  },
  { types: scoreTypes, rows: () => connectorScoreRows(tenant) },
  { types: [assessmentType.toLowerCase()], rows: () => cloudAssessmentRows(tenant) },
  {
    types: scoreTypes,
    rows: (within) => {
      const { of } = assessments.view();
      return rowsBySubscription(within, ({ subscriptionId }) => {
        const own = of(subscriptionId);
        return own.length === 0 ? [] : scoreRows(tenant, subscriptionId, own);
      });
    },
  },
  { types: [standardAssignmentType.toLowerCase()], rows: () => standardAssignmentRows(tenant) },
];

/** The assignments of standards, and among them the exemptions that were made in Defender. Their times stand in their own metadata. */
const standardAssignmentRows = (tenant: Tenant): readonly PlacedRow[] =>
  tenant.standardAssignments.map((assignment) => {
    const { systemData: _notInResourceGraph, ...parts } = standardAssignmentDocument(assignment);
    return placeRow(tenant, assignment.scope, parts);
  });
