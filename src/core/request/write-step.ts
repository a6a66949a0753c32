import type { Snapshot } from '../exemption/exemption.ts';

/** One exemption of a request that is being written to Azure. */
export type WriteStep = {
  readonly reference: string;
  readonly exemptionId: string;
  /** What was there before the request; undefined: nothing. */
  readonly before: Snapshot | undefined;
  /** begun: Azure may or may not have been asked to write. undone: what was there before is there again. */
  readonly state: 'begun' | 'written' | 'refused' | 'undone';
  /** Why Azure refused, as a sentence. */
  readonly refusal: string | undefined;
};

/** Keeps the steps of a request from before its first write until writing has ended, so that a crash at any point can be resumed or undone. */
export type WriteStepStore = {
  /** Keeps what was there before. If the step was begun earlier, the first snapshot stays. */
  readonly begin: (step: Pick<WriteStep, 'reference' | 'exemptionId' | 'before'>) => Promise<void>;
  /** In the order in which they began. */
  readonly of: (reference: string) => Promise<WriteStep[]>;
  readonly mark: (step: Pick<WriteStep, 'reference' | 'exemptionId' | 'state' | 'refusal'>) => Promise<void>;
  /** Forgets the steps of a request whose writing has ended. */
  readonly clear: (reference: string) => Promise<void>;
};
