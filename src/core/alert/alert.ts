import { daysBetween } from '../calendar.ts';
import { isExpired, type Exemption } from '../exemption/exemption.ts';
import type { GivenReason } from '../governance/reasons.ts';
import type { Severity } from '../tenant/severity.ts';

/** The facts of an exemption in an alert; its description and creator only if Azure has just returned them. */
type ToldExemption = Pick<Exemption, 'id' | 'scope' | 'category' | 'expiresAt' | 'createdAt'> &
  Partial<Pick<Exemption, 'description' | 'createdBy' | 'managedBy' | 'policyAssignmentId' | 'referenceIds'>>;

/** The subject of an alert: the exemptions of one request, or those that somebody made together outside Exemption Desk. */
export type ExemptionUnit = {
  /** Stable over sweeps and restarts. */
  readonly key: string;
  readonly recommendation: { readonly title: string; readonly severity: Severity };
  readonly exemptions: readonly ToldExemption[];
  /** The reference of its request; undefined: made outside Exemption Desk. */
  readonly reference: string | undefined;
};

/** The reminder steps before the expiry, and the expiry itself. */
export type LadderStep = '30' | '14' | '7' | '1' | '0' | 'expired';

/** The ends of what was told before, apart from the expiry. */
type EndStep =
  | 'deleted'
  | 'revoked'
  | 'taken-out'
  | 'cleaned'
  | 'renewed'
  | 'adopted'
  | 'approved'
  | 'in-force-again'
  | 'in-effect'
  | 'gap-closed'
  | 'needed-again'
  | 'scope-gone';

type AlertStep = LadderStep | EndStep | 'created' | 'changed' | 'orphaned' | 'gap' | 'no-longer-needed';

/** Days before the expiry. */
export const ladder = [30, 14, 7, 1, 0] as const;

const earliestOf = (dates: readonly (Date | undefined)[]): Date | undefined =>
  dates.flatMap((date) => (date === undefined ? [] : [date])).sort((a, b) => a.getTime() - b.getTime())[0];

/** The expiry of a unit: that of its first exemption to expire. UTC; undefined: no expiry. */
export const expiryOf = (unit: Pick<ExemptionUnit, 'exemptions'>): Date | undefined =>
  earliestOf(unit.exemptions.map((exemption) => exemption.expiresAt));

/**
 * The one step that is due now, whatever was missed before: 30, 14, 7, 1 or 0 days ahead by the calendar of the time zone, or `expired`.
 * Steps that are not shorter than the duration of the exemption are skipped, so that a new exemption raises no reminder.
 */
export const dueStep = (
  unit: Pick<ExemptionUnit, 'exemptions'>,
  now: Date,
  timeZone: string,
): LadderStep | undefined => {
  const expiresAt = expiryOf(unit);
  if (expiresAt === undefined) return undefined;
  if (isExpired({ expiresAt }, now)) return 'expired';
  const left = daysBetween(now, expiresAt, timeZone);
  const createdAt = earliestOf(unit.exemptions.map((exemption) => exemption.createdAt));
  const life = createdAt === undefined ? Infinity : daysBetween(createdAt, expiresAt, timeZone);
  const step = ladder.findLast((days) => left <= days);
  return step === undefined || step >= life ? undefined : (String(step) as LadderStep);
};

/**
 * The steps that a step makes obsolete, including itself: after the 7-day reminder the 14-day one must never be sent, even if the clock
 * goes back.
 */
export const stepsUpTo = (step: LadderStep): readonly LadderStep[] => {
  const order: readonly LadderStep[] = ['30', '14', '7', '1', '0', 'expired'];
  return order.slice(0, order.indexOf(step) + 1);
};

/** What became of the exemptions of an alert after it was raised, as its card says it. */
export type AlertOutcome = {
  /** Equal if the same is found out again; the alert that reports it has the same one. */
  readonly event: string;
  /** `lapsing`: somebody stopped its reminders. */
  readonly step: Alert['step'] | 'lapsing';
  /** Who, what and when, in one line. */
  readonly line: string;
  /** Whom the line names, as far as it is known who that is. */
  readonly by?: { readonly objectId: string; readonly name: string } | undefined;
  /** Only some of its exemptions are concerned, and this one is not. Left out: all are. */
  readonly left?: string | undefined;
};

/** The content of an alert, ready to be drawn: only texts, so that it can be stored until it is delivered. */
export type Alert = {
  /** `news`: only words of ours for one person, posted as a text. */
  readonly step: AlertStep | 'baseline' | 'not-effective' | 'news';
  readonly title: string;
  readonly severity: Severity | undefined;
  /** Label and text of each fact, in order. */
  readonly facts: readonly { readonly label: string; readonly text: string }[];
  /** The description of the exemption, as a person wrote it. */
  readonly words: string;
  /** The ready reason of its request with its evidence; left out: none. */
  readonly reason?: GivenReason | undefined;
  /** Rows of a summary. */
  readonly rows: readonly string[];
  readonly reference: string | undefined;
  /** The keys of the recommendations that it is about, in lower case; left out: nobody knows. */
  readonly recommendations?: readonly string[];
  /** Where its request was asked for; left out: in no shared place. */
  readonly origin?: string | undefined;
  /** The exemption that the Details button shows; undefined if there is no single one. */
  readonly exemptionId: string | undefined;
  /** The version of the terms that the Approve button approves; left out: there is none. */
  readonly approve?: number | undefined;
  /** The names of all scopes that the Approve button approves. */
  readonly approves?: readonly string[];
  /** The tool that manages what was made outside, which would undo what is done with it here; left out: none is known. */
  readonly managedBy?: string | undefined;
  /** It ends what the place was told: posted there whatever its filter is by then. */
  readonly ends?: boolean;
  /** The keys of what the place was told before: in a channel it stands in the thread of that. */
  readonly follows?: readonly string[];
  /** Tells what it reports from everything else; see AlertOutcome. */
  readonly event?: string;
  /** What became of its exemptions since. */
  readonly outcome?: AlertOutcome | undefined;
};
