import { isAtOrUnder } from './arm-id.ts';

/** An event in Azure, as Event Grid delivers it. Only a reason to look: it may arrive twice, late, out of order or never. */
export type AzureEvent = {
  readonly eventType: string;
  /** The source: `/subscriptions/{id}`, perhaps with a resource group. */
  readonly topic: string;
  /** The ARM id of the changed resource. */
  readonly subject: string;
};

const successes = ['microsoft.resources.resourcewritesuccess', 'microsoft.resources.resourcedeletesuccess'];
const exemption = /\/providers\/microsoft\.authorization\/policyexemptions\/[^/]+$/i;

/** Whether a topic lies in one of those that the operator named; compares path segments, ignoring case. */
export const isAllowedTopic = (topic: string, allowed: readonly string[]): boolean =>
  allowed.some((each) => isAtOrUnder(topic, each));

/** Whether it reports that an exemption was written or deleted. Event Grid can filter, but that is not relied on. */
export const isAboutExemption = ({ eventType, subject }: AzureEvent): boolean =>
  successes.includes(eventType.toLowerCase()) && exemption.test(subject);
