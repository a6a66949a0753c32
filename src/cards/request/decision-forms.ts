import { addDays, dayIn, endOfDay, formatDay, isDay } from '../../core/calendar.ts';
import type { RequestView } from '../../core/chat/request-view.ts';
import type { ExemptionRequest } from '../../core/request/request.ts';
import { shortened } from '../../core/visible-text.ts';
import { action, choicesInput, dateInput, type CardAction, type Input } from '../card-action.ts';
import { withoutMarkup } from '../plain-text.ts';
import { smallFormInput } from '../small-forms.ts';
import { namedHere, namedScopes } from './name-scopes.ts';

/** The fields of a form, filled in, its buttons and what it cannot offer: the same on a card, in a dialog, and where it was refused. */
export type FilledForm = {
  readonly inputs: readonly Input[];
  readonly submits: readonly CardAction[];
  readonly explanation?: string;
};

/** Sent from a card of its own, whose place the answer takes. */
type Again = { readonly again?: true };

/** What an approver chose who approves less than was requested. */
export type ChosenLess = { readonly lastDay: string; readonly scopes: readonly string[]; readonly note: string };

const asRequested = ({ request, narrower, timeZone }: RequestView): ChosenLess => ({
  lastDay: request.terms.expiresAt === undefined ? '' : dayIn(request.terms.expiresAt, timeZone),
  scopes: request.terms.scopes.length > 1 ? narrower.map(({ token }) => token) : [],
  note: '',
});

/** As long as the name of a resource in its group and subscription gets. */
const longestChoice = 250;

const scopeInput = ({ request, narrower }: RequestView, ticked: readonly string[]): Input[] => {
  if (narrower.length === 0) return [];
  const choices = narrower.map(({ label, token }) => ({
    title: withoutMarkup(shortened(label, longestChoice)),
    value: token,
  }));
  const isOfSeveral = request.terms.scopes.length > 1;
  const label = isOfSeveral ? 'Approve only for' : 'Approve only for (select none to approve all of it)';
  return [choicesInput('scopes', label, choices, ticked)];
};

const lastDayInput = ({ request, timeZone }: RequestView, typed: string): Input => {
  const { terms, waitingSince } = request;
  const asked = terms.expiresAt === undefined ? undefined : dayIn(terms.expiresAt, timeZone);
  const tomorrow = addDays(dayIn(waitingSince, timeZone), 1);
  const first = asked !== undefined && asked < tomorrow ? asked : tomorrow;
  const requested = terms.expiresAt === undefined ? 'never expires' : formatDay(terms.expiresAt, timeZone);
  const upTo = terms.expiresAt === undefined ? 'or later' : `to ${requested}, as requested, or earlier`;
  return {
    ...dateInput('lastDay', `Last day (requested: ${requested})`, {
      min: first,
      max: asked,
      value: isDay(typed) ? typed : '',
    }),
    errorMessage: `Choose a day from ${formatDay(endOfDay(first, timeZone), timeZone)} ${upTo}.`,
  };
};

/** What the form cannot offer; undefined if it offers everything. */
const unlistedNote = ({ request, narrower, narrowerUnlisted = 0 }: RequestView): string | undefined => {
  if (narrowerUnlisted === 0) return undefined;
  if (request.terms.scopes.length > 1)
    return `Its ${request.terms.scopes.length} scopes do not fit here, so it can be approved for all of them only. To have it asked for fewer, reject it and say so.`;
  return `The ${narrower.length} widest of ${narrower.length + narrowerUnlisted} scopes inside it are listed. To have it asked for another one, reject it and say so.`;
};

/** Whether the choices name every scope of the request whole. */
const isAllChosen = ({ request, narrower }: RequestView): boolean =>
  request.terms.scopes.length > 1 &&
  narrower.length === request.terms.scopes.length &&
  narrower.every(({ label }) => label.length <= longestChoice);

/** The small form to approve less, filled in, and its button. */
export const lessForm = (view: RequestView, chosen = asRequested(view), again: Again = {}): FilledForm => {
  const { reference, termsVersion: version } = view.request;
  const scopes = scopeInput(view, chosen.scopes);
  const data = {
    verb: 'approve-less',
    reference,
    version,
    choosing: scopes.length > 0,
    ...namedHere(view.scopeLabels),
    ...again,
  } as const;
  const explanation = unlistedNote(view);
  return {
    ...(explanation === undefined ? {} : { explanation }),
    inputs: [
      lastDayInput(view, chosen.lastDay),
      ...scopes,
      ...(isAllChosen(view) ? [] : namedScopes(view.scopeLabels)),
      smallFormInput('approve-less', chosen.note),
    ],
    submits: [action(`Approve ${reference} with these changes`, data, { main: true })],
  };
};

/** The small form to reject, filled in, and its button. */
export const rejectForm = (
  { reference, termsVersion: version, emergency }: ExemptionRequest,
  typed = '',
  again: Again = {},
): FilledForm => {
  const title = emergency === undefined ? `Reject ${reference}` : `Reject ${reference} and remove it from Azure`;
  return {
    inputs: [smallFormInput('reject-request', typed)],
    submits: [action(title, { verb: 'reject-request', reference, version, ...again })],
  };
};

export type DecisionForm = 'less' | 'reject';

/** The form of a decision as it is opened. */
export const decisionForm = (view: RequestView, form: DecisionForm, again: Again = {}): FilledForm =>
  form === 'reject' ? rejectForm(view.request, '', again) : lessForm(view, asRequested(view), again);
