import type { Activity } from 'botbuilder';
import { GovernanceError } from '../core/governance-error.ts';
import { withoutThread } from '../core/chat/conversation.ts';
import type { TakenActivity, WaitingActivity } from '../core/chat/inbox.ts';
import { NotSent } from '../core/chat/notifier.ts';
import { StoreUnavailable } from '../core/store-unavailable.ts';
import type { Desk } from '../workflow/desk.ts';
import { noteUnanswered } from '../workflow/alert/note-unanswered.ts';
import type { DeskBot } from './desk-bot.ts';
import type { DeskAdapter, FrontDoorLog } from './front-door.ts';
import type { FairShare } from '../core/fair-share.ts';
import { textActivity } from './teams/message-activities.ts';
import { RefusedForNow, teamsRefusal } from './teams/teams-refusal.ts';
import { sharerOf } from './turn.ts';

export type AnswerKeptOptions = {
  readonly desk: Desk;
  /** Calls Teams once, without retries of its own, so that an error shows the outcome. */
  readonly adapter: DeskAdapter;
  readonly bot: Pick<DeskBot, 'answer' | 'sentenceFor'>;
  /** The share of each person in this process. */
  readonly share: FairShare;
  /** The database is away, so the answer waits for it, and its person is told so. */
  readonly waits: (conversationId: string) => void;
  readonly log: FrontDoorLog;
  /** Repeats work until the returned function is called. */
  readonly every: (ms: number, work: () => Promise<void>) => () => void;
  /** A new number from 0 to 1 each time. */
  readonly random: () => number;
};

/** The most attempts after an unexpected error, or if Teams may or may not have accepted the answer: another one may repeat it. */
const mostAttempts = 3;
/** How long to keep trying while Teams certainly cannot be reached. */
const longestOutageMs = 30 * 60_000;
/** How long to keep trying while the database takes up an activity and then fails its turn; longer than this is not an outage. */
const longestStoreTroubleMs = 60 * 60_000;
/** The most times that an activity is taken up without any end: it may be what kills the process. */
const mostTaken = 8;
const holdEveryMs = 5000;
const lookAgainMs = 1000;

const isOfTeams = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'RestError' || error.name === 'AbortError');

/** What this process knows about waiting activities, by their sequence: who was told, and since when the database takes one up and then fails it. */
type Memory = { readonly told: Set<number>; readonly failingSince: Map<number, Date> };

/** The consequence of a failed turn for its activity: give up, or try again. */
const judge = (
  error: unknown,
  attempt: number,
  ageMs: number,
  failingMs: number,
): 'over' | 'later, uncounted' | 'later' | 'failed' => {
  if (error instanceof StoreUnavailable) return failingMs < longestStoreTroubleMs ? 'later, uncounted' : 'failed';
  if (error instanceof RefusedForNow) return attempt < mostAttempts ? 'later' : 'over';
  if (error instanceof NotSent) return ageMs < longestOutageMs ? 'later, uncounted' : 'over';
  if (!(error instanceof GovernanceError)) return attempt < mostAttempts ? 'later' : 'failed';
  return error.code === 'unavailable' && attempt < mostAttempts ? 'later' : 'over';
};

const answerOne = async (options: AnswerKeptOptions, memory: Memory, taken: TakenActivity): Promise<void> => {
  const { desk, adapter, bot, log } = options;
  const { inbox } = desk.database;
  const activity = JSON.parse(taken.activity) as Activity;
  if (taken.attempt > mostTaken) {
    await giveUp(options, memory, taken, new Error('The activity was taken up too often.'));
    return;
  }
  const stopHolding = options.every(holdEveryMs, () => inbox.hold(taken.sequence));
  try {
    await options.share(sharerOf(activity), () => adapter.replay(activity, (context) => bot.answer(context)));
  } catch (thrown) {
    const error = isOfTeams(thrown) ? teamsRefusal(thrown, desk.now().getTime(), options.random()) : thrown;
    const ms = (since: Date): number => desk.now().getTime() - since.getTime();
    const failingMs = error instanceof StoreUnavailable ? ms(failingSince(desk, memory, taken)) : 0;
    const verdict = judge(error, taken.attempt, ms(taken.receivedAt), failingMs);
    if (verdict === 'failed') {
      // Its effect is unknown: an earlier attempt may have recorded something.
      await giveUp(options, memory, taken, new Error('Answering the activity failed too often.', { cause: error }));
      return;
    }
    if (error instanceof StoreUnavailable) await sayThatItWaits(options, memory, taken);
    if (verdict === 'later' || verdict === 'later, uncounted') {
      await inbox.giveBack(taken.sequence, verdict === 'later');
      throw error;
    }
    log.warn({ err: error }, 'Teams did not accept an answer');
    await noteSilence(options, taken, error);
  } finally {
    stopHolding();
  }
  await settle(options, memory, taken);
};

