import type { Store } from '../../core/desk/store.ts';
import { GovernanceError } from '../../core/governance-error.ts';

type Place = {
  readonly now: () => Date;
  readonly database: { readonly transaction: <T>(work: (store: Omit<Store, 'jobs'>) => Promise<T>) => Promise<T> };
};

const actor = { kind: 'job', name: 'operator' } as const;

/** Does something to a target, and records it. Throws GovernanceError not-found where there is no such target. */
const recorded = <Result>(
  { now, database }: Place,
  event: string,
  target: string | undefined,
  work: (store: Omit<Store, 'jobs'>, at: Date) => Promise<Result>,
): Promise<Result> => {
  const at = now();
  return database.transaction(async (store) => {
    const known = (await store.outbox.health(at)).map((each) => each.target);
    if (target !== undefined && !known.includes(target))
      throw new GovernanceError(
        'not-found',
        `${target} is not connected. Connected: ${known.join(', ') || 'nothing'}. A new one is known once the bot was started with it.`,
      );
    // Recorded first: a replay up to now tells of itself too.
    await store.ledger.append({
      at,
      actor,
      reference: undefined,
      event,
      from: undefined,
      to: undefined,
      text: '',
      facts: target === undefined ? {} : { target },
    });
    return work(store, at);
  });
};

/** Tells again what was given up, to one target or to all; returns how much it was. */
export const sendDeadAgain = (place: Place, target: string | undefined): Promise<number> =>
  recorded(place, 'connection-sent-again', target, ({ outbox }, at) => outbox.sendAgain(target, at));

/** Tells a target again everything from a row of the ledger on, under the same keys; returns how much it was. */
export const replayTo = (place: Place, target: string, fromSequence: number): Promise<number> =>
  recorded(place, 'connection-replayed', target, ({ outbox }, at) => outbox.replay(target, fromSequence, at));

/** Goes on with a target that was switched off, or is left alone after failures. */
export const resumeTarget = (place: Place, target: string): Promise<void> =>
  recorded(place, 'connection-resumed', target, ({ outbox }) => outbox.noteTarget(target, { kind: 'on' }));
