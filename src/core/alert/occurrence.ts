import type { Alert, LadderStep } from './alert.ts';
import type { Severity } from '../tenant/severity.ts';
import type { FoundOutcome } from './found-outcome.ts';

/** The kinds of alert that a channel may choose; `alertKinds` has their words. */
export type AlertKind =
  | 'created'
  | 'changed'
  | 'deleted'
  | 'expiring'
  | 'expired'
  | 'orphaned'
  | 'gap'
  | 'no-longer-needed'
  | 'not-effective';

/** What an event ends, and who hears of it because of that. */
export type Ending = {
  /** The keys under which earlier alerts about the same exemptions were claimed: whoever was told one of them hears of the end. */
  readonly of: readonly string[];
  /** Whoever was told none of them does not hear of it, whatever their filter. */
  readonly onlyToHearers: boolean;
  /** The request itself tells its requester. */
  readonly requesterKnows: boolean;
};

/** An event about exemptions that channels may want to hear of, found in the current state of Azure. */
export type Occurrence = {
  readonly kind: AlertKind;
  /** Stable over sweeps and restarts. Steps are claimed under this key, once for each channel. */
  readonly unitKey: string;
  /** Claimed together. The last one is what happened; those before it are obsolete by now. */
  readonly steps: readonly string[];
  /** ARM ids of the scopes where it happened. */
  readonly scopes: readonly string[];
  readonly severity: Severity | undefined;
  readonly alert: Alert;
  /** A later alert with the same text here takes the place of one that waits; left out: one about the same unit does. */
  readonly replaces?: string;
  /** Left out: it ends nothing that anybody was told. */
  readonly ending?: Ending | undefined;
  /** What earlier cards about the same exemptions say of it; left out: nothing. */
  readonly outcome?: FoundOutcome | undefined;
};

export const kindOf = (step: LadderStep): AlertKind => (step === 'expired' ? step : 'expiring');
