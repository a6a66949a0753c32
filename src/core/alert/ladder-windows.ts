import { ladder } from './alert.ts';
import { addDays, dayIn, endOfDay } from '../calendar.ts';

/** From one instant (included) to another (excluded), in milliseconds of UTC. */
type Span = { readonly from: number; readonly until: number };

/**
 * The expiry dates whose reminders became due between two sweeps: whatever expires within one of these spans has a step due that was not
 * due at the first sweep. Empty if the clock was set back; claims prevent repeated alerts.
 */
export const crossedSpans = (before: Date, now: Date, timeZone: string): readonly Span[] => {
  if (now.getTime() <= before.getTime()) return [];
  const [dayBefore, today] = [dayIn(before, timeZone), dayIn(now, timeZone)];
  const afterDay = (day: string, days: number): number => endOfDay(addDays(day, days), timeZone).getTime() + 1000;
  return [
    { from: before.getTime() + 1, until: now.getTime() + 1 },
    ...ladder.map((days) => ({ from: afterDay(dayBefore, days), until: afterDay(today, days) })),
  ].filter(({ from, until }) => from < until);
};

export const isWithin = (spans: readonly Span[], instant: Date | undefined): boolean =>
  instant !== undefined && spans.some(({ from, until }) => from <= instant.getTime() && instant.getTime() < until);
