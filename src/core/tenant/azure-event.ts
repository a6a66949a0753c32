import { isAtOrUnder } from './arm-id.ts';

/** Something that happened in Azure, as Event Grid tells it. Only a hint to look: it may come twice, late, in disorder or never. */
export type AzureEvent = {
  readonly eventType: string;
  /** The source: `/subscriptions/{id}`, perhaps with a resource group. */
  readonly topic: string;
  /** The ARM id of what it is about. */
  readonly subject: string;
};

const successes = ['microsoft.resources.resourcewritesuccess', 'microsoft.resources.resourcedeletesuccess'];
const exemption = /\/providers\/microsoft\.authorization\/policyexemptions\/[^/]+$/i;

/** Whether a topic lies in one of those that the operator named; by segments and without case. */
export const isAllowedTopic = (topic: string, allowed: readonly string[]): boolean =>
  allowed.some((each) => isAtOrUnder(topic, each));

/** Whether it says that an exemption was written or deleted: Event Grid may be told to filter, but is not relied on. */
export const isAboutExemption = ({ eventType, subject }: AzureEvent): boolean =>
  successes.includes(eventType.toLowerCase()) && exemption.test(subject);
