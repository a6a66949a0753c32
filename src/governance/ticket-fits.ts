import { RE2JS, RE2JSException } from 're2js';
import type { TicketFits } from '../core/governance/governance-rules.ts';
import { longestTicket } from '../core/governance/ticket.ts';

/** The most steps that RE2 makes of a pattern: nested repetitions such as (A{100}){100} would make thousands. */
const mostSteps = 1000;

const notAvailable = /\(\?(?:[=!]|<[=!])|\\[1-9]/;

/** What is wrong with a pattern, with the remedy; undefined if nothing is. */
export const patternProblem = (pattern: string): string | undefined => {
  try {
    const steps = RE2JS.compile(pattern).programSize();
    return steps <= mostSteps ? undefined : 'repeats too much: use smaller numbers in braces';
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    return notAvailable.test(pattern)
      ? 'must do without look-ahead, look-behind and back-references, which could take for ever. List the allowed forms, as in CHG[0-9]{7}|INC[0-9]{7}'
      : `must be a regular expression such as CHG[0-9]{7}, in the syntax of RE2: ${error.message.replace(/^error parsing regexp: /, '')}`;
  }
};

/** By RE2, whose time grows only with the length of the ticket number; a longer number fits no pattern. */
export const ticketFits: TicketFits = (ticket, pattern) =>
  ticket.length <= longestTicket && RE2JS.compile(pattern).matches(ticket);
