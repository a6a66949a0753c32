import { formatInstant } from '../../core/calendar.ts';
import type { LedgerEvent } from '../../core/ledger/ledger.ts';
import { actorName } from '../../core/person.ts';
import type { RequestView } from '../../core/chat/request-view.ts';

const lastShown = 6;

const deeds: Readonly<Record<string, string>> = {
  requested: 'asked for it',
  approved: 'approved it',
  'approved-in-part': 'approved it, as one of several',
  'needed-no-approval': 'needed nobody else’s approval',
  'approved-with-changes': 'approved less than was asked for',
  'approved-in-part-with-changes': 'approved less than was asked for, as one of several',
  ratified: 'approved it after the emergency',
  adopting: 'found it in Azure',
  adopted: 'adopted it',
  emergency: 'had it written at once, as an emergency',
  changed: 'changed what is asked for',
  rejected: 'rejected it',
  withdrawn: 'withdrew it',
  lapsed: 'saw that nobody decided it in time',
  'let-lapse': 'wants no more reminders that it ends',
  revoking: 'took it back',
  revoked: 'took it out of Azure',
  'not-removed': 'could not take it out of Azure',
  retried: 'had it tried again',
  applied: 'wrote it to Azure',
  'partly-applied': 'wrote a part of it to Azure',
  'not-effective': 'saw no effect in time',
  failed: 'could not write it to Azure',
  effective: 'saw it take effect',
  expired: 'saw it expire',
  replaced: 'put a later request in its place',
  forgotten: 'erased a name and words in it',
};

/** Single exemptions, and who was refused, are for the evidence, not for the card. */
const isStep = ({ event }: LedgerEvent): boolean => event.startsWith('exemption-') || event === 'refused';

const deedOf = ({ event, facts }: LedgerEvent): string =>
  `${deeds[event] ?? `recorded ${event.replaceAll('-', ' ')}`}${facts.lent === undefined ? '' : ', with a right that is lent to a group of theirs'}`;

/** The last things that happened to a request, oldest first. The zone stands once, above them. */
export const historyLines = ({ history, timeZone }: RequestView): { readonly at: string; readonly deed: string }[] =>
  history
    .filter((event) => !isStep(event))
    .slice(-lastShown)
    .map((event) => ({
      at: formatInstant(event.at, timeZone).replace(` (${timeZone})`, ''),
      deed: `${actorName(event.actor)} ${deedOf(event)}`,
    }));
