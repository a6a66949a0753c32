import type { Alert, LadderStep } from './alert.ts';
import type { Severity } from '../tenant/recommendation.ts';

/** What a channel may choose to hear of; `alertKinds` has the words for each. */
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

/** Something about exemptions that channels may want to hear of, found by looking at Azure's current state. */
export type Occurrence = {
  readonly kind: AlertKind;
  /** Stable over sweeps and restarts: steps are claimed under it, once for each channel. */
  readonly unitKey: string;
  /** Claimed together; the last one is what happened, those before it are obsolete by now. */
  readonly steps: readonly string[];
  /** Where it happened; ARM ids. */
  readonly scopes: readonly string[];
  readonly severity: Severity | undefined;
  readonly alert: Alert;
};

export const kindOf = (step: LadderStep): AlertKind => (step === 'expired' ? step : 'expiring');
