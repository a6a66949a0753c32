import type { TicketFits, TicketPattern } from './governance-rules.ts';

/** The most characters of a ticket number; longer ones are never compared with a pattern. */
export const longestTicket = 64;

/** Says what is wrong with a ticket number; undefined if nothing is. An optional number that was left out is always right. */
export const ticketProblem = (
  ticket: string,
  rule: { readonly required: boolean; readonly patterns: readonly TicketPattern[] },
  fits: TicketFits,
): string | undefined => {
  const number = ticket.trim();
  const like = rule.patterns.map(({ example }) => example).join(' and ');
  if (number === '')
    return rule.required ? `A ticket number is required here${like && `, such as ${like}`}.` : undefined;
  return number.length <= longestTicket && rule.patterns.every(({ pattern }) => fits(number, pattern))
    ? undefined
    : `The ticket number “${number}” does not look like ${like}.`;
};

/** Where a ticket is looked up, if the rules say so. */
export const ticketAddress = (ticket: string, patterns: readonly TicketPattern[]): string | undefined =>
  patterns.find(({ url }) => url !== undefined)?.url?.replaceAll('{ticket}', () => encodeURIComponent(ticket));
