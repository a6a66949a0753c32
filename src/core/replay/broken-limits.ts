import type { Difference } from './difference.ts';
import type { GovernanceLimits } from '../governance/governance-outcome.ts';
import type { PastRequest } from '../ledger/past-request.ts';
import type { TicketFits } from '../governance/governance-rules.ts';

const broken = (why: string): Difference[] => [{ kind: 'over-limits', why }];
const unknown = (why: string): Difference[] => [{ kind: 'not-known', why }];

const duration = ({ lasts }: PastRequest, { maxDays, neverExpires }: GovernanceLimits): Difference[] => {
  if (lasts === 'for ever') return neverExpires ? [] : broken('it was to have no expiry date');
  return lasts > maxDays ? broken(`it was requested for ${lasts} ${lasts === 1 ? 'day' : 'days'}`) : [];
};

const justification = ({ words, governance }: PastRequest, { justificationMinLength }: GovernanceLimits) => {
  const length = words?.justification.length ?? governance.facts?.lengths.justification;
  if (length !== undefined)
    return length < justificationMinLength
      ? broken(`its justification has ${length} of ${justificationMinLength} required characters`)
      : [];
  return justificationMinLength > governance.limits.justificationMinLength
    ? unknown('its justification was erased, so its length is unknown')
    : [];
};

const ticket = ({ words, governance }: PastRequest, limits: GovernanceLimits, fits: TicketFits): Difference[] => {
  const length = words?.ticket.length ?? governance.facts?.lengths.ticket;
  const { required, patterns } = limits.ticket;
  const then = governance.limits.ticket;
  if (length === 0) return required ? broken('it has no ticket number') : [];
  if (length === undefined && required && !then.required)
    return unknown('its text was erased, so it is unknown whether it had a ticket number');
  const doubtful = patterns.filter(({ pattern }) =>
    words === undefined ? !then.patterns.some((each) => each.pattern === pattern) : !fits(words.ticket, pattern),
  );
  const like = doubtful.map(({ example }) => example).join(' and ');
  if (doubtful.length === 0) return [];
  return words === undefined
    ? unknown(`its ticket number was erased, so it is unknown whether it looked like ${like}`)
    : broken(`its ticket number does not look like ${like}`);
};

/** The limits that a past request exceeds, or may exceed. Judged by its texts if they are stored, otherwise by their lengths. */
export const brokenLimits = (request: PastRequest, limits: GovernanceLimits, fits: TicketFits): Difference[] => [
  ...duration(request, limits),
  ...justification(request, limits),
  ...ticket(request, limits, fits),
];
