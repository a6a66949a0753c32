import type { Exemption } from '../exemption/exemption.ts';
import type { ChangeTimes } from './change-times.ts';
import type { DefenderExemption } from './defender-exemption.ts';

/**
 * Every exemption at every scope that Exemption Desk can see, without a cache. Reading takes the longer the larger the tenant is, so only the sweep has
 * it: the desk that answers people does not.
 */
export type EveryExemption = {
  /**
   * Those of Azure Policy page by page, from Resource Graph, which may lag minutes behind a write, without holding more than one page. After an
   * error the exemptions on the missing pages are unknown.
   */
  readonly ofPolicy: () => AsyncIterable<Exemption[]>;
  /** Those of Azure Policy among these ids, as Resource Graph shows them; some hundred at most. Throws GovernanceError unavailable. */
  readonly named: (ids: readonly string[]) => Promise<Exemption[]>;
  /** The change times of those of Azure Policy, by one question; undefined if this tenant's Resource Graph does not know them. Throws GovernanceError unavailable. */
  readonly changeTimes: () => Promise<ChangeTimes | undefined>;
  /** Those made in Defender. Throws GovernanceError unavailable. */
  readonly ofDefender: () => Promise<DefenderExemption[]>;
  /** The same of those made in Defender. */
  readonly changeTimesOfDefender: () => Promise<ChangeTimes | undefined>;
};
