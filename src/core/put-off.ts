import { GovernanceError } from './governance-error.ts';

/** Work that could not be done now and should be tried again; no failure. `waitMs`: how long to wait, if known. */
export class PutOff extends GovernanceError {
  readonly waitMs: number | undefined;

  constructor(message: string, waitMs: number | undefined, options?: ErrorOptions) {
    super('unavailable', message, options);
    this.name = 'PutOff';
    this.waitMs = waitMs;
  }
}
