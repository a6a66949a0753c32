/** Jobs that are due now and survive the process. Each calls the use case of the same name. */
export type Jobs = {
  readonly 'answer-activity': { readonly conversationId: string };
  readonly 'apply-request': { readonly reference: string };
  readonly 'revoke-request': { readonly reference: string };
  readonly 'clean-up': { readonly cleanupId: string };
  readonly 'remind-approvers': { readonly reference: string; readonly conversationId: string };
  readonly 'publish-request': { readonly reference: string };
  readonly 'post-missing-cards': { readonly conversationId: string };
  readonly 'deliver-alerts': Readonly<Record<string, never>>;
  readonly 'refresh-alerts': Readonly<Record<string, never>>;
  readonly 'tell-target': { readonly target: string };
  readonly 'post-weekly-report': { readonly channelId: string; readonly monday: string };
  readonly 'sweep-exemptions': Readonly<Record<string, never>>;
};

export type JobQueue = {
  /** Joins the open transaction, if there is one: no commit, no job. Delivered at least once. */
  readonly send: <Name extends keyof Jobs>(name: Name, data: Jobs[Name]) => Promise<void>;
  /** Schedules a delivery of alerts; several such calls at a time make one job. */
  readonly deliverAlertsIn: (ms: number) => Promise<void>;
  readonly health: () => Promise<QueueHealth>;
};

export type QueueHealth = {
  /** For each queue in which something is ready but still waiting: how much, and for how long, by the clock of the database. */
  readonly waiting: readonly { readonly job: string; readonly count: number; readonly seconds: number }[];
  /** Jobs that failed as often as they may; kept for 14 days. */
  readonly givenUp: number;
};
