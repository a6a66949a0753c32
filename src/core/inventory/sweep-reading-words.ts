import { formatInstant, type Clock } from '../calendar.ts';
import type { SweepReading, WhyReadAll } from './sweep.ts';

const reasons: Readonly<Record<WhyReadAll, string>> = {
  first: 'nothing was known of them',
  hourly: 'that is done once an hour',
  changed: 'one was made, changed or deleted',
  undated: 'some do not say when they were changed',
  'not-told': 'Resource Graph does not tell when they were changed',
  'no-answer': 'Azure did not say whether one had changed',
  surroundings: 'management groups, subscriptions, policies or recommendations had changed',
  'left-open': 'the reading before had left something open',
  'much-due': 'more than 100 had something due, or one with something due was not shown',
  blind: 'Azure had shown too little before',
};

const reasonOf = ({ why, times }: SweepReading): string => {
  if (why === undefined) return '';
  const undated = times === undefined ? 0 : times.count - times.dated;
  const reason =
    why === 'undated' && undated > 0 ? `${undated} of ${times?.count} do not say when they were changed` : reasons[why];
  return `, because ${reason}`;
};

/** Whether every sweep has to read all exemptions, because in this tenant it cannot be seen whether one has changed. */
export const neverCompares = ({ why }: SweepReading): boolean => why === 'undated' || why === 'not-told';

/** How the last sweep read exemptions, why, and when all were last read. */
export const sweepReadingWords = (reading: SweepReading | undefined, clock: Clock): string => {
  if (reading === undefined) return 'Not yet';
  const all = `all of them at ${formatInstant(reading.readAllAt, clock)}${reasonOf(reading)}`;
  return reading.way === 'all' ? `Read ${all}` : `Compared when they were changed; last read ${all}`;
};
