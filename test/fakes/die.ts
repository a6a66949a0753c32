import type { SweepingDesk } from '../../src/workflow/desk.ts';
import { guarded, type Around } from './contact.ts';
import type { TestDesk } from './make-desk.ts';

class Killed extends Error {}

const most = 300;

/** Changes nothing outside: whoever dies there leaves behind what the contact before it left. */
const isReading = (name: string): boolean =>
  /^(hierarchy|for|groups|recommendations|secureScores|policies|defenderExemptions|everyExemption|resources|ownAccess|owners)/.test(
    name,
  ) ||
  /^exemptions\.(near|fate|read|snapshot)$/.test(name) ||
  /\.(find|list|of|all|at|history|read|progress|personal|isClaimed|readOnly|inBrief|inUnits|inPortions|awaitingApproval|decidedNear|mentionId|countInSight|needed|needless|behind|unlisted|followedAt|alone|conversationsDue|undelivered|undeliveredMost|undeliveredByPlaces)$/.test(
    name,
  );

/** A process that ends right before its n-th contact that changes something outside. */
class Mortal {
  contacts = 0;
  isDead = false;
  lastContact = '';
  readonly #at: number;
  readonly #begun = new Set<Promise<unknown>>();

  constructor(at: number) {
    this.#at = at;
  }

  readonly around: Around = async ({ name }, go) => {
    if (!isReading(name)) this.contacts += 1;
    if (this.contacts === this.#at && !this.isDead) {
      this.isDead = true;
      this.lastContact = name;
    }
    if (this.isDead) throw new Killed();
    const begun = go();
    this.#begun.add(begun);
    return begun;
  };

  /** What had left the process when it died comes to its end. */
  readonly settled = async (): Promise<void> => {
    await Promise.allSettled(this.#begun);
  };
}

type Deaths<World, State> = {
  readonly setUp: () => Promise<World>;
  /** A job; it is repeated by a process that lives. */
  readonly work: (world: World, desk: SweepingDesk) => Promise<unknown>;
  /** What must be the same in the end, however often it was begun anew. */
  readonly state: (world: World) => Promise<State>;
  readonly check: (state: { readonly expected: State; readonly found: State; readonly at: string }) => void;
};

/**
 * Lets the process die at each contact that changes something outside, then runs the job again. Dying right before one leaves behind the same as dying
 * right after the one before it, or at any reading between them. How many such contacts there were.
 */
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
    const world = await setUp();
    const mortal = new Mortal(at);
    await work(world, guarded(world.desk, mortal.around)).catch((error: unknown) => {
      if (!mortal.isDead) throw error;
    });
    await mortal.settled();
    if (!mortal.isDead) return at - 1;
    await work(world, world.desk);
    check({ expected, found: await state(world), at: `before contact ${at}, ${mortal.lastContact}` });
  }
  throw new Error(`More than ${most} contacts.`);
};
