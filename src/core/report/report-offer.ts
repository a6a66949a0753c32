import type { Person } from '../person.ts';
import type { ReportPeriod } from './report-period.ts';

/** A report that somebody was offered as a file: only what it takes to make it, never its content. */
export type ReportOffer = {
  readonly id: string;
  readonly asker: Person;
  readonly period: ReportPeriod;
  readonly offeredAt: Date;
};

export type ReportOfferStore = {
  /** Takes the place of every earlier offer to the same person. */
  readonly save: (offer: ReportOffer) => Promise<void>;
  readonly find: (id: string) => Promise<ReportOffer | undefined>;
  /** False when it was already gone: a file is sent once. */
  readonly remove: (id: string) => Promise<boolean>;
  /** Everything that is offered to somebody (Entra object id); how many offers there were. */
  readonly removeOf: (objectId: string) => Promise<number>;
};
