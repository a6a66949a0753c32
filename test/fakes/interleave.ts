import { GovernanceError, type GovernanceErrorCode } from '../../src/core/governance-error.ts';
import type { SweepingDesk } from '../../src/workflow/desk.ts';
import { guarded, type Around } from './contact.ts';
import type { TestDesk } from './make-desk.ts';

/** How a use case ended: done, or refused. */
type Outcome = 'done' | GovernanceErrorCode;

const most = 300;

/** How a use case ends; a fault of ours fails the test. */
const outcomeOf = async (work: Promise<unknown>): Promise<Outcome> => {
  try {
    await work;
    return 'done';
  } catch (error) {
    if (error instanceof GovernanceError) return error.code;
    throw error;
  }
};

type Race<World> = {
  readonly setUp: () => Promise<World>;
  /** Is interrupted at its n-th contact with Azure, Teams or the database. */
  readonly first: (world: World, desk: SweepingDesk) => Promise<unknown>;
  /** Interrupts only at contacts with these names, where the others make no difference; at all by default. */
  readonly only?: RegExp;
  /** Runs to its end meanwhile. */
  readonly second: (world: World) => Promise<unknown>;
  readonly check: (
    world: World,
    outcomes: { readonly first: Outcome; readonly second: Outcome; readonly at: string },
  ) => Promise<void> | void;
};

/** Runs the first use case once for each of its contacts, and right before that contact the second one to its end. How many contacts there were. */
export const interleave = async <World extends TestDesk>({
  setUp,
  first,
  only = /./,
  second,
  check,
}: Race<World>): Promise<number> => {
  for (let at = 1; at <= most; at += 1) {
    const world = await setUp();
    let contacts = 0;
    let met: { readonly name: string; readonly outcome: Outcome } | undefined;
    const around: Around = async ({ name }, go) => {
      if (!only.test(name)) return go();
      contacts += 1;
      if (contacts === at) met = { name, outcome: await outcomeOf(second(world)) };
      return go();
    };
    // What is asked ahead makes no contact that the others could come before.
    const desk = { ...world.desk, foresight: undefined };
    const outcome = await outcomeOf(first(world, guarded(desk, around)));
    if (met === undefined) return at - 1;
    const { name, outcome: other } = met;
    await check(world, { first: outcome, second: other, at: `${at}: ${name}` });
  }
  throw new Error(`More than ${most} contacts.`);
};
