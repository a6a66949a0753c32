import { setTimeout } from 'node:timers/promises';
import { PolicyClient } from '@azure/arm-policy';
import { ResourceGraphClient } from '@azure/arm-resourcegraph';
import {
  bearerTokenAuthenticationPolicy,
  createDefaultHttpClient,
  createPipelineFromOptions,
  type HttpClient,
} from '@azure/core-rest-pipeline';
import type { TokenCredential } from '@azure/identity';
import type { AccessSource } from '../core/access/access.ts';
import type { DefenderExemptionSource } from '../core/inventory/defender-exemption.ts';
import type { ExemptionGateway } from '../core/exemption/exemption.ts';
import type { HierarchySource } from '../core/tenant/hierarchy.ts';
import type { Observe } from '../core/observed.ts';
import type { OwnAccess } from '../core/access/own-access.ts';
import type { PolicySource, ResourceSource } from '../core/tenant/policy.ts';
import type { RecommendationSource } from '../core/tenant/recommendation.ts';
import type { SecureScoreSource } from '../core/score/secure-score.ts';
import { createAccessSource } from './access/access-source.ts';
import { createDefenderExemptionSource } from './policy/defender-exemption-source.ts';
import { createExemptionGateway } from './policy/exemption-gateway.ts';
import { createHierarchySource } from './hierarchy-source.ts';
import { createOwnAccessSource } from './access/own-access-source.ts';
import { observedHttpClient } from './client/observed-http-client.ts';
import { persistentHttpClient, type Patience } from './client/persistent-http-client.ts';
import { createPolicySource } from './policy/policy-source.ts';
import { createRecommendationSource } from './defender/recommendation-source.ts';
import { createResourceGraph } from './client/resource-graph.ts';
import { createResourceSource } from './resource-source.ts';
import { createRest, type Send } from './client/rest.ts';
import { createSecureScoreSource } from './defender/secure-score-source.ts';

const resourceManagerOrigin = 'https://management.azure.com';
const microsoftGraphOrigin = 'https://graph.microsoft.com';
// Tries are made again below the SDKs: they know no time limit and wait for any Retry-After.
const retryOptions = { maxRetries: 0 };
const usualPatience = { tries: 3, tryInMs: 10_000, random: Math.random };
const usualDecisionInMs = 2000;
// So that whoever looks through logs of Azure or of a proxy can tell our calls from others.
const userAgentOptions = { userAgentPrefix: 'exemption-desk' };
// The client wants a subscription for its typed operations; only sendRequest is used, which needs none.
const noSubscription = '00000000-0000-0000-0000-000000000000';

export type Azure = AccessSource &
  HierarchySource & {
    readonly recommendations: RecommendationSource;
    readonly secureScores: SecureScoreSource;
    readonly policies: PolicySource;
    readonly exemptions: ExemptionGateway;
    readonly defenderExemptions: DefenderExemptionSource;
    readonly resources: ResourceSource;
    /** What the bot itself may do. */
    readonly ownAccess: OwnAccess;
  };

const pauseForReal = (milliseconds: number): Promise<void> => setTimeout(milliseconds, undefined, { ref: false });

const senderFor = (origin: string, credential: TokenCredential, httpClient: HttpClient): Send => {
  const pipeline = createPipelineFromOptions({ retryOptions, userAgentOptions });
  pipeline.addPolicy(bearerTokenAuthenticationPolicy({ credential, scopes: `${origin}/.default` }));
  return (request) => pipeline.sendRequest(httpClient, request);
};

export type AzureOptions = {
  readonly credential: TokenCredential;
  readonly httpClient?: HttpClient;
  readonly now: () => Date;
  readonly observe?: Observe;
  /** Under which id Azure's activity log shows what is done now. */
  readonly correlationId?: () => string | undefined;
  /** How to wait: until Resource Graph's quota comes back, and before a call is tried again. */
  readonly pause?: (milliseconds: number) => Promise<void>;
  /** How often a call is tried, how long one try may take, and how long all that is asked about a person who wants to decide. */
  readonly patience?: Partial<Omit<Patience, 'pause'>> & { readonly decisionInMs?: number };
};

/** Every port that Azure fills, for the identity behind the credential. `httpClient` is the seam at which a simulated Azure can stand in. */
export const createAzure = (options: AzureOptions): Azure => {
  const { credential, now, pause = pauseForReal } = options;
  const { decisionInMs = usualDecisionInMs, ...patience } = options.patience ?? {};
  const observed = observedHttpClient(
    options.httpClient ?? createDefaultHttpClient(),
    options.observe ?? (() => undefined),
    options.correlationId ?? (() => undefined),
  );
  const httpClient = persistentHttpClient(observed, {
    ...usualPatience,
    ...patience,
    pause,
  });
  const policyClient = new PolicyClient(credential, noSubscription, { httpClient, retryOptions, userAgentOptions });
  const resourceManager = createRest(resourceManagerOrigin, (request) => policyClient.sendRequest(request));
  const microsoftGraph = createRest(microsoftGraphOrigin, senderFor(microsoftGraphOrigin, credential, httpClient));
  const resourceGraphClient = new ResourceGraphClient(credential, { httpClient, retryOptions, userAgentOptions });
  const ask = createResourceGraph(resourceGraphClient, pause);
  const { hierarchy } = createHierarchySource(ask, now);
  return {
    hierarchy,
    ...createAccessSource(ask, resourceManager, microsoftGraph, hierarchy, now, decisionInMs),
    recommendations: createRecommendationSource(ask, now),
    secureScores: createSecureScoreSource(ask, now),
    policies: createPolicySource(ask, resourceManager, now),
    defenderExemptions: createDefenderExemptionSource(resourceManager, now),
    exemptions: createExemptionGateway(ask, resourceManager, now),
    resources: createResourceSource(ask),
    ownAccess: createOwnAccessSource(resourceManager, credential, `${resourceManagerOrigin}/.default`),
  };
};
