import type { ExemptionFacts } from '../exemption/exemption.ts';

/**
 * An exemption that was made in Defender for Cloud itself, for a recommendation that Azure Policy has no part in (a standard assignment with the
 * effect Exempt). It is no policy exemption: Exemption Desk shows it and never writes or deletes it.
 */
export type DefenderExemption = ExemptionFacts & {
  readonly recommendationKey: string;
  /** Where it does not hold, inside its scope. */
  readonly excludedScopes: readonly string[];
};

export type DefenderExemptionSource = {
  /** Those at, above and below each of these subscriptions and management groups that the bot can see; may be some minutes old. Throws GovernanceError unavailable or forbidden. */
  readonly list: (scopes: readonly string[]) => Promise<DefenderExemption[]>;
};
