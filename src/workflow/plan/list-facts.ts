import { distinctBy } from '../../core/lists.ts';
import { normalId, sameId } from '../../core/tenant/arm-id.ts';
import { placeName, scopeLabel } from '../../core/tenant/hierarchy.ts';
import type { Exemption } from '../../core/exemption/exemption.ts';
import {
  listingDigest,
  listingOf,
  recommendationSet,
  type Listing,
  type RecommendationSet,
} from '../../core/inventory/listing.ts';
import { fingerprintOf, seenOf } from '../../core/inventory/seen-exemption.ts';
import type { Desk } from '../desk.ts';
import { describeExemption } from './describe-exemption.ts';
import { mapOf, readAssignments, readInitiatives, type PolicyMap } from './map-policies.ts';

/** An exemption as Azure shows it. */
export type Standing = {
  readonly exemption: Exemption;
  /** See `fingerprintOf`. */
  readonly fingerprint: string;
  /** Of the request behind it. */
  readonly reference: string | undefined;
};

export const standing = (
  { hash }: Pick<Desk, 'hash'>,
  exemption: Exemption,
  reference: string | undefined,
): Standing => ({
  exemption,
  fingerprint: fingerprintOf(seenOf(exemption, hash), exemption.requestReference, hash),
  reference,
});

type Recommendations = RecommendationSet['recommendations'];
type Surroundings = { readonly map: PolicyMap; readonly hierarchy: Parameters<typeof scopeLabel>[1] };

type Lister = {
  /** The digest of what lists show; see `listingDigest`. */
  readonly digestOf: (standing: Standing) => string;
  readonly listingOf: (standing: Standing) => Listing;
};

/** Finds out what lists show. The recommendations that many exemptions have are digested once: the map returns the same ones for all. */
export const createLister = ({ hash }: Pick<Desk, 'hash'>, { map, hierarchy }: Surroundings): Lister => {
  const sets = new WeakMap<Recommendations, RecommendationSet>();
  const setOf = (recommendations: Recommendations): RecommendationSet => {
    const set = sets.get(recommendations) ?? recommendationSet(recommendations, hash);
    sets.set(recommendations, set);
    return set;
  };
  return {
    digestOf: ({ exemption, fingerprint, reference }) => {
      const { recommendations, wholeInitiative, assignmentName } = describeExemption(map, exemption);
      return listingDigest({
        ...{ exemption, fingerprint, reference, wholeInitiative, assignmentName },
        placeName: placeName(exemption.scope, hierarchy),
        recommendations: setOf(recommendations),
      });
    },
    listingOf: (each) => {
      const { scope } = each.exemption;
      const { recommendations, ...described } = describeExemption(map, each.exemption);
      const names = { placeName: placeName(scope, hierarchy), scopeLabel: scopeLabel(scope, hierarchy) };
      const facts = { madeIn: 'policy' as const, ...each, ...described, ...names };
      return listingOf({ ...facts, recommendations: setOf(recommendations) }, hash);
    },
  };
};

/** The same for exemptions at some scopes alone, from what a plan asks about these scopes. */
export const listingFinder = async (
  desk: Pick<Desk, 'policies' | 'recommendations' | 'hierarchy' | 'hash'>,
  scopes: readonly string[],
): Promise<(exemption: Exemption, reference: string | undefined) => Listing> => {
  const [hierarchy, catalogue, perScope] = await Promise.all([
    desk.hierarchy(),
    desk.recommendations.catalogue(),
    Promise.all([...new Set(scopes)].map((scope) => readAssignments(desk, scope))),
  ]);
  const assignments = distinctBy(perScope.flat(), ({ id }) => normalId(id));
  const map = mapOf(assignments, await readInitiatives(desk, assignments), catalogue);
  const lister = createLister(desk, { map, hierarchy });
  return (exemption, reference) => lister.listingOf(standing(desk, exemption, reference));
};

/** The reference of the request behind an exemption. Trusted only if the stored request names this exemption id. */
export const referenceBehind = async (
  { database }: Pick<Desk, 'database'>,
  { id, requestReference }: Exemption,
): Promise<string | undefined> => {
  const request = requestReference === undefined ? undefined : await database.requests.find(requestReference);
  return request?.targets.some((target) => sameId(target.exemptionId, id)) === true ? request.reference : undefined;
};
