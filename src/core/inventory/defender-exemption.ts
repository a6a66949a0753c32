import type { ExemptionFacts } from '../exemption/exemption.ts';

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
  /** All that Exemption Desk can see in the tenant; may be some minutes old. Throws GovernanceError unavailable. */
  readonly list: () => Promise<DefenderExemption[]>;
};
