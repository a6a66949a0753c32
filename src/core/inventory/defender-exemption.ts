import type { ExemptionFacts } from '../exemption/exemption.ts';
import type { Hierarchy } from '../tenant/hierarchy.ts';

/**
 * An exemption made in Defender for Cloud itself, for a recommendation without Azure Policy (a standard assignment with the effect Exempt).
 * It is not a policy exemption: Exemption Desk shows it and never writes or deletes it.
 */
export type DefenderExemption = ExemptionFacts & {
  /** The assessment key; undefined for an exemption by a rule, such as one for chosen vulnerabilities. */
  readonly recommendationKey: string | undefined;
  /** Scopes inside its scope where it does not apply. */
  readonly excludedScopes: readonly string[];
};

export type DefenderExemptionSource = {
  /** The ones at or above some scopes, at most some minutes old. They are asked for alone, so the size of the tenant does not matter. Throws GovernanceError unavailable. */
  readonly above: (scopes: readonly string[], hierarchy: Hierarchy) => Promise<DefenderExemption[]>;
};
