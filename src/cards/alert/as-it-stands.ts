import type { Alert } from '../../core/alert/alert.ts';

/** Outcomes after which somebody else's card is about the exemption. */
const continued: readonly (Alert['step'] | 'lapsing')[] = ['renewed', 'adopted'];

type Standing = {
  /** As if it were raised now; decides which buttons can be used. */
  readonly alert: Alert;
  /** What became of its exemptions, as one line; empty for nothing. */
  readonly line: string;
  /** Its exemption goes on under another request. */
  readonly isContinued: boolean;
  readonly isLapsing: boolean;
};

/** An alert after what became of its exemptions since it was raised. */
export const asItStands = (alert: Alert): Standing => {
  const { outcome } = alert;
  if (outcome === undefined) return { alert, line: '', isContinued: false, isLapsing: false };
  const { step, line, left } = outcome;
  const standing = { line, isContinued: left === undefined && continued.includes(step), isLapsing: step === 'lapsing' };
  if (left !== undefined) return { ...standing, alert: { ...alert, exemptionId: alert.exemptionId && left } };
  if (step === 'lapsing' || step === 'changed') return { ...standing, alert };
  // It is in force again: only the alert of the loss has lost its meaning.
  if (step === 'in-force-again' && alert.step !== 'orphaned') return { ...standing, alert };
  return { ...standing, alert: { ...alert, step, approve: undefined } };
};
