import type { Desk } from '../../src/workflow/desk.ts';
import { guarded, type Around } from './contact.ts';
import type { TestDesk } from './make-desk.ts';

class Killed extends Error {}

const most = 300;

/** A process that ends at its n-th contact: right before it, or right after it had its effect. */
class Mortal {
  contacts = 0;
  isDead = false;
  lastContact = '';
  readonly #at: number;
  readonly #when: 'before' | 'after';
  readonly #begun = new Set<Promise<unknown>>();

  constructor(at: number, when: 'before' | 'after') {
    this.#at = at;
    this.#when = when;
  }

  readonly #dieIf = (isTime: boolean): void => {
    if (isTime) this.isDead = true;
    if (this.isDead) throw new Killed();
  };

  readonly around: Around = async ({ name }, go) => {
    this.#dieIf(false);
    this.contacts += 1;
    const isLast = this.contacts === this.#at;
    if (isLast) this.lastContact = name;
    this.#dieIf(isLast && this.#when === 'before');
    const begun = go();
    this.#begun.add(begun);
    const result = await begun;
    this.#dieIf(isLast);
    return result;
  };

  /** What had left the process when it died comes to its end. */
  readonly settled = async (): Promise<void> => {
    await Promise.allSettled(this.#begun);
  };
}

type Deaths<World, State> = {
  readonly setUp: () => Promise<World>;
  /** A job; it is repeated by a process that lives. */
  readonly work: (world: World, desk: Desk) => Promise<unknown>;
  /** What must be the same in the end, however often it was begun anew. */
  readonly state: (world: World) => Promise<State>;
  readonly check: (state: { readonly expected: State; readonly found: State; readonly at: string }) => void;
};

/** Lets the process die at each contact of a job with the outside, then runs the job again. How many contacts there were. */
export const dieAtEach = async <World extends TestDesk, State>({
  setUp,
  work,
  state,
  check,
}: Deaths<World, State>): Promise<number> => {
  const calm = await setUp();
  await work(calm, calm.desk);
  const expected = await state(calm);
  for (let at = 1; at <= most; at += 1) {
    for (const when of ['before', 'after'] as const) {
      const world = await setUp();
      const mortal = new Mortal(at, when);
      await work(world, guarded(world.desk, mortal.around)).catch((error: unknown) => {
        if (!mortal.isDead) throw error;
      });
      await mortal.settled();
      if (!mortal.isDead) return at - 1;
      await work(world, world.desk);
      check({ expected, found: await state(world), at: `${when} contact ${at}, ${mortal.lastContact}` });
    }
  }
  throw new Error(`More than ${most} contacts.`);
};
