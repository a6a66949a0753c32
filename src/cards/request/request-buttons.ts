import { addDays, dayIn, formatDay } from '../../core/calendar.ts';
import type { PostedCard } from '../../core/chat/posted-card.ts';
import { awaitsApproval, isInForce, type ExemptionRequest } from '../../core/request/request.ts';
import type { RequestView } from '../../core/chat/request-view.ts';
import {
  action,
  askFirst,
  choicesInput,
  dateInput,
  textInput,
  type CardAction,
  type ButtonOptions,
  type Input,
} from '../card-action.ts';
import { withoutMarkup } from '../plain-text.ts';
import { shortened } from '../../core/visible-text.ts';

const approve = ({ reference, termsVersion: version }: ExemptionRequest): CardAction =>
  askFirst(
    '✓ Approve',
    [textInput('comment', 'Comment (optional)')],
    action(`Approve ${reference}`, { verb: 'approve-request', reference, version }, { main: true }),
    { main: true },
  );

const scopeInput = ({ request, narrower }: RequestView): Input[] => {
  const ticked = request.terms.scopes.length > 1 ? narrower.map(({ token }) => token) : [];
  if (narrower.length === 0) return [];
  const choices = narrower.map(({ label, token }) => ({ title: withoutMarkup(shortened(label, 100)), value: token }));
  const label = ticked.length > 0 ? 'Approve only for' : 'Approve only for (select none to approve all of it)';
  return [choicesInput('scopes', label, choices, ticked)];
};

const approveLess = (view: RequestView): CardAction => {
  const { request, timeZone } = view;
  const { reference, termsVersion: version, terms, waitingSince } = request;
  const asked = terms.expiresAt === undefined ? undefined : dayIn(terms.expiresAt, timeZone);
  const first = addDays(dayIn(waitingSince, timeZone), 1);
  const scopes = scopeInput(view);
  const choosing = scopes.length > 0;
  return askFirst(
    'Approve with changes…',
    [
      dateInput(
        'lastDay',
        `Last day (requested: ${terms.expiresAt === undefined ? 'never expires' : formatDay(terms.expiresAt, timeZone)})`,
        {
          min: asked !== undefined && asked < first ? asked : first,
          max: asked,
          value: asked ?? '',
        },
      ),
      ...scopes,
      textInput('note', 'Comment (optional)'),
    ],
    action(
      `Approve ${reference} with these changes`,
      { verb: 'approve-less', reference, version, choosing },
      { main: true },
    ),
  );
};

const reject = ({ reference, termsVersion: version, emergency }: ExemptionRequest): CardAction =>
  askFirst(
    '✕ Reject',
    [textInput('reason', 'Reason', 'Enter a reason. The requester can read it.')],
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
    [textInput('why', 'Reason', 'Enter a reason. Everyone who relied on it can read it.')],
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
    return [approve(request), ...(emergency === undefined ? [approveLess(view)] : []), reject(request)];
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
