import type { PostedCard } from '../../core/chat/posted-card.ts';
import { awaitsApproval, isInForce, mayBeAskedAgain, type ExemptionRequest } from '../../core/request/request.ts';
import type { RequestView } from '../../core/chat/request-view.ts';
import { action, askFirst, openDialog, type CardAction, type ButtonOptions } from '../card-action.ts';
import { asMessages, openForm, type FormOpening } from '../form-openings.ts';
import { smallFormInput } from '../small-forms.ts';
import { namedHere, namedScopes } from './name-scopes.ts';
import { decisionForm, type DecisionForm } from './decision-forms.ts';

/** Approves a version of the terms, after an optional comment, below the names of all scopes that the title does not name; used on every card that asks for it. */
export const approve = (reference: string, version: number, labels: readonly string[]): CardAction =>
  askFirst(
    '✓ Approve',
    [...namedScopes(labels), smallFormInput('approve-request')],
    action(
      `Approve ${reference}`,
      { verb: 'approve-request', reference, version, ...namedHere(labels) },
      { main: true },
    ),
    { main: true },
  );

const form = (view: RequestView, kind: DecisionForm): CardAction => {
  const { reference, termsVersion: version } = view.request;
  const title = kind === 'reject' ? '✕ Reject' : 'Approve with changes…';
  return openDialog(title, { verb: 'open-decision', reference, version, form: kind }, { withoutInputs: true });
};

/** The same form on the card itself, for clients without dialogs. */
const formHere = (view: RequestView, kind: DecisionForm): CardAction => {
  const { inputs, submits, explanation } = decisionForm(view, kind);
  return askFirst(kind === 'reject' ? 'Reject here…' : 'Approve with changes here…', inputs, submits, {
    secondary: true,
    ...(explanation === undefined ? {} : { explanation }),
  });
};

const forRequester = ({ reference, termsVersion: version, emergency }: ExemptionRequest): RequestButtons => {
  const takeBack = action(emergency === undefined ? 'Withdraw' : 'Remove from Azure', {
    verb: 'withdraw-request',
    reference,
    version,
  });
  if (emergency !== undefined) return { decides: [takeBack], adjusts: [] };
  const change = openForm('Change', { verb: 'change-request', reference, version });
  return { decides: [change.dialog, takeBack], adjusts: [change.message] };
};

/** Removes an exemption from Azure before it expires; used on every card that shows one. */
export const revoke = (reference: string, options: Pick<ButtonOptions, 'secondary'> = {}): CardAction =>
  askFirst(
    'Revoke…',
    [smallFormInput('revoke-request')],
    action(`Revoke ${reference}`, { verb: 'revoke-request', reference }),
    options,
  );

/** Opens the form, filled in; used on every card that shows an exemption, as are the following. */
export const renew = (reference: string): FormOpening =>
  openForm('Renew', { verb: 'replace-request', reference, deed: 'renew' });

const askAgain = (reference: string): FormOpening => openForm('Ask again', { verb: 'ask-again', reference });

export const changeInForce = (reference: string): FormOpening =>
  openForm('Change', { verb: 'replace-request', reference, deed: 'change' }, { secondary: true });

/** The same forms as messages. */
export const formsAsMessages = (openings: readonly FormOpening[]): CardAction[] =>
  asMessages(openings, 'Open as a message…');

/** The buttons of a request: those that settle it, and those that adjust it first. */
export type RequestButtons = { readonly decides: readonly CardAction[]; readonly adjusts: readonly CardAction[] };

/** The buttons that an audience can use on a request now. A button that would only be refused is left out. */
export const buttonsFor = (view: RequestView, audience: PostedCard['audience']): RequestButtons => {
  const { request } = view;
  const { reference, version, status, emergency } = request;
  if (awaitsApproval(request)) {
    if (audience === 'requester') return forRequester(request);
    if (audience === 'reader') return { decides: [], adjusts: [] };
    return {
      decides: [approve(reference, request.termsVersion, view.scopeLabels), form(view, 'reject')],
      adjusts: [
        ...(emergency === undefined ? [form(view, 'less'), formHere(view, 'less')] : []),
        formHere(view, 'reject'),
      ],
    };
  }
  const isUnfinished = status === 'failed' || status === 'partly-applied';
  const isTheirs = audience === 'requester';
  const openings = [
    ...(isTheirs && (isInForce(request) || status === 'expired') ? [renew(reference)] : []),
    ...(isTheirs && mayBeAskedAgain(request) ? [askAgain(reference)] : []),
  ];
  const changing = isTheirs && isInForce(request) ? [changeInForce(reference)] : [];
  return {
    decides: [
      ...(isUnfinished && audience === 'approvers'
        ? [action('Try again', { verb: 'retry-request', reference, version })]
        : []),
      ...openings.map(({ dialog }) => dialog),
      ...(isInForce(request) && audience !== 'reader' ? [revoke(reference)] : []),
    ],
    adjusts: [...changing.map(({ dialog }) => dialog), ...formsAsMessages([...openings, ...changing])],
  };
};
