import type { Jobs } from '../../src/core/desk/job-queue.ts';

type Handlers = { readonly [Name in keyof Jobs]: (data: Jobs[Name]) => Promise<void> };

const doNothing = async (): Promise<void> => undefined;
/** Handlers that do nothing, but for some. */
export const handlers = (some: Partial<Handlers>): Handlers => ({
  'answer-activity': doNothing,
  'apply-request': doNothing,
  'revoke-request': doNothing,
  'clean-up': doNothing,
  'remind-approvers': doNothing,
  'publish-request': doNothing,
  'post-missing-cards': doNothing,
  'deliver-alerts': doNothing,
  'refresh-alerts': doNothing,
  'tell-target': doNothing,
  'post-weekly-report': doNothing,
  'sweep-exemptions': doNothing,
  ...some,
});

/** Waits for a condition. */
export const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10));
};
