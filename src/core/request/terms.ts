import { distinctBy } from '../lists.ts';
import { isAtOrUnder, normalId } from '../tenant/arm-id.ts';
import { visibleLength } from '../visible-text.ts';
import { addDays, dayIn, daysBetween, endOfDay, formatDay } from '../calendar.ts';
import { daysFrom, wholeDayMeant } from '../typed/day-meant.ts';
import { isRefusal } from '../governance-error.ts';
import type { ExemptionCategory } from '../exemption/exemption.ts';
import type { GovernanceLimits } from '../governance/governance-outcome.ts';
import type { Recommendation } from '../tenant/recommendation.ts';
import { givenReason, type GivenReason, type ReadyReason, type ReasonTyped } from '../governance/reasons.ts';
import type { TicketFits } from '../governance/governance-rules.ts';
import { longestTicket, ticketProblem } from '../governance/ticket.ts';

/** The terms that are requested and decided. */
export type Terms = {
  readonly recommendation: Pick<Recommendation, 'key' | 'title' | 'severity'>;
  readonly scopes: readonly string[];
  /** Display name in Azure, up to 128 characters. */
  readonly name: string;
  readonly category: ExemptionCategory;
  /** UTC; undefined: no expiry. */
  readonly expiresAt: Date | undefined;
  readonly justification: string;
  readonly ticket: string;
  /** A ready reason of the rules with its evidence; undefined: only the justification says why. */
  readonly reason?: GivenReason | undefined;
};

/** The form as typed, kept word for word, so that nothing is lost when a field is refused. */
export type Form = {
  /** `resources`, or the id of a wider scope that was offered. */
  readonly scope: string;
  readonly resources: readonly string[];
  /** The ids of what was found by a search, of any kind; they are meant in addition. */
  readonly searched?: readonly string[];
  /** Names of scopes and resources, a line each, as typed where a client offers no search. */
  readonly named?: string;
  readonly name: string;
  readonly category: string;
  /** A number of days, `date` for the day in expiryDate, or `never`. */
  readonly expiry: string;
  readonly expiryDate: string;
  readonly justification: string;
  readonly ticket: string;
} & ReasonTyped;

export type FormProblem = { readonly field: keyof Form; readonly sentence: string };

export type FormContext = {
  readonly recommendation: Terms['recommendation'];
  /** Ids that this person was offered and may read; nothing else is accepted. */
  readonly offered: {
    readonly resources: readonly string[];
    readonly scopes: readonly string[];
    /** Of what was searched. */
    readonly searched?: readonly string[];
  };
  /** For the category and the scopes of the form. */
  readonly limits: Pick<GovernanceLimits, 'maxDays' | 'neverExpires' | 'justificationMinLength' | 'ticket'>;
  readonly ticketFits: TicketFits;
  /** The ready reasons of the rules. */
  readonly reasons?: readonly ReadyReason[];
  /** Whether a scope lies in a wider one; without it only what ids show counts. */
  readonly isInside?: (scope: string, wide: string) => boolean;
  readonly now: Date;
  readonly timeZone: string;
};

export const expiryChoices = [7, 30, 60, 90] as const;

const offeredOf = (ids: readonly string[], offered: readonly string[]): string[] =>
  offered.filter((candidate) => ids.some((id) => id.toLowerCase() === candidate.toLowerCase()));

/** The last day as it was chosen or written; a question where it is not certain; neither where nothing was chosen. */
type Expiry = { readonly day?: string | undefined; readonly question?: string };

const expiryOf = ({ expiry, expiryDate }: Form, { now, timeZone }: FormContext): Expiry => {
  if (expiryChoices.some((days) => String(days) === expiry))
    return { day: addDays(dayIn(now, timeZone), Number(expiry)) };
  if (expiry !== 'date' || expiryDate.trim() === '') return {};
  try {
    return { day: wholeDayMeant(expiryDate, daysFrom(now, timeZone)) };
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return { question: error.message };
  }
};

