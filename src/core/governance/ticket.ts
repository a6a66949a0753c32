import type { TicketPattern } from './governance-rules.ts';

/** Whether a complete ticket number matches a pattern. */
export const ticketFits = (ticket: string, pattern: string): boolean =>
  new RegExp(`^(?:${pattern})$`, 'u').test(ticket);

/** Says what is wrong with a ticket number; undefined if nothing is. An optional number that was left out is always right. */
export const ticketProblem = (
  ticket: string,
  rule: { readonly required: boolean; readonly patterns: readonly TicketPattern[] },
): string | undefined => {
  const number = ticket.trim();
  const like = rule.patterns.map(({ example }) => example).join(' and ');
  if (number === '')
    return rule.required ? `A ticket number is required here${like && `, such as ${like}`}.` : undefined;
  return rule.patterns.every(({ pattern }) => ticketFits(number, pattern))
    ? undefined
    : `The ticket number “${number}” does not look like ${like}.`;
};
