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
import type { AzureHealth } from '../core/desk/azure-health.ts';
import type { EveryExemption } from '../core/inventory/every-exemption.ts';
import type { ExemptionGateway } from '../core/exemption/exemption.ts';
import type { Person } from '../core/person.ts';
import type { Observe } from '../core/observed.ts';
import type { OwnAccess } from '../core/access/own-access.ts';
import type { AskAfresh, PlanSources } from '../core/plan/plan-sources.ts';
import type { MirrorSource, MirrorStore } from '../core/mirror/mirror.ts';
import { everything } from '../core/tenant/hierarchy.ts';
import type { PoliciesForLists, ResourceSource } from '../core/tenant/policy.ts';
import type { SecureScoreSource } from '../core/score/secure-score.ts';
import { createAzureHealth } from './client/observe-health.ts';
import { createAccessSource, identified } from './access/access-source.ts';
import { createDenyAssignmentsBelow, createDenyAssignmentsIn } from './access/deny-assignments-below.ts';
import { createDefenderExemptionSource } from './policy/defender-exemption-source.ts';
import { createEveryExemption } from './policy/read-every-exemption.ts';
import { createExemptionGateway } from './policy/exemption-gateway.ts';
import { createGroupMembership, createGroupPages } from './access/group-membership.ts';
import { createHierarchySource } from './access/hierarchy-source.ts';
import { createOwnAccessSource } from './access/own-access-source.ts';
import { observedHttpClient } from './client/observed-http-client.ts';
import { persistentHttpClient, type Patience } from './client/persistent-http-client.ts';
import { createPeopleCalled } from './access/people-called.ts';
import { factsFromResourceGraph, withinTimeLimit } from './access/reading-access.ts';
import { createMirrorSource } from './mirror/mirror-source.ts';
import { overMirror, type OverMirror } from './mirror/over-mirror.ts';
import { createPolicySource } from './policy/policy-source.ts';
import { createRecommendationSource } from './defender/recommendation-source.ts';
import { createResourceGraph } from './client/resource-graph.ts';
import { createResourceSource } from './resource-source.ts';
import { createRest, type Send } from './client/rest.ts';
import { withTimeLimit } from './client/time-limit.ts';
import { createWarmUp } from './client/warm-up.ts';
import { createSecureScoreSource } from './defender/secure-score-source.ts';

const resourceManagerOrigin = 'https://management.azure.com';
const microsoftGraphOrigin = 'https://graph.microsoft.com';
// Requests are retried below the SDKs, which know no time limit and wait for any Retry-After.
const retryOptions = { maxRetries: 0 };
const usualPatience = { tries: 3, tryInMs: 10_000, random: Math.random };
const usualDecisionInMs = 2000;
const groupPagesInMs = 20_000;
// Identifies our calls in the logs of Azure or of a proxy.
const userAgentOptions = { userAgentPrefix: 'exemption-desk' };
// The client requires a subscription; only operations inside a subscription use it.
const noSubscription = '00000000-0000-0000-0000-000000000000';

export type Azure = AccessSource &
  PlanSources &
  AskAfresh & {
    readonly secureScores: SecureScoreSource;
    readonly policiesForLists: PoliciesForLists;
    readonly exemptions: ExemptionGateway;
    readonly defenderExemptions: DefenderExemptionSource;
    /** For the sweep alone. */
    readonly everyExemption: EveryExemption;
    readonly resources: ResourceSource;
    /** The groups of a person, read in the way for somebody in very many groups. */
    readonly groupPages: (person: Pick<Person, 'objectId'>) => Promise<string[]>;
    readonly azureHealth: AzureHealth;
    /** Reads what the mirror keeps of the tenant. */
    readonly mirrorSource: MirrorSource;
    /** What lists ask, over what the mirror keeps; and the store of the mirror, through which it is to be filled. */
    readonly overMirror: (kept: MirrorStore) => { readonly store: MirrorStore; readonly sources: OverMirror };
    /** The permissions of Exemption Desk itself. */
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
  /** The id under which the activity log of Azure shows the current work. */
  readonly correlationId?: () => string | undefined;
  /** Groups whose members may approve by something else than a role in Azure, to count them. */
  readonly approverGroups?: readonly string[];
  /** Waits: for the quota of Resource Graph, and before a retry. */
  readonly pause?: (milliseconds: number) => Promise<void>;
  /** The number of tries for a call, the time limit of one try, and the time limit for all reads that somebody waits for: about who wants to decide, and for `status`. */
  readonly patience?: Partial<Omit<Patience, 'pause'>> & { readonly decisionInMs?: number };
};

