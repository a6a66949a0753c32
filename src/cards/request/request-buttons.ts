import { addDays, dayIn, endOfDay, formatDay, isDay } from '../../core/calendar.ts';
import type { PostedCard } from '../../core/chat/posted-card.ts';
import { awaitsApproval, isInForce, type ExemptionRequest } from '../../core/request/request.ts';
import type { RequestView } from '../../core/chat/request-view.ts';
import {
  action,
  askFirst,
  choicesInput,
  dateInput,
  type CardAction,
  type ButtonOptions,
  type Input,
} from '../card-action.ts';
import { withoutMarkup } from '../plain-text.ts';
import { smallFormInput } from '../small-forms.ts';
import { shortened } from '../../core/visible-text.ts';

/** Approves a version of the terms, after an optional comment; used on every card that asks for it. */
export const approve = (reference: string, version: number): CardAction =>
  askFirst(
    '✓ Approve',
    [smallFormInput('approve-request')],
    action(`Approve ${reference}`, { verb: 'approve-request', reference, version }, { main: true }),
    { main: true },
  );

/** What an approver chose who approves less than was requested. */
export type ChosenLess = { readonly lastDay: string; readonly scopes: readonly string[]; readonly note: string };

const asRequested = ({ request, narrower, timeZone }: RequestView): ChosenLess => ({
  lastDay: request.terms.expiresAt === undefined ? '' : dayIn(request.terms.expiresAt, timeZone),
  scopes: request.terms.scopes.length > 1 ? narrower.map(({ token }) => token) : [],
  note: '',
});

const scopeInput = ({ request, narrower }: RequestView, ticked: readonly string[]): Input[] => {
  if (narrower.length === 0) return [];
  const choices = narrower.map(({ label, token }) => ({ title: withoutMarkup(shortened(label, 100)), value: token }));
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

/** The small form to approve less, filled in, and its button. */
export const lessForm = (
  view: RequestView,
  chosen = asRequested(view),
  again: { readonly again?: true } = {},
): { readonly inputs: readonly Input[]; readonly submit: CardAction; readonly explanation?: string } => {
  const { reference, termsVersion: version } = view.request;
  const scopes = scopeInput(view, chosen.scopes);
  const data = { verb: 'approve-less', reference, version, choosing: scopes.length > 0, ...again } as const;
  const explanation = unlistedNote(view);
  return {
    ...(explanation === undefined ? {} : { explanation }),
    inputs: [lastDayInput(view, chosen.lastDay), ...scopes, smallFormInput('approve-less', chosen.note)],
    submit: action(`Approve ${reference} with these changes`, data, { main: true }),
  };
};

const approveLess = (view: RequestView): CardAction => {
  const { inputs, submit, explanation } = lessForm(view);
  return askFirst('Approve with changes…', inputs, submit, explanation === undefined ? {} : { explanation });
};

const reject = ({ reference, termsVersion: version, emergency }: ExemptionRequest): CardAction =>
  askFirst(
    '✕ Reject',
    [smallFormInput('reject-request')],
    action(emergency === undefined ? `Reject ${reference}` : `Reject ${reference} and remove it from Azure`, {
      verb: 'reject-request',
      reference,
      version,
    }),
  );

const forRequester = ({ reference, termsVersion: version, emergency }: ExemptionRequest): CardAction[] => {
  const takeBack = action(emergency === undefined ? 'Withdraw' : 'Remove from Azure', {
    verb: 'withdraw-request',
    reference,
    version,
  });
  return emergency === undefined
    ? [action('Change', { verb: 'change-request', reference, version }), takeBack]
    : [takeBack];
};

/** Removes an exemption from Azure before it expires; used on every card that shows one. */
export const revoke = (reference: string, options: Pick<ButtonOptions, 'secondary'> = {}): CardAction =>
  askFirst(
    'Revoke…',
    [smallFormInput('revoke-request')],
    action(`Revoke ${reference}`, { verb: 'revoke-request', reference }),
    options,
  );

/** Opens the form, filled in. */
export const renew = (reference: string): CardAction =>
  action('Renew', { verb: 'replace-request', reference, deed: 'renew' }, { withoutInputs: true });

export const changeInForce = (reference: string): CardAction =>
  action('Change', { verb: 'replace-request', reference, deed: 'change' }, { secondary: true, withoutInputs: true });

/** The buttons that an audience can use on a request now. A button that would only be refused is left out. */
export const buttonsFor = (view: RequestView, audience: PostedCard['audience']): CardAction[] => {
  const { request } = view;
  const { reference, version, status, emergency } = request;
  if (awaitsApproval(request)) {
    if (audience === 'requester') return forRequester(request);
    if (audience === 'reader') return [];
    return [
      approve(reference, request.termsVersion),
      ...(emergency === undefined ? [approveLess(view)] : []),
      reject(request),
    ];
  }
  const isUnfinished = status === 'failed' || status === 'partly-applied';
  return [
    ...(isUnfinished && audience === 'approvers'
      ? [action('Try again', { verb: 'retry-request', reference, version })]
      : []),
    ...(audience === 'requester' && (isInForce(request) || status === 'expired') ? [renew(reference)] : []),
    ...(isInForce(request) && audience !== 'reader' ? [revoke(reference)] : []),
    ...(audience === 'requester' && isInForce(request) ? [changeInForce(reference)] : []),
  ];
};
