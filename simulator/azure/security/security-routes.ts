import { controlScoresOf, secureScoreOf } from '../../tenant/secure-scores.ts';
import type { ControlScore } from '../../tenant/secure-scores.ts';
import { ArmError } from '../arm/arm-error.ts';
import { pageOf } from '../arm/paging.ts';
import { requireReadableScope } from '../arm/permission.ts';
import { itemOf, listOf } from '../arm/route.ts';
import type { Answer, Call, Route, World } from '../arm/route.ts';
import { controlDocument, metadataDocument, secureScoreDocument } from './security-documents.ts';

const metadataType = 'Microsoft.Security/assessmentMetadata';

const requireSubscriptionRead = ({ tenant }: World, call: Call, action: string): string => {
  const scope = call.part('scope');
  if (scope !== '') requireReadableScope(tenant, call.caller, action, scope);
  return scope.slice(scope.lastIndexOf('/') + 1);
};

const listMetadata = (world: World, call: Call): Answer => {
  requireSubscriptionRead(world, call, `${metadataType}/read`);
  return pageOf(call, world.tenant.recommendations.map(metadataDocument), world.tenant.settings.pageSize);
};

const readMetadata = (world: World, call: Call): Answer => {
  requireSubscriptionRead(world, call, `${metadataType}/read`);
  const key = call.part('name').toLowerCase();
  const recommendation = world.tenant.recommendations.find(({ assessmentKey }) => assessmentKey === key);
  if (recommendation === undefined)
    throw new ArmError(404, 'ResourceNotFound', `The assessment metadata '${call.part('name')}' could not be found.`);
  return { json: metadataDocument(recommendation) };
};

const controlsOf = ({ tenant, assessments }: World, subscriptionId: string): readonly ControlScore[] =>
  controlScoresOf(assessments.of(subscriptionId), tenant.recommendations);

const readScore = (world: World, call: Call) => {
  const subscriptionId = requireSubscriptionRead(world, call, 'Microsoft.Security/secureScores/read');
  return secureScoreDocument(call.part('scope'), secureScoreOf(controlsOf(world, subscriptionId)));
};

const listControls = (world: World, call: Call): Answer => {
  const subscriptionId = requireSubscriptionRead(world, call, 'Microsoft.Security/secureScoreControls/read');
  const withDefinition = call.query.get('$expand') === 'definition';
  const controls = controlsOf(world, subscriptionId).map((one) =>
    controlDocument(call.part('scope'), one, withDefinition),
  );
  return pageOf(call, controls, world.tenant.settings.pageSize);
};

/** Assessment metadata and the secure score of a subscription with its controls. */
export const securityRoutes = (world: World): readonly Route[] => {
  const subscription = '^(?<scope>/subscriptions/[^/]+)/providers/Microsoft\\.Security';
  const scores = new RegExp(`${subscription}/secureScores$`, 'i');
  const score = new RegExp(`${subscription}/secureScores/ascScore$`, 'i');
  const controls = new RegExp(`${subscription}/(secureScores/ascScore/)?secureScoreControls$`, 'i');
  const get = (pattern: RegExp, apiVersions: readonly string[], handle: Route['handle']): Route => ({
    method: 'GET',
    pattern,
    apiVersions,
    handle,
  });
  const metadataVersions = ['2020-01-01', '2021-06-01', '2025-05-04'];
  const scoreVersions = ['2020-01-01'];
  return [
    get(itemOf(metadataType), metadataVersions, (call) => readMetadata(world, call)),
    get(listOf(metadataType), metadataVersions, (call) => listMetadata(world, call)),
    get(scores, scoreVersions, (call) => ({ json: { value: [readScore(world, call)] } })),
    get(score, scoreVersions, (call) => ({ json: readScore(world, call) })),
    get(controls, scoreVersions, (call) => listControls(world, call)),
  ];
};
