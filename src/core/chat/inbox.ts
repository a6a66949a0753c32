/** An activity from Teams that the front door accepted. */
type KeptActivity = {
  /** The queue in which it waits: the conversation without a thread and, where several people write, who wrote, after a space. */
  readonly conversationId: string;
  readonly activityId: string;
  /** JSON with the fields that an answer needs. */
  readonly activity: string;
  readonly receivedAt: Date;
  /** The correlation of the request that brought it. */
  readonly correlation: string;
};

export type WaitingActivity = Pick<KeptActivity, 'conversationId' | 'activity'> & { readonly sequence: number };

export type TakenActivity = KeptActivity & {
  readonly sequence: number;
  /** How often it was taken, including this time; uncounted attempts are left out. */
  readonly attempt: number;
};

/**
 * Keeps activities from Teams until they are answered. Teams waits only seconds for an acknowledgement and does not repeat what was
 * acknowledged, so each activity is first stored, then acknowledged, then answered, oldest first within a queue. A crash or an outage
 * therefore delays answers and loses none. All replicas share the inbox: whoever takes an activity holds it for 20 seconds at a time, so that
 * another one continues if this one dies.
 */
export type Inbox = {
  /** True if it is new. Teams sends some activities twice; answered ones are recognised as long as `keptDays` says. */
  readonly keep: (given: KeptActivity) => Promise<boolean>;
  /** The same, held for 20 seconds by whoever already works on it. Its sequence; undefined if it is known. */
  readonly keepHeld: (given: KeptActivity) => Promise<number | undefined>;
  /** Takes the oldest for 20 seconds, during which nobody else gets it. `held`: somebody else has it. Undefined: nothing is left. */
  readonly take: (conversationId: string) => Promise<TakenActivity | 'held' | undefined>;
  /** Extends the hold by another 20 seconds. */
  readonly hold: (sequence: number) => Promise<void>;
  /** Marks it as answered and deletes its content. */
  readonly settle: (sequence: number, at: Date) => Promise<void>;
  /** Puts it back for another attempt; uncounted, as if it had not been taken. */
  readonly giveBack: (sequence: number, counted: boolean) => Promise<void>;
  /** The oldest that waits in a conversation, in whichever of its queues, without taking it. */
  readonly waiting: (conversationId: string) => Promise<WaitingActivity | undefined>;
  /** The conversations in which something has been waiting since before then. */
  readonly waitingSince: (before: Date) => Promise<readonly string[]>;
};
