/** Work that is due now and outlives the process; each is a thin call of the use case of the same name. */
export type Jobs = {
  readonly 'apply-request': { readonly reference: string };
  readonly 'revoke-request': { readonly reference: string };
  readonly 'clean-up': { readonly cleanupId: string };
  readonly 'remind-approvers': { readonly reference: string; readonly conversationId: string };
  readonly 'publish-request': { readonly reference: string };
  readonly 'deliver-alert': { readonly deliveryId: string };
  readonly 'post-weekly-report': { readonly channelId: string; readonly monday: string };
  readonly 'sweep-exemptions': Readonly<Record<string, never>>;
};

export type JobQueue = {
  /** Takes part in the open transaction, if there is one: no commit, no job. Delivered at least once. */
  readonly send: <Name extends keyof Jobs>(name: Name, data: Jobs[Name]) => Promise<void>;
};
