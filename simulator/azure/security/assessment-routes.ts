import { normalised, sameId, subscriptionIdOf } from '../../tenant/arm-id.ts';
import type { Assessment } from '../../tenant/assessments.ts';
import { assessmentIdOf } from '../../tenant/standings.ts';
import { ArmError } from '../arm/arm-error.ts';
import { pageOf } from '../arm/paging.ts';
import { requireReadableScope } from '../arm/permission.ts';
import { itemOf, listOf } from '../arm/route.ts';
import type { Call, Route, World } from '../arm/route.ts';
import { metadataOf, portalLinkOf } from './security-documents.ts';

const assessmentType = 'Microsoft.Security/assessments';

/** The metadata stands in an assessment only where the caller expands it. */
const documentOf = (assessment: Assessment, call: Call) => ({
  id: assessmentIdOf(assessment),
  name: assessment.recommendation.assessmentKey,
  type: assessmentType,
  properties: {
    resourceDetails: { source: 'Azure', id: assessment.resource.id },
    displayName: assessment.recommendation.displayName,
    status: assessment.status,
    links: { azurePortal: portalLinkOf(assessment) },
    ...(call.query.get('$expand')?.includes('metadata') === true && {
      metadata: metadataOf(assessment.recommendation),
    }),
  },
});

const list = ({ tenant, assessments }: World, call: Call) => {
  const scope = call.part('scope');
  requireReadableScope(tenant, call.caller, `${assessmentType}/read`, scope);
  const subscriptionId = subscriptionIdOf(scope);
  const around = subscriptionId === '' ? assessments.all() : assessments.of(subscriptionId);
  const under = around.filter(({ resource }) => tenant.chainOf(resource.id).includes(normalised(scope)));
  return pageOf(
    call,
    under.map((one) => documentOf(one, call)),
    tenant.settings.pageSize,
  );
};

const read = ({ tenant, assessments }: World, call: Call) => {
  const [scope, name] = [call.part('scope'), call.part('name')];
  requireReadableScope(tenant, call.caller, `${assessmentType}/read`, scope);
  const found = assessments
    .of(subscriptionIdOf(scope))
    .find(({ resource, recommendation }) => sameId(resource.id, scope) && sameId(recommendation.assessmentKey, name));
  if (found === undefined)
    throw new ArmError(404, 'ResourceNotFound', `The assessment '${name}' of '${scope}' could not be found.`);
  return { json: documentOf(found, call) };
};

/** Microsoft.Security/assessments: those of a subscription or a management group, and one of a resource. */
export const assessmentRoutes = (world: World): readonly Route[] => {
  const apiVersions = ['2020-01-01', '2021-06-01', '2025-05-04'];
  return [
    { method: 'GET', pattern: itemOf(assessmentType), apiVersions, handle: (call) => read(world, call) },
    { method: 'GET', pattern: listOf(assessmentType), apiVersions, handle: (call) => list(world, call) },
  ];
};
