import type { Assessment } from '../../tenant/assessments.ts';
import { controlScoresOf, secureScoreOf, type ControlScore } from '../../tenant/secure-scores.ts';
import { standardAssignmentDocument } from '../security/standard-assignment-document.ts';
import type { Tenant } from '../../tenant/tenant.ts';
import { controlDocument, secureScoreDocument } from '../security/security-documents.ts';
import { standardAssignmentType } from '../../tenant/standard-assignments.ts';
import type { World } from '../arm/route.ts';
import { assessmentRows, assessmentType } from './assessment-rows.ts';
import { cloudAssessmentRows, connectorScoreRows, scoreRow } from './connector-rows.ts';
import { governanceAssignmentType, governanceRows } from './governance-rows.ts';
import { placeRow } from './placed-row.ts';
import type { PlacedRow } from './placed-row.ts';
import { rowsBySubscription } from './segment.ts';
import type { Segment } from './segment.ts';

const scoreTypes = ['microsoft.security/securescores', 'microsoft.security/securescores/securescorecontrols'];

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
  { types: scoreTypes, rows: (within) => connectorScoreRows(tenant, within) },
  { types: [assessmentType.toLowerCase()], rows: (within) => cloudAssessmentRows(tenant, within) },
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
  {
    types: [governanceAssignmentType.toLowerCase()],
    rows: (within) => {
      const { of } = assessments.view();
      return rowsBySubscription(within, ({ subscriptionId }) => [...governanceRows(tenant, of(subscriptionId))]);
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
