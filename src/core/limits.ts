import type { ExemptionCategory } from './exemption.ts';

/** What a request may ask for at most. */
export type Limits = {
  readonly maxDays: Readonly<Record<ExemptionCategory, number>>;
  readonly justificationMinLength: number;
};

export const defaultLimits: Limits = { maxDays: { Waiver: 90, Mitigated: 365 }, justificationMinLength: 20 };