/** Puts into `status` that somebody got no answer. Nobody waits for the answer to anything but a message. */
const noteSilence = async ({ desk }: AnswerKeptOptions, taken: TakenActivity, error: unknown): Promise<void> => {
  const { type, conversation } = JSON.parse(taken.activity) as Activity;
  if (type !== 'message' && type !== 'invoke') return;
  await noteUnanswered(desk, withoutThread(conversation.id), error instanceof GovernanceError ? error.message : '');
};

const failingSince = (desk: Desk, memory: Memory, { sequence }: TakenActivity): Date => {
  const since = memory.failingSince.get(sequence) ?? desk.now();
  memory.failingSince.set(sequence, since);
  return since;
};

const settle = async ({ desk }: AnswerKeptOptions, memory: Memory, { sequence }: TakenActivity): Promise<void> => {
  await desk.database.inbox.settle(sequence, desk.now());
  memory.told.delete(sequence);
  memory.failingSince.delete(sequence);
};

/** Ends an activity that cannot be answered, so that later ones in its conversation need not wait. */
const giveUp = async (
  options: AnswerKeptOptions,
  memory: Memory,
  taken: TakenActivity,
  error: unknown,
): Promise<void> => {
  const activity = JSON.parse(taken.activity) as Activity;
  if (activity.type === 'message' || activity.type === 'invoke') await apologise(options, taken, activity, error);
  else options.log.error({ err: error }, 'An activity from Teams could not be handled');
  await settle(options, memory, taken);
};

const itWaits =
  'The database does not answer now. Your message is saved; Exemption Desk answers when the database is back.';

/** Tells each person once, as far as this process knows. */
const sayThatItWaits = async (
  { adapter, log, waits }: AnswerKeptOptions,
  { told }: Memory,
  { sequence, conversationId, ...kept }: WaitingActivity,
) => {
  const activity = JSON.parse(kept.activity) as Activity;
  if (activity.type !== 'message' || told.has(sequence)) return;
  told.add(sequence);
  try {
    await adapter.replay(activity, async (context) => {
      await context.sendActivity(textActivity(itWaits));
    });
  } catch (refusal) {
    log.warn({ err: refusal }, 'Teams did not accept the message that an answer is waiting');
  }
  waits(conversationId);
};

const apologise = async (options: AnswerKeptOptions, taken: TakenActivity, activity: Activity, error: unknown) => {
  const { adapter, bot, log } = options;
  const words = textActivity(bot.sentenceFor(error));
  try {
    await adapter.replay(activity, async (context) => {
      await context.sendActivity(words);
    });
  } catch (refusal) {
    log.warn({ err: refusal }, 'Teams did not accept an apology');
    await noteSilence(options, taken, teamsRefusal(refusal, 0, 0));
  }
};

/**
 * Answers everything that waits in a conversation, in the order of arrival. Throws if one must be tried again, or if another replica is
 * answering; the next call starts with that one. A turn whose answer did not arrive runs again, so use cases must be safe to repeat.
 */
export const createAnswerKept = (options: AnswerKeptOptions): ((conversationId: string) => Promise<void>) => {
  const { inbox } = options.desk.database;
  const memory: Memory = { told: new Set(), failingSince: new Map() };
  const answerNext = async (conversationId: string): Promise<boolean> => {
    const taken = await inbox.take(conversationId).catch(async (error: unknown) => {
      if (!(error instanceof StoreUnavailable)) throw error;
      // The database is away now, so its earlier failures no longer count.
      memory.failingSince.clear();
      // A full disk may allow reading, but not even taking up an activity.
      const next = await inbox.waiting(conversationId);
      if (next !== undefined) await sayThatItWaits(options, memory, next);
      throw error;
    });
    if (taken === undefined) return false;
    if (taken === 'held') throw new NotSent('Another replica is answering there.', lookAgainMs);
    await options.desk.correlation.within(taken.correlation, () => answerOne(options, memory, taken));
    return true;
  };
  return async (conversationId) => {
    try {
      while (await answerNext(conversationId));
    } catch (error) {
      // Even if its end could not be recorded.
      if (error instanceof StoreUnavailable) options.waits(conversationId);
      throw error;
    }
  };
};
