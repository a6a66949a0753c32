import { timestamp } from './drizzle.ts';

/** A moment, to the millisecond. */
export const instant = () => timestamp({ withTimezone: true, precision: 3, mode: 'date' });