/** Creates every port to Azure for the identity of the credential. `httpClient` is where a simulated Azure can stand in. */
export const createAzure = (options: AzureOptions): Azure => {
  const { credential, now, pause = pauseForReal, observe = () => undefined } = options;
  const { decisionInMs = usualDecisionInMs, ...patience } = options.patience ?? {};
  const observed = observedHttpClient(
    options.httpClient ?? createDefaultHttpClient(),
    observe,
    options.correlationId ?? (() => undefined),
  );
  const health = createAzureHealth(now);
  const warmUp = createWarmUp(() => performance.now());
  const httpClient = warmUp.listening(
    health.listening(persistentHttpClient(observed, { ...usualPatience, ...patience, pause })),
  );
  const policyClientFor = (subscription = noSubscription): PolicyClient =>
    new PolicyClient(credential, subscription, { httpClient, retryOptions, userAgentOptions });
  const policyClient = policyClientFor();
  const resourceManager = createRest(resourceManagerOrigin, (request) => policyClient.sendRequest(request));
  const microsoftGraph = createRest(microsoftGraphOrigin, senderFor(microsoftGraphOrigin, credential, httpClient));
  const resourceGraphClient = new ResourceGraphClient(credential, { httpClient, retryOptions, userAgentOptions });
  const ask = createResourceGraph(resourceGraphClient, pause);
  const planSources = (forDecisions: boolean) => ({
    ...createHierarchySource(ask, now),
    recommendations: createRecommendationSource(ask, now, { forDecisions }),
    policies: createPolicySource(ask, resourceManager, policyClientFor, now),
    exemptions: createExemptionGateway(ask, resourceManager, now),
  });
  const sources = planSources(false);
  const { hierarchy, recommendations } = sources;
  const roles = factsFromResourceGraph(ask);
  const denyAssignmentsIn = createDenyAssignmentsIn(resourceManager, now);
  const facts = { ...roles, denyAssignmentsBelow: createDenyAssignmentsBelow(denyAssignmentsIn, hierarchy, observe) };
  const access = createAccessSource(facts, resourceManager, microsoftGraph, hierarchy, now, decisionInMs, warmUp.ready);
  const secureScores = createSecureScoreSource(ask, now);
  const policiesForLists = { assignments: () => sources.policies.assignments(everything) };
  const forLists = { hierarchy, forReading: access.forReading, recommendations, secureScores, policiesForLists };
  const peopleCalled = createPeopleCalled(microsoftGraph);
  const groupsInTime = withinTimeLimit(createGroupMembership(microsoftGraph));
  const groupsOf: typeof groupsInTime = async (person) => groupsInTime(identified(person));
  return {
    ...sources,
    askAfresh: () => planSources(true),
    ...access,
    secureScores,
    policiesForLists,
    mirrorSource: createMirrorSource({
      ask,
      resourceManager,
      microsoftGraph,
      hierarchy,
      approverGroups: options.approverGroups ?? [],
      now,
    }),
    overMirror: (kept) =>
      overMirror({ ...forLists, roles, denyAssignmentsIn, groupsOf, peopleCalled, observe, now }, kept),
    defenderExemptions: createDefenderExemptionSource(ask, now),
    everyExemption: createEveryExemption(ask),
    groupPages: (person) => withTimeLimit(groupPagesInMs, (signal) => createGroupPages(microsoftGraph)(person, signal)),
    resources: createResourceSource(ask),
    azureHealth: health.port(() => createHierarchySource(ask, now).hierarchy(), decisionInMs),
    ownAccess: createOwnAccessSource(resourceManager, credential, `${resourceManagerOrigin}/.default`),
  };
};
