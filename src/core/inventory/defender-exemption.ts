import type { ExemptionFacts } from '../exemption/exemption.ts';

/**
 * An exemption made in Defender for Cloud itself, for a recommendation without Azure Policy (a standard assignment with the effect Exempt).
 * It is not a policy exemption: Exemption Desk shows it and never writes or deletes it.
 */
export type DefenderExemption = ExemptionFacts & {
  readonly recommendationKey: string;
  /** Scopes inside its scope where it does not apply. */
  readonly excludedScopes: readonly string[];
};

export type DefenderExemptionSource = {
  /**
   * Those at, above and below each of these subscriptions and management groups that Exemption Desk can see; may be some minutes old.
   * Throws GovernanceError unavailable or forbidden.
   */
  readonly list: (scopes: readonly string[]) => Promise<DefenderExemption[]>;
};
