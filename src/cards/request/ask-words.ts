import { daysBetween, formatDay, lastingWords } from '../../core/calendar.ts';
import { andMore } from '../../core/first-few.ts';
import { longestInTitle } from '../../core/plan/named-scopes.ts';
import type { RequestView } from '../../core/chat/request-view.ts';
import type { ExemptionRequest } from '../../core/request/request.ts';
import { shortened } from '../../core/visible-text.ts';

type Shown = Pick<RequestView, 'request' | 'scopeLabels' | 'timeZone'>;

const where = (labels: readonly string[]): string =>
  [shortened(labels[0] ?? '', longestInTitle), andMore(labels.length, 1)].filter((part) => part !== '').join(' ');

const until = ({ request, timeZone }: Shown): string => {
  const { terms, waitingSince } = request;
  if (terms.expiresAt === undefined) return 'without an end';
  const end = formatDay(terms.expiresAt, timeZone);
  const days = daysBetween(waitingSince, terms.expiresAt, timeZone);
  return request.status === 'pending' && days > 0 ? `for ${lastingWords(days)}, until ${end}` : `until ${end}`;
};

/** The predicate of the title: “asks to waive … on …”, “adopted the waiver of … on …”. */
const deedOf = (
  { terms, status, emergency, governance, renewal }: ExemptionRequest,
  title: string,
  place: string,
): string => {
  const isWaiver = terms.category === 'Waiver';
  if (governance.adopted === true)
    return isWaiver ? `adopted the waiver of ${title} on ${place}` : `adopted ${title} on ${place} as mitigated`;
  if (emergency !== undefined)
    return isWaiver
      ? `waived ${title} on ${place} in an emergency`
      : `counted ${title} on ${place} as mitigated in an emergency`;
  const asks = status === 'pending' ? 'asks' : 'asked';
  const before = renewal === undefined ? '' : `${renewal.number === 0 ? 'change' : 'renew'} ${renewal.of}, to `;
  return `${asks} to ${before}${isWaiver ? `waive ${title} on ${place}` : `count ${title} on ${place} as mitigated`}`;
};

/**
 * The title of the cards of a request says what it asks for: "Alice Anders asks to waive “Secure transfer to storage accounts should be enabled” on
 * shop-prod / rg-shop-prod / stshopprod for 30 days, until 21 Dec 2026".
 */
export const askOf = (shown: Shown): string => {
  const { request, scopeLabels } = shown;
  const title = `“${shortened(request.terms.recommendation.title, 160)}”`;
  return `${shortened(request.requester.name, 80)} ${deedOf(request, title, where(scopeLabels))} ${until(shown)}`;
};
