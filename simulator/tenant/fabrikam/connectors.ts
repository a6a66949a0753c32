import type { CloudAssessment, Connector } from '../resources/connector.ts';
import type { ResourceGroup } from '../tenant.ts';
import { guidOf, numbersTo, pick, roll } from './dice.ts';
import type { Oddity } from './oddities.ts';

const titles = {
  AWS: ['S3 buckets should block public access', 'IAM users should use MFA', 'EBS volumes should be encrypted'],
  GCP: ['Cloud Storage buckets should not be public', 'Service accounts should have no keys', 'OS login should be on'],
} as const;
const severities = ['High', 'Medium', 'Low'] as const;
const resourcesPerConnector = 4;

const assessedBehind = (environment: 'AWS' | 'GCP', connector: string): readonly CloudAssessment[] =>
  numbersTo(resourcesPerConnector).flatMap((number) => {
    const name = `fab-${guidOf(`cloud ${connector} ${number}`).slice(0, 8)}`;
    const nativeId =
      environment === 'AWS' ? `arn:aws:s3:::${name}` : `//storage.googleapis.com/projects/_/buckets/${name}`;
    return titles[environment].map((displayName) => ({
      assessmentKey: guidOf(`recommendation ${displayName}`),
      displayName,
      severity: pick(`severity ${displayName}`, severities),
      nativeId,
      unhealthy: roll(`unhealthy ${nativeId} ${displayName}`, 2) === 0,
    }));
  });

/** Every eighth subscription watches an account of AWS, a project of GCP, or several; their scores and their assessments are two oddities. */
export const connectorsOf = (
  groups: readonly ResourceGroup[],
  has: (oddity: Oddity) => boolean,
): readonly Connector[] =>
  [...Map.groupBy(groups, ({ subscriptionId }) => subscriptionId).values()]
    .filter((_, position) => position % 8 === 3 && (has('severalScores') || has('otherClouds')))
    .flatMap(([group]) =>
      group === undefined
        ? []
        : (['AWS', 'AWS', 'GCP'] as const).map((environment, number): Connector => {
            const id = `${group.id}/providers/Microsoft.Security/securityConnectors/fab-${environment.toLowerCase()}-${number}`;
            return {
              id,
              resourceGroup: group.id,
              environment,
              healthy: has('severalScores') ? roll(`healthy ${group.id} ${number}`, 60) : 0,
              unhealthy: has('severalScores') ? 20 : 0,
              assessed: has('otherClouds') ? assessedBehind(environment, id) : [],
            };
          }),
    );
