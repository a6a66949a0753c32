import type { Activity } from 'botbuilder';
import type { Desk } from '../workflow/desk.ts';
import type { FrontDoorLog } from './front-door.ts';

/** A press that is still worked on when Teams has to be answered. `settle` ends it. */
type LatePress = { readonly settle: () => Promise<void> };

/** Undefined: it is stored already. */
export type KeepLatePress = (activity: Activity) => Promise<LatePress | undefined>;

const holdEveryMs = 5000;

/**
 * Stores a press before Teams is told that it is being worked on. This process holds it while it works; if it dies, another one works on the
 * press again and sends the outcome. Each press waits by itself, because presses of this kind are not answered in an order.
 */
export const createKeepLatePress =
  (
    { database: { inbox }, now, newId, correlation }: Pick<Desk, 'database' | 'now' | 'newId' | 'correlation'>,
    every: (ms: number, work: () => Promise<void>) => () => void,
  ): KeepLatePress =>
  async (activity) => {
    const { id = newId() } = activity;
    const sequence = await inbox.keepHeld({
      conversationId: `press ${activity.conversation.id} ${id}`,
      activityId: `invoke:${id}`,
      activity: JSON.stringify(activity),
      receivedAt: now(),
      correlation: correlation.current() ?? newId(),
    });
    if (sequence === undefined) return undefined;
    const stopHolding = every(holdEveryMs, () => inbox.hold(sequence));
    return {
      settle: async () => {
        stopHolding();
        await inbox.settle(sequence, now());
      },
    };
  };

/** Stores a press on which work goes on. Whether the rest of the work is sure to be done now, whatever happens to this process. */
export const keepRest = async (
  { keepLate, log }: { readonly keepLate: KeepLatePress; readonly log: Pick<FrontDoorLog, 'error'> },
  activity: Activity,
  rest: Promise<unknown>,
): Promise<boolean> => {
  try {
    const late = await keepLate(activity);
    if (late !== undefined)
      void rest.then(late.settle).catch((error: unknown) => {
        log.error({ err: error }, 'Could not note that a press was answered');
      });
    return true;
  } catch (error) {
    log.error({ err: error }, 'A press that is worked on could not be stored. Does the database answer?');
    return false;
  }
};
