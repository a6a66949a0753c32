import { normalised } from './arm-id.ts';
import type { Holder } from './assignments-in-force.ts';
import type { StoredExemption } from './exemption-store.ts';
import type { PolicyExemption } from './policy-exemption.ts';
import { isSelected } from './selectors.ts';
import type { Selectable } from './selectors.ts';

export const isExpired = ({ properties: { expiresOn } }: PolicyExemption, now: Date): boolean =>
  expiresOn !== undefined && Date.parse(expiresOn) <= now.getTime();

export type ExemptionIndex = {
  /** Equal for equal sets of exemptions. */
  readonly signature: string;
  /** When the next of them ends, in milliseconds. */
  readonly nextEnd: number;
  /** The exemptions that together exempt the holder at a place with this chain of scopes; empty if they do not. */
  readonly covering: (holder: Holder, chain: readonly string[], place: Selectable) => readonly PolicyExemption[];
};

const frees = ({ properties }: PolicyExemption, referenceId: string): boolean => {
  const references = properties.policyDefinitionReferenceIds ?? [];
  return references.length === 0 || references.some((one) => one.toLowerCase() === referenceId.toLowerCase());
};

/** The exemptions that are not expired, by assignment and scope. */
export const indexExemptions = (stored: readonly StoredExemption[], now: Date): ExemptionIndex => {
  const active = stored.filter(({ exemption }) => !isExpired(exemption, now));
  const byAssignment = new Map<string, Map<string, PolicyExemption[]>>();
  for (const { exemption } of active) {
    const assignment = normalised(exemption.properties.policyAssignmentId);
    const scope = normalised(exemption.scope);
    const byScope = byAssignment.get(assignment) ?? new Map<string, PolicyExemption[]>();
    const there = byScope.get(scope);
    if (there === undefined) byScope.set(scope, [exemption]);
    else there.push(exemption);
    byAssignment.set(assignment, byScope);
  }
  return {
    signature: active.map(({ number }) => number).join(' '),
    nextEnd: active.reduce(
      (soonest, { exemption: { properties } }) =>
        properties.expiresOn === undefined ? soonest : Math.min(soonest, Date.parse(properties.expiresOn)),
      Infinity,
    ),
    covering: ({ assignment, referenceIds }, chain, place) => {
      const byScope = byAssignment.get(normalised(assignment.id));
      if (byScope === undefined) return [];
      const near = chain
        .flatMap((scope) => byScope.get(scope) ?? [])
        .filter(({ properties }) => isSelected(properties.resourceSelectors, place));
      if (referenceIds.length === 0) return near;
      const perReference = referenceIds.map((reference) => near.filter((exemption) => frees(exemption, reference)));
      return perReference.every((found) => found.length > 0) ? [...new Set(perReference.flat())] : [];
    },
  };
};
