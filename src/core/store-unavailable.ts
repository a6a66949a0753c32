import { GovernanceError } from './governance-error.ts';

/** The database did not answer; the message says whether anything may have been recorded. */
export class StoreUnavailable extends GovernanceError {
  constructor(message: string, options?: ErrorOptions) {
    super('unavailable', message, options);
    this.name = 'StoreUnavailable';
  }
}