const expiryProblem = (
  form: Form,
  { day, question }: Expiry,
  category: ExemptionCategory | undefined,
  context: FormContext,
): string | undefined => {
  if (form.expiry === 'never')
    return context.limits.neverExpires
      ? undefined
      : 'An expiry date is required here. Choose how long the exemption lasts, or a date.';
  if (question !== undefined) return question;
  if (day === undefined) return 'Choose how long the exemption lasts, or a date.';
  const days = daysBetween(context.now, endOfDay(day, context.timeZone), context.timeZone);
  if (days < 1) return 'The expiry date must be after today.';
  const longest = context.limits.maxDays;
  if (category === undefined || days <= longest) return undefined;
  return `An exemption of the category ${category} may last at most ${longest} ${longest === 1 ? 'day' : 'days'} here, until ${formatDay(endOfDay(addDays(dayIn(context.now, context.timeZone), longest), context.timeZone), context.timeZone)}.`;
};

/** The parts of a form that the rules look at. Scopes that were not offered are ignored, and so is what lies in another one: it says nothing more. */
export const askedIn = (
  form: Pick<Form, 'scope' | 'resources' | 'searched' | 'category'>,
  { resources, scopes, searched = [] }: FormContext['offered'],
  isInside: (scope: string, wide: string) => boolean = isAtOrUnder,
): { readonly category: ExemptionCategory | undefined; readonly scopes: readonly string[] } => {
  const chosen = distinctBy(
    [
      ...(form.scope === 'resources' ? offeredOf(form.resources, resources) : offeredOf([form.scope], scopes)),
      ...offeredOf(form.searched ?? [], searched),
    ],
    normalId,
  );
  const isWithin = (scope: string): boolean => chosen.some((wide) => wide !== scope && isInside(scope, wide));
  return {
    category: (['Waiver', 'Mitigated'] as const).find((each) => each === form.category),
    scopes: chosen.filter((scope) => !isWithin(scope)),
  };
};

/** Checks a form: returns the terms, or a sentence for each invalid field. Scopes that were not offered are ignored. */
export const termsOf = (form: Form, context: FormContext): { terms: Terms } | { problems: readonly FormProblem[] } => {
  const problems: FormProblem[] = [];
  const refuse = (field: keyof Form, sentence: string) => void problems.push({ field, sentence });

  const { category, scopes } = askedIn(form, context.offered, context.isInside);
  if (scopes.length === 0)
    refuse(form.scope === 'resources' ? 'resources' : 'scope', 'Choose at least one resource, or a wider scope.');

  const name = form.name.trim();
  if (name === '') refuse('name', 'Give the exemption a name.');
  if (name.length > 128) refuse('name', `The name has ${name.length} characters; Azure accepts at most 128.`);

  if (category === undefined)
    refuse('category', 'Choose Waiver (the risk is accepted) or Mitigated (the risk is dealt with in another way).');

  const expiry = expiryOf(form, context);
  const wrongDay = expiryProblem(form, expiry, category, context);
  if (wrongDay !== undefined) refuse(form.expiry === 'date' ? 'expiryDate' : 'expiry', wrongDay);

  const { reason, problems: unreasoned } = givenReason(form, context.reasons ?? [], category);
  problems.push(...unreasoned);

  // A ready reason says why by itself, as long as the rules ask for.
  const justification = form.justification.trim() || (reason?.text ?? '');
  const shortest = context.limits.justificationMinLength;
  if (visibleLength(justification) < shortest)
    refuse('justification', `A justification of at least ${shortest} characters is required: approvers decide by it.`);
  if (justification.length > 1000)
    refuse('justification', `The justification has ${justification.length} characters; at most 1,000 are allowed.`);

  const ticket = form.ticket.trim();
  const wrongTicket =
    ticket.length > longestTicket
      ? `The ticket number may have at most ${longestTicket} characters.`
      : ticketProblem(ticket, context.limits.ticket, context.ticketFits);
  if (wrongTicket !== undefined) refuse('ticket', wrongTicket);

  if (problems.length > 0 || category === undefined) return { problems };
  return {
    terms: {
      recommendation: context.recommendation,
      scopes,
      name,
      category,
      expiresAt: expiry.day === undefined ? undefined : endOfDay(expiry.day, context.timeZone),
      justification,
      ticket,
      ...(reason === undefined ? {} : { reason }),
    },
  };
};
