import { assignmentsInForce, createHolderLookup } from '../assignments-in-force.ts';
import type { Holder } from '../assignments-in-force.ts';
import { exemptionBy } from '../exemption-by-person.ts';
import type { PolicyExemption } from '../policy-exemption.ts';
import { resourceIndexOf } from '../resources/resource-index.ts';
import { assignmentsAround } from '../standings.ts';
import type { Principal, Resource, Subscription, Tenant } from '../tenant.ts';
import { guidOf, roll } from './dice.ts';
import { makerOf, termsOf } from './exemption-makers.ts';
import type { Oddity } from './oddities.ts';

const dayInMs = 86_400_000;

type Place = { readonly scope: string; readonly holders: readonly Holder[] };

/** Something in a subscription that an exemption can be about: mostly one resource, sometimes its group or the whole subscription. */
const createPlaces = (tenant: Tenant, { subscriptionId }: Subscription) => {
  const around = { ...tenant, policyAssignments: assignmentsAround(tenant, subscriptionId) };
  const holdersAmong = createHolderLookup(around);
  const resources = (resourceIndexOf(tenant).bySubscription.get(subscriptionId) ?? []).filter((resource) =>
    (tenant.recommendationsFor?.(resource) ?? []).some(({ policyDefinitionId }) => policyDefinitionId !== undefined),
  );
  const scopeFor = (resource: Resource, seed: string): string => {
    const width = roll(`width ${seed}`, 40);
    if (width === 0) return `/subscriptions/${subscriptionId}`;
    return width < 4 ? resource.resourceGroup.id : resource.id;
  };
  return (seed: string): Place | undefined => {
    const resource = resources[roll(`resource ${seed}`, Math.max(resources.length, 1))];
    if (resource === undefined) return undefined;
    const scope = scopeFor(resource, seed);
    const inPolicy = (tenant.recommendationsFor?.(resource) ?? []).filter(
      ({ policyDefinitionId }) => policyDefinitionId !== undefined,
    );
    const recommendation = inPolicy[roll(`recommendation ${seed}`, inPolicy.length)];
    return { scope, holders: holdersAmong(assignmentsInForce(around, scope), recommendation?.policyDefinitionId) };
  };
};

const exemptionsAt = (
  tenant: Tenant,
  { scope, holders }: Place,
  seed: string,
  employees: readonly Principal[],
  has: (oddity: Oddity) => boolean,
): readonly PolicyExemption[] => {
  const { author, by } = makerOf(seed, employees, has);
  const terms = termsOf(seed, tenant.createdAt, has);
  const madeAt = new Date(tenant.createdAt.getTime() - (1 + roll(`age ${seed}`, 700)) * dayInMs);
  return holders.map(({ assignment, referenceIds }) =>
    exemptionBy(author, madeAt, scope, guidOf(`exemption ${seed} ${assignment.id}`), {
      policyAssignmentId: assignment.id,
      ...(referenceIds.length > 0 && { policyDefinitionReferenceIds: referenceIds }),
      ...terms,
      ...by,
    }),
  );
};

/** The exemptions that people and programs made over the years, none of them with the bot. */
export function* exemptionsOf(
  tenant: Tenant,
  count: number,
  employees: readonly Principal[],
  has: (oddity: Oddity) => boolean,
): Generator<PolicyExemption> {
  const places = tenant.subscriptions.map((subscription) => createPlaces(tenant, subscription));
  const perSubscription = Math.ceil(count / Math.max(places.length, 1));
  let left = count;
  for (const [position, placeFor] of places.entries())
    for (let number = 0, made = 0; made < perSubscription && number < perSubscription * 2 && left > 0; number += 1) {
      const seed = `${position}/${number}`;
      const place = placeFor(seed);
      if (place === undefined) break;
      for (const exemption of exemptionsAt(tenant, place, seed, employees, has).slice(0, left)) {
        yield exemption;
        made += 1;
        left -= 1;
      }
    }
}
