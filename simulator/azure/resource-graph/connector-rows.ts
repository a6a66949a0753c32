import type { CloudAssessment, Connector } from '../../tenant/resources/connector.ts';
import { secureScoreOf, type ControlScore } from '../../tenant/secure-scores.ts';
import type { Tenant } from '../../tenant/tenant.ts';
import { controlDocument, secureScoreDocument } from '../security/security-documents.ts';
import { placeRow } from './placed-row.ts';
import type { PlacedRow } from './placed-row.ts';
import type { Within } from './segment.ts';

export const scoreRow = (
  tenant: Tenant,
  scope: string,
  score: ReturnType<typeof secureScoreDocument>,
  environment: 'Azure' | 'AWS' | 'GCP',
): PlacedRow => placeRow(tenant, scope, { ...score, properties: { ...score.properties, environment } });

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

/** The scores of the connectors to other clouds: Azure lists them with their own subscription, under the same name and type. */
export const connectorScoreRows = (tenant: Tenant, { holds }: Within): PlacedRow[] =>
  tenant.connectors
    .filter(({ resourceGroup, healthy, unhealthy }) => healthy + unhealthy > 0 && holds(resourceGroup))
    .flatMap(({ id, resourceGroup, environment, healthy, unhealthy }) => {
      const control = { ...otherCloud, healthy, unhealthy };
      return [
        scoreRow(tenant, resourceGroup, secureScoreDocument(id, secureScoreOf([control])), environment),
        placeRow(tenant, resourceGroup, controlDocument(id, control, true)),
      ];
    });

const sources = { AWS: 'Aws', GCP: 'Gcp' } as const;

const cloudAssessmentRow = (
  tenant: Tenant,
  { id, resourceGroup, environment }: Connector,
  { assessmentKey, displayName, severity, nativeId, unhealthy }: CloudAssessment,
): PlacedRow => {
  const name = nativeId.slice(Math.max(nativeId.lastIndexOf('/'), nativeId.lastIndexOf(':')) + 1);
  const entity = `${id}/securityentitydata/${name}`;
  return placeRow(tenant, resourceGroup, {
    id: `${entity}/providers/Microsoft.Security/assessments/${assessmentKey}`,
    name: assessmentKey,
    type: 'Microsoft.Security/assessments',
    properties: {
      resourceDetails: {
        Source: sources[environment],
        Id: entity,
        ConnectorId: id,
        ResourceName: name,
        NativeResourceId: nativeId,
      },
      displayName,
      status: { code: unhealthy ? 'Unhealthy' : 'Healthy' },
      additionalData: null,
      metadata: { displayName, assessmentType: 'BuiltIn', severity, categories: ['Data'] },
    },
  });
};

/** The resources of other clouds have ids below their connector, and Resource Graph lists their assessments among all others. */
export const cloudAssessmentRows = (tenant: Tenant, { holds }: Within): PlacedRow[] =>
  tenant.connectors
    .filter(({ resourceGroup }) => holds(resourceGroup))
    .flatMap((connector) => (connector.assessed ?? []).map((one) => cloudAssessmentRow(tenant, connector, one)));
