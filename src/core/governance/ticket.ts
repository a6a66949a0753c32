import type { TicketPattern } from './governance-rules.ts';

/** Whether a ticket number fits a pattern from its first character to its last. */
export const ticketFits = (ticket: string, pattern: string): boolean =>
  new RegExp(`^(?:${pattern})$`, 'u').test(ticket);

/** What is wrong with a ticket number, as a sentence; undefined when nothing is. An optional one that was left out fits every pattern. */
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
