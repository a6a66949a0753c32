import { createAzure } from '../../../src/azure/azure.ts';
import type { RecommendationSource, StandingsWanted, Where } from '../../../src/core/tenant/recommendation.ts';
import { cannedHttpClient, credential } from '../canned-http-client.ts';
import { answerFrom } from '../graph-rows.ts';

export const shop = '11111111-1111-4111-8111-111111111111';
export const corp = '22222222-2222-4222-8222-222222222222';
export const group = `/subscriptions/${shop}/resourceGroups/rg-shop-prod`;
export const machine = (name: string) => `${group}/providers/Microsoft.Compute/virtualMachines/${name}`;
export const everywhere = { subscriptions: [`/subscriptions/${shop}`, `/subscriptions/${corp}`], narrower: [] };
export const only = (scope: string) => ({ subscriptions: [], narrower: [scope.toLowerCase()] });

type Options = {
  code?: string;
  cause?: string;
  key?: string;
  displayName?: string;
  details?: unknown;
  metadata?: Record<string, unknown>;
};

export const assessment = (resourceId: string, options: Options = {}) => {
  const key = options.key ?? 'aaaa';
  return {
    id: `${resourceId}/providers/Microsoft.Security/assessments/${key}`,
    name: key,
    type: 'microsoft.security/assessments',
    subscriptionId: resourceId.split('/')[2],
    properties: {
      displayName: options.displayName ?? `Recommendation ${key}`,
      resourceDetails: options.details ?? { Source: 'Azure', Id: resourceId },
      status: { code: options.code ?? 'Unhealthy', cause: options.cause },
      metadata: { severity: 'High', policyDefinitionId: '/providers/x/policyDefinitions/d', ...options.metadata },
    },
  };
};

export const sourceOver = (...rows: ReturnType<typeof assessment>[]) => {
  const { client, requests } = cannedHttpClient((request) => answerFrom('securityresources', rows, request));
  let now = new Date('2026-03-01T12:00:00Z');
  const azure = createAzure({ credential, httpClient: client, now: () => now });
  const wait = (minutes: number) => (now = new Date(now.getTime() + minutes * 60_000));
  return { source: azure.recommendations, requests, wait };
};

export const listed = async (source: RecommendationSource, where: Where, wanted: Partial<StandingsWanted> = {}) =>
  (await source.standings(where, { having: 'either', ...wanted })).rows;
