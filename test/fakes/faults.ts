import { GovernanceError, type GovernanceErrorCode } from '../../src/core/governance-error.ts';
import type { PutOff } from '../../src/core/put-off.ts';
import { NotSent } from '../../src/core/chat/notifier.ts';
import type { Around, ContactName } from './contact.ts';

type Fault = {
  readonly error: Error;
  /** How many contacts it hits; all by default. */
  readonly times?: number;
  /** What was asked is done, and the answer is lost. */
  readonly afterwards?: boolean;
  /** Hits only contacts with these arguments. */
  readonly when?: (...given: readonly never[]) => boolean;
};
type Planned = Fault & { readonly name: ContactName; left: number };

export const saysNo = (code: Exclude<GovernanceErrorCode, 'unavailable'> = 'forbidden', why = 'It says no.') =>
  new GovernanceError(code, why);
export const noAnswer = (): GovernanceError => new GovernanceError('unavailable', 'It does not answer.');
/** Teams asks to wait. */
export const notSent = (waitMs?: number): PutOff => new NotSent('Teams asks to wait.', waitMs);

/** What goes wrong outside, as a test plans it. */
export class Faults {
  #planned: Planned[] = [];

  readonly at = (names: ContactName | readonly ContactName[], fault: Fault): void => {
    for (const name of [names].flat()) this.#planned.push({ ...fault, name: name, left: fault.times ?? Infinity });
  };

  readonly clear = (): void => {
    this.#planned = [];
  };

  readonly around: Around = async (contact, go) => {
    const due = this.#planned.find(
      ({ name, left, when }) => name === contact.name && left > 0 && (when?.(...(contact.given as never[])) ?? true),
    );
    if (due === undefined) return go();
    due.left -= 1;
    if (due.afterwards === true) await go();
    throw due.error;
  };
}
