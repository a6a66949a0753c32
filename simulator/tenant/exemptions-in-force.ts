import { normalised, subscriptionIdOf } from './arm-id.ts';
import type { Holder } from './assignments-in-force.ts';
import type { StoredExemption } from './exemption-store.ts';
import type { PolicyExemption } from './policy-exemption.ts';
import { isSelected } from './selectors.ts';
import type { Selectable } from './selectors.ts';
import type { PolicyAssignment } from './tenant.ts';

export const isExpired = ({ properties: { expiresOn } }: PolicyExemption, now: Date): boolean =>
  expiresOn !== undefined && Date.parse(expiresOn) <= now.getTime();

export type ExemptionIndex = {
  /** Equal for equal sets of exemptions in and above a subscription. */
  readonly signatureOf: (subscriptionId: string) => string;
  /** When the next of them ends, in milliseconds. */
  readonly nextEnd: number;
  /** The exemptions that together exempt the holder at a place with this chain of scopes; empty if they do not. */
  readonly covering: (holder: Holder, place: Selectable & Chained) => readonly PolicyExemption[];
};

type Chained = { readonly chain: readonly string[] };
type ByScope = ReadonlyMap<string, readonly PolicyExemption[]>;

const none: readonly PolicyExemption[] = [];

const frees = ({ properties }: PolicyExemption, referenceId: string): boolean => {
  const references = properties.policyDefinitionReferenceIds ?? [];
  return references.length === 0 || references.some((one) => one.toLowerCase() === referenceId.toLowerCase());
};

/** In lower case; empty for what stands at a management group. */
const subscriptionOf = ({ scope }: PolicyExemption): string => subscriptionIdOf(scope).toLowerCase();

const nearOf = (byScope: ByScope, place: Selectable & Chained): readonly PolicyExemption[] => {
  if (!place.chain.some((scope) => byScope.has(scope))) return none;
  return place.chain
    .flatMap((scope) => byScope.get(scope) ?? none)
    .filter(({ properties }) => isSelected(properties.resourceSelectors, place));
};

/** The exemptions that are not expired, by assignment and scope. */
export const indexExemptions = (stored: readonly StoredExemption[], now: Date): ExemptionIndex => {
  const active = stored.filter(({ exemption }) => !isExpired(exemption, now));
  const byAssignment = Map.groupBy(active, ({ exemption }) => normalised(exemption.properties.policyAssignmentId));
  const bySubscription = Map.groupBy(active, ({ exemption }) => subscriptionOf(exemption));
  const numbers = new Map([...bySubscription].map(([id, own]) => [id, own.map(({ number }) => number).join(' ')]));
  // Looked up for every assessment, so by the object and not by its id.
  const known = new Map<PolicyAssignment, ByScope>();
  const scopesOf = (assignment: PolicyAssignment): ByScope => {
    const exemptions = (byAssignment.get(normalised(assignment.id)) ?? []).map(({ exemption }) => exemption);
    const byScope = Map.groupBy(exemptions, ({ scope }) => normalised(scope));
    known.set(assignment, byScope);
    return byScope;
  };
  // Assessments of one place follow each other, with the same few assignments.
  let last: (Selectable & Chained) | undefined;
  const nearLast = new Map<PolicyAssignment, readonly PolicyExemption[]>();
  const nearAt = (assignment: PolicyAssignment, place: Selectable & Chained): readonly PolicyExemption[] => {
    if (last !== place) nearLast.clear();
    last = place;
    const byScope = known.get(assignment) ?? scopesOf(assignment);
    const near = nearLast.get(assignment) ?? (byScope.size === 0 ? none : nearOf(byScope, place));
    nearLast.set(assignment, near);
    return near;
  };
  return {
    signatureOf: (subscriptionId) => `${numbers.get(subscriptionId.toLowerCase()) ?? ''}/${numbers.get('') ?? ''}`,
    nextEnd: active.reduce(
      (soonest, { exemption: { properties } }) =>
        properties.expiresOn === undefined ? soonest : Math.min(soonest, Date.parse(properties.expiresOn)),
      Infinity,
    ),
    covering: ({ assignment, referenceIds }, place) => {
      const near = nearAt(assignment, place);
      if (near.length === 0 || referenceIds.length === 0) return near;
      const perReference = referenceIds.map((reference) => near.filter((exemption) => frees(exemption, reference)));
      return perReference.every((found) => found.length > 0) ? [...new Set(perReference.flat())] : none;
    },
  };
};
