import { Deviation, NotSeen } from './finding.ts';
import type { Subject } from './subject.ts';

/** For a call whose failure the product hides: its last answer, or an error that says how it failed. */
export const answerOf = ({ exchanges }: Subject, what: string): unknown => {
  const asked = exchanges.findLast(({ call }) => call.endsWith(`/${what}`));
  if (asked === undefined) throw new NotSeen('it was not asked for');
  if (asked.status === 200) return asked.body;
  throw new NotSeen(`answered ${asked.status} ${asked.errorCode ?? ''}`.trim());
};

/** Throws what the last answer was, where the product passes nothing on. */
export const swallowed = (subject: Subject, what: string): never => {
  answerOf(subject, what);
  throw new Deviation('answered 200, but not as expected');
};
