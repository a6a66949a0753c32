import type { Person } from '../person.ts';
import type { ReportPeriod } from './report-period.ts';

/** A report offered to somebody as a file: only the facts for making it, never its content. */
export type ReportOffer = {
  readonly id: string;
  readonly asker: Person;
  readonly period: ReportPeriod;
  readonly offeredAt: Date;
};

export type ReportOfferStore = {
  /** Replaces every earlier offer to the same person. */
  readonly save: (offer: ReportOffer) => Promise<void>;
  readonly find: (id: string) => Promise<ReportOffer | undefined>;
  /** False if it was already gone, so that a file is sent once. */
  readonly remove: (id: string) => Promise<boolean>;
  /** Removes every offer to a person (Entra object id); returns their number. */
  readonly removeOf: (objectId: string) => Promise<number>;
};
