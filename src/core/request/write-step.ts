import type { Snapshot } from '../exemption/exemption.ts';

/** One exemption of a request on its way to Azure. */
export type WriteStep = {
  readonly reference: string;
  readonly exemptionId: string;
  /** What stood there before the request; undefined: nothing. */
  readonly before: Snapshot | undefined;
  /** Begun: Azure may or may not have been asked to write. Undone: what stood there before stands there again. */
  readonly state: 'begun' | 'written' | 'refused' | 'undone';
  /** Why Azure refused, as a sentence. */
  readonly refusal: string | undefined;
};

/** Kept from before the first write of a request until its writing has ended, so that a crash at any point can be resumed or undone. */
export type WriteStepStore = {
  /** Keeps what stood there; where the step has begun before, what was kept then stays. */
  readonly begin: (step: Pick<WriteStep, 'reference' | 'exemptionId' | 'before'>) => Promise<void>;
  /** In the order in which they were begun. */
  readonly of: (reference: string) => Promise<WriteStep[]>;
  readonly mark: (step: Pick<WriteStep, 'reference' | 'exemptionId' | 'state' | 'refusal'>) => Promise<void>;
  /** Forgets the steps of a request whose writing has ended. */
  readonly clear: (reference: string) => Promise<void>;
};
