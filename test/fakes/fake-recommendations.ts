import { isAtOrUnder, resourceTypeOf, subscriptionOf } from '../../src/core/tenant/arm-id.ts';
import { readPage } from '../../src/core/list-page.ts';
import type {
  Assessment,
  RecommendationSource,
  RecommendationStanding,
  StandingsWanted,
  Where,
} from '../../src/core/tenant/recommendation.ts';
import type { ResourceFilter } from '../../src/core/tenant/resource-filter.ts';
import { bySeverityRank } from '../../src/core/tenant/severity.ts';
import type { FakeTenant } from './fake-tenant.ts';

const isThere = ({ subscriptions, narrower, hidden = [] }: Where, resourceId: string): boolean =>
  [...subscriptions, ...narrower].some((scope) => isAtOrUnder(resourceId, scope)) &&
  !hidden.some((scope) => isAtOrUnder(resourceId, scope));

const isOf = (key: string) => (each: { readonly recommendationKey: string }) =>
  each.recommendationKey.toLowerCase() === key.toLowerCase();

const isMeant =
  (filter: ResourceFilter | undefined) =>
  ({ resourceId }: Pick<Assessment, 'resourceId'>): boolean => {
    if (filter === undefined) return true;
    const [id, type = ''] = [resourceId.toLowerCase(), resourceTypeOf(resourceId)?.toLowerCase()];
    const { types, group, words } = filter;
    return (
      (types.length === 0 || types.some((each) => type === each || type.endsWith(`/${each}`))) &&
      (group === '' || id.includes(`/resourcegroups/${group}/`)) &&
      words.every((word) => id.includes(word))
    );
  };

const counted: Readonly<Record<StandingsWanted['having'], (each: RecommendationStanding) => number>> = {
  open: ({ unhealthy }) => unhealthy,
  exempt: ({ exempted }) => exempted,
  either: ({ unhealthy, exempted }) => unhealthy + exempted,
};

/** A page as Azure sorts it: the closest title first if that is wanted, then the worst. */
const listed = (all: readonly RecommendationStanding[], wanted: StandingsWanted, page: number) => {
  const text = (wanted.text ?? '').trim().toLowerCase();
  const fitOf = (title: string): number =>
    wanted.closestFirst === true ? (title === text ? 2 : title.includes(text) ? 1 : 0) : 0;
  const rows = all
    .filter((each) => counted[wanted.having](each) > 0)
    .filter(({ policyDefinitionId }) => wanted.exemptable !== true || policyDefinitionId !== undefined)
    .filter(({ severity }) => wanted.severity === undefined || severity === wanted.severity)
    .filter(({ title }) => text.split(/\s+/).every((word) => title.toLowerCase().includes(word)))
    .toSorted(
      (a, b) =>
        fitOf(b.title.toLowerCase()) - fitOf(a.title.toLowerCase()) ||
        bySeverityRank(a.severity, b.severity) ||
        Number(b.policyDefinitionId !== undefined) - Number(a.policyDefinitionId !== undefined) ||
        b.unhealthy - a.unhealthy ||
        a.title.localeCompare(b.title, 'en'),
    );
  return readPage({ count: async () => rows.length, read: async (skip, most) => rows.slice(skip, skip + most) }, page);
};

export const fakeRecommendations = (tenant: FakeTenant): RecommendationSource => {
  const assessmentsIn = (where: Where): Assessment[] =>
    tenant.assessments
      .filter(({ resourceId }) => isThere(where, resourceId))
      .toSorted((a, b) => (a.resourceId.toLowerCase() < b.resourceId.toLowerCase() ? -1 : 1));
  const assessments = async (key: string, where: Where, resources?: ResourceFilter) =>
    assessmentsIn(where).filter(isOf(key)).filter(isMeant(resources));
  const recommendationIn = async (key: string, where: Where) => {
    if (!assessmentsIn(where).some(isOf(key))) return undefined;
    const known = tenant.recommendations.find((each) => each.key.toLowerCase() === key.toLowerCase());
    if (known === undefined) return undefined;
    const { preview: _, ...recommendation } = known;
    return recommendation;
  };

  return {
    assessments,
    ofStatus: async ({ key, where, resources, status }, { skip, most }) => {
      const found = (await assessments(key, where, resources)).filter((each) => each.status === status);
      return { rows: found.slice(skip, skip + most), found: found.length };
    },
    overview: async ({ key, where, resources }) => {
      const recommendation = await recommendationIn(key, where);
      const found = await assessments(key, where, resources);
      const count = (status: Assessment['status']): number => found.filter((each) => each.status === status).length;
      const counts = {
        unhealthy: count('unhealthy'),
        exempt: count('exempt'),
        healthy: count('healthy'),
        notApplicable: count('not-applicable'),
        subscriptions: [...new Set(found.map(({ resourceId }) => subscriptionOf(resourceId)!.toLowerCase()))],
      };
      return recommendation && { recommendation, counts };
    },
    scopesWith: async ({ key, where, resources }, scopes) => {
      const found = await assessments(key, where, resources);
      return scopes
        .map((scope) => scope.toLowerCase())
        .filter((scope) => found.some(({ resourceId }) => isAtOrUnder(resourceId, scope)));
    },
    inOtherClouds: async () => [],
    cloudsLeftOut: async () => [],
    assessmentsOfAll: async (questions) => Promise.all(questions.map(({ key, where }) => assessments(key, where))),
    recommendation: recommendationIn,
    standings: async (where, wanted, page = 1) =>
      listed(
        tenant.recommendations.flatMap(({ key, title, severity, policyDefinitionId }) => {
          if (wanted.keys?.includes(key.toLowerCase()) === false) return [];
          const found = assessmentsIn(where).filter(isOf(key)).filter(isMeant(wanted.resources));
          const count = (status: Assessment['status']): number => found.filter((each) => each.status === status).length;
          const standing = { key, title, severity, policyDefinitionId };
          return [{ ...standing, unhealthy: count('unhealthy'), exempted: count('exempt') }];
        }),
        wanted,
        page,
      ),
    catalogue: async () =>
      tenant.recommendations.map(({ key, title, severity, policyDefinitionId, preview }) => ({
        key,
        title,
        severity,
        policyDefinitionId,
        preview,
      })),
  };
};
