import { addDays, dayIn } from '../../core/calendar.ts';
import type { Draft } from '../../core/request/draft.ts';
import { expiryChoices, type Form, type FormProblem } from '../../core/request/terms.ts';
import type { WidestLimits } from '../../core/governance/widest-limits.ts';
import { longestTyped } from '../actions.ts';
import { action } from '../card-action.ts';
import { renderCard, type Card } from '../render-card.ts';
import { isAmong, withinBudget, type Offered } from './choices.ts';
import { shortened } from '../plain-text.ts';
import template from '../templates/request-form.json' with { type: 'json' };
import { counted, severityMarks } from '../wording.ts';

export type RequestFormCardInput = {
  readonly draft: Draft;
  /** What may be chosen; nearest scopes first. */
  readonly offer: { readonly resources: readonly Offered[]; readonly scopes: readonly Offered[] };
  /** What was wrong with the form as it was sent; empty at first. */
  readonly problems: readonly FormProblem[];
  readonly limits: WidestLimits;
  readonly now: Date;
  readonly timeZone: string;
};

/** Ids are long: what a choice list may weigh, in characters, for the card to stay well under its limit. */
const resourceBudget = 5_500;
const scopeBudget = 1_500;

const problemOf = (problems: readonly FormProblem[]): Record<keyof Form, string> => {
  const sentence = (field: keyof Form): string =>
    problems
      .filter((problem) => problem.field === field)
      .map((problem) => shortened(problem.sentence, 200))
      .join(' ');
  return {
    scope: sentence('scope'),
    resources: sentence('resources'),
    name: sentence('name'),
    category: sentence('category'),
    expiry: sentence('expiry'),
    expiryDate: sentence('expiryDate'),
    justification: sentence('justification'),
    ticket: sentence('ticket'),
  };
};

const headingOf = ({ amends, replaces }: Draft): string => {
  if (amends !== undefined) return `Change request ${amends.reference}`;
  if (replaces === undefined) return 'Request an exemption';
  return `${replaces.deed === 'renew' ? 'Renew' : 'Change'} exemption ${replaces.reference}`;
};

const ticketLabels: Readonly<Record<WidestLimits['ticket'], string>> = {
  optional: 'Ticket (optional)',
  sometimes: 'Ticket (where the rules ask for one)',
  required: 'Ticket',
};

/** The form of a request, prefilled with the draft; a refused one comes back as it was typed, with a sentence at each wrong field. */
export const requestFormCard = (input: RequestFormCardInput): Card => {
  const { draft, offer, limits, problems } = input;
  const { form, recommendation } = draft;
  const resources = withinBudget(offer.resources, form.resources, resourceBudget);
  const left = offer.resources.length - resources.length;
  const longest = Math.max(limits.maxDays.Waiver, limits.maxDays.Mitigated);
  const today = dayIn(input.now, input.timeZone);
  return renderCard(template, {
    summary: `${headingOf(draft)}: ${recommendation.title}`,
    heading: headingOf(draft),
    severity: severityMarks[recommendation.severity],
    title: shortened(recommendation.title, 200),
    alarm: problems.length === 0 ? '' : `Please look at ${counted(problems.length, 'field')} again.`,
    form: {
      ...form,
      resources: resources
        .filter(({ value }) => isAmong(form.resources, value))
        .map(({ value }) => value)
        .join(','),
      name: form.name.slice(0, longestTyped.name),
      justification: form.justification.slice(0, longestTyped.justification),
      ticket: form.ticket.slice(0, longestTyped.ticket),
    },
    problem: problemOf(problems),
    resources,
    moreResources:
      left > 0 ? `${counted(left, 'more resource')} would not fit here: choose a wider scope to cover them all.` : '',
    scopes: [
      { title: 'Only the resources ticked below', value: 'resources' },
      ...withinBudget(offer.scopes, [form.scope], scopeBudget),
    ],
    expiries: [
      ...expiryChoices
        .filter((days) => days <= longest)
        .map((days) => ({ title: counted(days, 'day'), value: String(days) })),
      { title: 'Until the date below', value: 'date' },
      ...(limits.neverExpires ? [{ title: 'Never ends', value: 'never' }] : []),
    ],
    firstDay: addDays(today, 1),
    lastDay: addDays(today, longest),
    limit: `A waiver may last ${counted(limits.maxDays.Waiver, 'day')}, a mitigation ${counted(limits.maxDays.Mitigated, 'day')}${limits.varies ? ' at most; by the rules of some places less' : ''}.`,
    justificationHint: `Why is this acceptable, or how is it met instead? At least ${limits.justificationMinLength} characters.`,
    ticketLabel: ticketLabels[limits.ticket],
    actions: [
      action('Preview', { verb: 'preview-request', draftId: draft.id }, { main: true }),
      action('Discard', { verb: 'discard-request', draftId: draft.id }, { withoutInputs: true }),
    ],
  });
};
