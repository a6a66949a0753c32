import { formatInstant } from '../calendar.ts';
import type { Person } from '../person.ts';
import type { AlertOutcome } from './alert.ts';

/** What the earlier cards about exemptions say happened to them: a line, and whom it names. */
export type OutcomeWords = Pick<AlertOutcome, 'line' | 'by'>;

type Named = Pick<Person, 'objectId' | 'name'>;
type Revoked = { readonly revocation: { readonly by?: Named | undefined; readonly at?: Date | undefined } | undefined };
type Foundness = { readonly at: Date; readonly timeZone: string };

/** Azure says what is there, not since when, or by whom something was deleted. */
const found = (what: string, { at, timeZone }: Foundness): OutcomeWords => ({
  line: `${what}, as found on ${formatInstant(at, timeZone)}.`,
});

const byWhom = (what: string, by: Named, at: Date, timeZone: string): OutcomeWords => ({
  line: `${what} by ${by.name} on ${formatInstant(at, timeZone)}.`,
  by: { objectId: by.objectId.toLowerCase(), name: by.name },
});

/** What was taken out of Azure for a request before its end; without a person, because nobody approved an emergency. */
const takenOut = ({ revocation }: Revoked, what: string, context: Foundness): OutcomeWords => {
  const { by, at = context.at } = revocation ?? {};
  const when = formatInstant(at, context.timeZone);
  return by === undefined
    ? { line: `${what} on ${when}, because nobody approved it in time.` }
    : byWhom(what, by, at, context.timeZone);
};

type Later = { readonly reference: string; readonly requester: Named; readonly appliedAt: Date | undefined };

const continuedAs = (what: string, { reference, requester, appliedAt }: Later, context: Foundness): OutcomeWords =>
  byWhom(`${what} as ${reference}`, requester, appliedAt ?? context.at, context.timeZone);

/** One line for each thing that can become of exemptions. */
export const outcomeWords = {
  deleted: (context: Foundness) => found('Deleted outside Exemption Desk', context),
  scopeGone: (context: Foundness) => found('Deleted together with its scope', context),
  orphaned: (context: Foundness) => found('Its policy assignment was deleted, so it exempts nothing', context),
  inForceAgain: (context: Foundness) => found('Its policy assignment exists again, so it is in force', context),
  inEffect: (context: Foundness) => found('In effect', context),
  gapClosed: (context: Foundness) => found('Closed', context),
  neededAgain: (context: Foundness) => found('Needed again', context),
  changed: (what: string, by: string | undefined, context: Foundness): OutcomeWords =>
    by === undefined
      ? { line: `${found('Changed outside Exemption Desk', context).line} ${what}` }
      : { line: `Changed outside Exemption Desk ${by}. ${what}` },
  expired: (end: Date, timeZone: string): OutcomeWords => ({ line: `Expired on ${formatInstant(end, timeZone)}.` }),
  revoking: (request: Revoked, context: Foundness) => {
    const { line, by } = takenOut(request, 'Revoked', context);
    return { line: `${line} It is being deleted from Azure.`, by };
  },
  revoked: (request: Revoked, context: Foundness) => takenOut(request, 'Revoked', context),
  takenOut: (request: Revoked, context: Foundness) => takenOut(request, 'Taken out', context),
  revokedOutside: (by: Named, at: Date, timeZone: string) => byWhom('Revoked', by, at, timeZone),
  cleaned: (by: Named, at: Date, timeZone: string) => byWhom('Deleted in a clean-up ordered', by, at, timeZone),
  renewed: (later: Later, context: Foundness) => continuedAs('Renewed', later, context),
  replaced: (later: Later, context: Foundness) => continuedAs('Replaced', later, context),
  adopted: (later: Later, context: Foundness) => continuedAs('Adopted', later, context),
  approved: (by: Named | undefined, context: Foundness) =>
    by === undefined
      ? found('Approved: it stays', context)
      : byWhom('Approved: it stays. Decided', by, context.at, context.timeZone),
  lapsing: (by: Named, at: Date, timeZone: string) => byWhom('Reminders stopped', by, at, timeZone),
} as const;
