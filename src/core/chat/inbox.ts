/** Something that came from Teams and was let in at the door. */
type KeptActivity = {
  /** Without a thread. */
  readonly conversationId: string;
  readonly activityId: string;
  /** JSON, as far as an answer needs it. */
  readonly activity: string;
  readonly receivedAt: Date;
  /** Of the request that brought it. */
  readonly correlation: string;
};

export type WaitingActivity = Pick<KeptActivity, 'conversationId' | 'activity'> & { readonly sequence: number };

export type TakenActivity = KeptActivity & {
  readonly sequence: number;
  /** How often it was taken, this time included; a time that was not counted aside. */
  readonly attempt: number;
};

/** What was acknowledged to Teams and is to be answered, conversation by conversation, the oldest first. */
export type Inbox = {
  /** True where it is new; Teams sends some twice, and what was answered is known as long as `keptDays` says. */
  readonly keep: (given: KeptActivity) => Promise<boolean>;
  /** Takes the oldest for 20 seconds, in which nobody else gets it. `held`: somebody else is at it. Undefined: nothing is left. */
  readonly take: (conversationId: string) => Promise<TakenActivity | 'held' | undefined>;
  /** Another 20 seconds. */
  readonly hold: (sequence: number) => Promise<void>;
  /** It was answered: all that was said in it is deleted. */
  readonly settle: (sequence: number, at: Date) => Promise<void>;
  /** It is to be tried again; uncounted, as if it had not been taken. */
  readonly giveBack: (sequence: number, counted: boolean) => Promise<void>;
  /** The oldest that waits there, for looking only: nothing is recorded. */
  readonly waiting: (conversationId: string) => Promise<WaitingActivity | undefined>;
  /** In which conversations something waits that was received before then. */
  readonly waitingSince: (before: Date) => Promise<readonly string[]>;
};
