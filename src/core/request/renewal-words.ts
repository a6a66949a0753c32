import { limitAtStart } from '../typed/day-meant.ts';
import { outsideQuotes, withoutQuotes } from '../typed/quotes.ts';
import type { DayContext } from '../typed/read-day.ts';

/** What is typed after `renew`. */
export type RenewalWords = {
  /** A reference or the name of an exemption. */
  readonly what: string;
  /** The new last day, as `2026-12-31`; undefined: the form proposes one. */
  readonly lastDay: string | undefined;
};

/** Reads “EX-12AB until 31 Dec” and “EX-12AB for 2 weeks”. Throws GovernanceError invalid with a question for a date that is not certain. */
export const renewalWords = (typed: string, context: DayContext): RenewalWords => {
  const text = typed.trim();
  const start =
    /^[\s\S]*\S\s+(?=(?:until|till|for\s+(?:\d|another\s|an?\s|[a-z]+\s+(?:day|week|month|quarter|year)))\b)/i.exec(
      outsideQuotes(text),
    )?.[0].length;
  if (start === undefined) return { what: withoutQuotes(text), lastDay: undefined };
  const limit = limitAtStart(text.slice(start), context);
  return limit?.rest === ''
    ? { what: withoutQuotes(text.slice(0, start)), lastDay: limit.day }
    : { what: withoutQuotes(text), lastDay: undefined };
};
