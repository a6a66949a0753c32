import { normalId, sameId } from '../../src/core/tenant/arm-id.ts';
import { controlsOf } from '../../src/core/score/control.ts';
import { covers, everything } from '../../src/core/tenant/hierarchy.ts';
import { carries } from '../../src/core/tenant/tag-filter.ts';
import type { SweepingDesk } from '../../src/workflow/desk.ts';
import type { FakeAccess } from './fake-access.ts';
import { fakeEveryExemption, fakeExemptions } from './fake-exemptions.ts';
import { fakeOwnAccess } from './fake-own-access.ts';
import { fakePolicies } from './fake-policies.ts';
import { fakeRecommendations } from './fake-recommendations.ts';
import type { FakeTenant } from './fake-tenant.ts';

type AzurePorts = Pick<
  SweepingDesk,
  | 'hierarchy'
  | 'forReading'
  | 'forDecision'
  | 'eligibleRoles'
  | 'groupsForDecision'
  | 'recommendations'
  | 'secureScores'
  | 'policies'
  | 'policiesForLists'
  | 'exemptions'
  | 'defenderExemptions'
  | 'everyExemption'
  | 'resources'
  | 'ownAccess'
  | 'azureHealth'
  | 'mirrorSource'
  | 'approvers'
  | 'owners'
>;

/** Every port that Azure fills, from a fake tenant. */
export const fakeAzure = (tenant: FakeTenant, access: FakeAccess, now: () => Date): AzurePorts => ({
  hierarchy: async () => tenant.hierarchy,
  forReading: access.forReading,
  forDecision: access.forDecision,
  eligibleRoles: access.eligibleRoles,
  groupsForDecision: access.groupsForDecision,
  recommendations: fakeRecommendations(tenant),
  secureScores: {
    scores: async (subscriptions) =>
      tenant.scores.filter(({ subscription }) => subscriptions.some((each) => sameId(each, subscription))),
    controls: async () => controlsOf(tenant.scores),
    openCounts: async (subscriptions) =>
      subscriptions.map((subscription) => ({
        subscription,
        unhealthy: new Map(
          tenant.recommendations.map(({ key }) => [
            key.toLowerCase(),
            tenant.assessments.filter(
              ({ recommendationKey, resourceId, status }) =>
                recommendationKey === key &&
                status === 'unhealthy' &&
                covers(subscription, resourceId, tenant.hierarchy),
            ).length,
          ]),
        ),
      })),
  },
  policies: fakePolicies(tenant),
  policiesForLists: { assignments: () => fakePolicies(tenant).assignments(everything) },
  exemptions: fakeExemptions(tenant, now),
  everyExemption: fakeEveryExemption(tenant),
  defenderExemptions: {
    above: async (scopes, hierarchy) =>
      tenant.defenderExemptions.filter((each) => scopes.some((scope) => covers(each.scope, scope, hierarchy))),
  },
  resources: {
    locations: async (ids) =>
      new Map(
        ids.flatMap((id) => {
          const location = tenant.locations[id];
          return location === undefined ? [] : [[normalId(id), location]];
        }),
      ),
    tagged: async (tag, subscriptions) =>
      Object.entries(tenant.tags).flatMap(([id, tags]) =>
        carries(tags, tag) && subscriptions.some((each) => covers(each, id, tenant.hierarchy)) ? [id] : [],
      ),
  },
  ownAccess: fakeOwnAccess(tenant),
  azureHealth: { look: async () => tenant.health },
  owners: { called: async () => [], ownRoles: async () => [] },
  // The fake tenant is asked at no cost, so nothing of it is kept.
  mirrorSource: { slices: async () => [], read: async () => [] },
  approvers: { factsFor: async () => tenant.approverFacts },
});
