import { explainFailure } from './explain-failure.ts';
import type { Finding } from './finding.ts';
import type { Subject } from './subject.ts';

/** One check; throws NotSeen if it cannot be made, and any error of the product's code. */
export type Check = {
  readonly title: string;
  readonly run: (subject: Subject) => Promise<Omit<Finding, 'title'>>;
};

export const runCheck = async ({ title, run }: Check, subject: Subject): Promise<Finding> => {
  const before = subject.exchanges.length;
  try {
    const { seen, verdict } = await run(subject);
    return { title, seen, verdict };
  } catch (error) {
    return { title, ...explainFailure(error, subject.exchanges.slice(before)) };
  }
};
