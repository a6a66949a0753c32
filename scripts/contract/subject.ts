import { distinctBy } from '../../src/core/lists.ts';
import type { Azure } from '../../src/azure/azure.ts';
import { everything, type Hierarchy } from '../../src/core/tenant/hierarchy.ts';
import { queryScopes } from '../../src/core/tenant/scope-sets.ts';
import type { Exemption } from '../../src/core/exemption/exemption.ts';
import { isInitiative, type PolicyAssignment } from '../../src/core/tenant/policy.ts';
import type { Person } from '../../src/core/person.ts';
import type { RecommendationStanding, Where } from '../../src/core/tenant/recommendation.ts';
import type { Exchange } from './exchanges.ts';
import { NotSeen } from './finding.ts';

/** A JSON answer of a request that the product itself does not make. */
export type AskAside = (call: {
  readonly method: 'GET' | 'PUT' | 'POST';
  readonly path: string;
  readonly apiVersion: string;
  readonly filter?: string;
  readonly body?: unknown;
}) => Promise<unknown>;

/** The subject of the contract: the product's own ports over the recorded line, and ids that they lead to. */
export type Subject = {
  readonly azure: Azure;
  readonly askAside: AskAside;
  readonly exchanges: readonly Exchange[];
  readonly now: () => Date;
  readonly person: () => Person;
};

/** Reads through the product's own code; returns what was seen in counts, or throws what that code throws. */
export type Read = { readonly title: string; readonly run: (subject: Subject) => Promise<string> };

/** Reads that others depend on: if one fails, those are not checked; its own check reports the failure. */
export const leading = async <Value>(answer: Promise<Value>): Promise<Value> =>
  answer.catch(() => {
    throw new NotSeen('what leads to it could not be read');
  });

export const firstOf = <Value>(values: readonly Value[], what: string): Value => {
  const [first] = values;
  if (first === undefined) throw new NotSeen(`there is no ${what} here`);
  return first;
};

export const hierarchyOf = ({ azure }: Subject): Promise<Hierarchy> => leading(azure.hierarchy());

export const everywhere = async (subject: Subject): Promise<Where> =>
  queryScopes([everything], await hierarchyOf(subject));

export const someRecommendation = async (subject: Subject): Promise<RecommendationStanding> =>
  firstOf(
    (await leading(subject.azure.recommendations.standings(await everywhere(subject), { having: 'either' }))).rows,
    'recommendation',
  );

export const someSubscription = async (subject: Subject): Promise<string> =>
  firstOf((await hierarchyOf(subject)).subscriptions, 'subscription').id;

export const allExemptions = ({ azure }: Subject): Promise<Exemption[]> => {
  const all = async (): Promise<Exemption[]> => {
    const found: Exemption[] = [];
    for await (const page of azure.everyExemption.ofPolicy()) found.push(...page);
    return found;
  };
  return leading(all());
};

export const allAssignments = ({ azure }: Subject): Promise<PolicyAssignment[]> =>
  leading(azure.policies.assignments(everything));

export const initiativeIds = async (subject: Subject): Promise<string[]> => {
  const ids = (await allAssignments(subject)).map(({ definitionId }) => definitionId).filter(isInitiative);
  return distinctBy(ids, (id) => id.toLowerCase());
};
