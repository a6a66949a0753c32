import { clockOf, formatWithoutZone } from '../../core/calendar.ts';
import type { LedgerEvent } from '../../core/ledger/ledger.ts';
import { actorName } from '../../core/person.ts';
import type { RequestView } from '../../core/chat/request-view.ts';

const lastShown = 6;

/** What follows the name of the person, or of Exemption Desk, by the event of the ledger. */
const deeds: Readonly<Record<string, string>> = {
  requested: 'requested it',
  approved: 'approved it',
  'approved-in-part': 'approved it; more approvals were needed',
  'needed-no-approval': 'needed no approval from others',
  'approved-with-changes': 'approved it with changes',
  'approved-in-part-with-changes': 'approved it with changes; more approvals were needed',
  ratified: 'approved it after the emergency',
  adopting: 'found it in Azure',
  adopted: 'adopted it',
  emergency: 'had it written to Azure immediately, as an emergency',
  changed: 'changed the request',
  rejected: 'rejected it',
  withdrawn: 'withdrew it',
  lapsed: 'closed it because nobody decided in time',
  gone: 'closed it because what it was for no longer exists in Azure',
  'let-lapse': 'stopped the expiry reminders',
  revoking: 'revoked it',
  revoked: 'removed it from Azure',
  'not-removed': 'could not remove it from Azure',
  retried: 'tried it again',
  applied: 'wrote it to Azure',
  'partly-applied': 'wrote part of it to Azure',
  'not-effective': 'found no effect in time',
  failed: 'could not write it to Azure',
  effective: 'found it in effect',
  expired: 'found it expired',
  replaced: 'replaced it with a later request',
  'replaced-in-part': 'replaced a part of it with a later request',
  forgotten: 'erased a name and what that person wrote',
};

/** The ledger also records single exemptions and refusals. They belong in exported evidence, not on the card. */
const isStep = ({ event }: LedgerEvent): boolean => event.startsWith('exemption-') || event === 'refused';

const deedOf = ({ event, facts }: LedgerEvent): string =>
  `${deeds[event] ?? `recorded ${event.replaceAll('-', ' ')}`}${facts.lent === undefined ? '' : ', with a permission delegated to a group of theirs'}`;

/** The heading above them, which says once whose time it is. */
export const historyTitle = ({ timeZone, readerTime }: RequestView): string =>
  readerTime === undefined ? `History, times in ${timeZone}` : 'History, in your time';

/** The latest events of a request, oldest first, in the time that their heading names. */
export const historyLines = (view: RequestView): { readonly at: string; readonly deed: string }[] =>
  view.history
    .filter((event) => !isStep(event))
    .slice(-lastShown)
    .map((event) => ({
      at: formatWithoutZone(event.at, clockOf(view)),
      deed: `${actorName(event.actor)} ${deedOf(event)}`,
    }));
