import { GovernanceError } from './governance-error.ts';

/** Not done, and nothing wrong with it: it is to be tried again. `waitMs` says how long to wait where that is known. */
export class PutOff extends GovernanceError {
  readonly waitMs: number | undefined;

  constructor(message: string, waitMs: number | undefined, options?: ErrorOptions) {
    super('unavailable', message, options);
    this.name = 'PutOff';
    this.waitMs = waitMs;
  }
}
