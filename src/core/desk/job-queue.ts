/** Work that is due now and outlives the process; each is a thin call of the use case of the same name. */
export type Jobs = {
  readonly 'answer-activity': { readonly conversationId: string };
  readonly 'apply-request': { readonly reference: string };
  readonly 'revoke-request': { readonly reference: string };
  readonly 'clean-up': { readonly cleanupId: string };
  readonly 'remind-approvers': { readonly reference: string; readonly conversationId: string };
  readonly 'publish-request': { readonly reference: string };
  readonly 'deliver-alerts': Readonly<Record<string, never>>;
  readonly 'post-weekly-report': { readonly channelId: string; readonly monday: string };
  readonly 'sweep-exemptions': Readonly<Record<string, never>>;
};

export type JobQueue = {
  /** Takes part in the open transaction, if there is one: no commit, no job. Delivered at least once. */
  readonly send: <Name extends keyof Jobs>(name: Name, data: Jobs[Name]) => Promise<void>;
  /** Has the alerts delivered in a moment; more than one such wish at a time makes one job. */
  readonly deliverAlertsIn: (ms: number) => Promise<void>;
  readonly health: () => Promise<QueueHealth>;
};

export type QueueHealth = {
  /** Of each queue in which something waits although it could begin: how much, and since when. By the clock of the database. */
  readonly waiting: readonly { readonly job: string; readonly count: number; readonly seconds: number }[];
  /** Jobs that failed as often as they may; they are kept for a fortnight. */
  readonly givenUp: number;
};
