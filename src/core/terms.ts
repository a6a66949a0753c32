import { addDays, dayIn, daysBetween, endOfDay, isDay } from './calendar.ts';
import type { ExemptionCategory } from './exemption.ts';
import type { Limits } from './limits.ts';
import type { Recommendation } from './recommendation.ts';

/** What is asked for and decided. */
export type Terms = {
  readonly recommendation: Pick<Recommendation, 'key' | 'title' | 'severity'>;
  readonly scopes: readonly string[];
  /** Display name in Azure, up to 128 characters. */
  readonly name: string;
  readonly category: ExemptionCategory;
  /** UTC. */
  readonly expiresAt: Date;
  readonly justification: string;
  readonly ticket: string;
};

/** The form as typed; kept word for word, so that nothing is lost when a field is refused. */
export type Form = {
  /** `resources`, or the id of a wider scope that was offered. */
  readonly scope: string;
  readonly resources: readonly string[];
  readonly name: string;
  readonly category: string;
  /** A number of days, or `date` for the day in expiryDate. */
  readonly expiry: string;
  readonly expiryDate: string;
  readonly justification: string;
  readonly ticket: string;
};

export type FormProblem = { readonly field: keyof Form; readonly sentence: string };

export type FormContext = {
  readonly recommendation: Terms['recommendation'];
  /** Ids that this person was offered and may read: nothing else is accepted. */
  readonly offered: { readonly resources: readonly string[]; readonly scopes: readonly string[] };
  readonly limits: Limits;
  readonly now: Date;
  readonly timeZone: string;
};

export const expiryChoices = [7, 30, 60, 90] as const;

const offeredOf = (ids: readonly string[], offered: readonly string[]): string[] =>
  offered.filter((candidate) => ids.some((id) => id.toLowerCase() === candidate.toLowerCase()));

const expiryDay = (form: Form, context: FormContext): string | undefined => {
  if (form.expiry === 'date') return isDay(form.expiryDate) ? form.expiryDate : undefined;
  return expiryChoices.some((days) => String(days) === form.expiry)
    ? addDays(dayIn(context.now, context.timeZone), Number(form.expiry))
    : undefined;
};

const expiryProblem = (
  day: string | undefined,
  category: ExemptionCategory | undefined,
  context: FormContext,
): string | undefined => {
  if (day === undefined) return 'Choose how long it should hold, or a date.';
  const days = daysBetween(context.now, endOfDay(day, context.timeZone), context.timeZone);
  if (days < 1) return 'The last day must be after today.';
  const longest = category === undefined ? undefined : context.limits.maxDays[category];
  if (category === undefined || longest === undefined || days <= longest) return undefined;
  return `A ${category} may last at most ${longest} days, until ${addDays(dayIn(context.now, context.timeZone), longest)}.`;
};

/** Checks a form: the terms, or a sentence for each field that is not right. Scopes that were not offered are as good as none. */
export const termsOf = (form: Form, context: FormContext): { terms: Terms } | { problems: readonly FormProblem[] } => {
  const problems: FormProblem[] = [];
  const refuse = (field: keyof Form, sentence: string) => void problems.push({ field, sentence });

  const scopes =
    form.scope === 'resources'
      ? offeredOf(form.resources, context.offered.resources)
      : offeredOf([form.scope], context.offered.scopes);
  if (scopes.length === 0)
    refuse(form.scope === 'resources' ? 'resources' : 'scope', 'Choose at least one resource, or a wider scope.');

  const name = form.name.trim();
  if (name === '') refuse('name', 'Give the exemption a name.');
  if (name.length > 128) refuse('name', `The name has ${name.length} characters; Azure accepts 128.`);

  const category = (['Waiver', 'Mitigated'] as const).find((each) => each === form.category);
  if (category === undefined)
    refuse('category', 'Choose Waiver (the risk is accepted) or Mitigated (it is met another way).');

  const day = expiryDay(form, context);
  const wrongDay = expiryProblem(day, category, context);
  if (wrongDay !== undefined) refuse(form.expiry === 'date' ? 'expiryDate' : 'expiry', wrongDay);

  const justification = form.justification.trim();
  const shortest = context.limits.justificationMinLength;
  if (justification.length < shortest)
    refuse('justification', `Say why in at least ${shortest} characters; an approver decides by this text.`);
  if (justification.length > 1000)
    refuse('justification', `The justification has ${justification.length} characters; at most 1,000 are kept.`);

  const ticket = form.ticket.trim();
  if (ticket.length > 64) refuse('ticket', 'The ticket number may have at most 64 characters.');

  if (problems.length > 0 || category === undefined || day === undefined) return { problems };
  return {
    terms: {
      recommendation: context.recommendation,
      scopes,
      name,
      category,
      expiresAt: endOfDay(day, context.timeZone),
      justification,
      ticket,
    },
  };
};
