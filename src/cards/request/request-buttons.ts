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
import { withinBudget } from './choices.ts';

/** Ids are long: what the scopes to choose from may weigh, in characters. */
const scopeBudget = 4_000;

const approve = ({ reference, termsVersion: version }: ExemptionRequest): CardAction =>
  askFirst(
    '✓ Approve',
    [textInput('comment', 'Comment (optional)')],
    action(`Approve ${reference}`, { verb: 'approve-request', reference, version }, { main: true }),
    { main: true },
  );

const scopeInput = ({ request, narrower }: RequestView): Input[] => {
  const ticked = request.terms.scopes.length > 1 ? request.terms.scopes : [];
  const choices = withinBudget(narrower, ticked, scopeBudget);
  // Ticking among a part of them would leave out what is not shown.
  if (choices.length === 0 || choices.length < narrower.length) return [];
  const label = ticked.length > 0 ? 'Only for what is ticked' : 'Only here (nothing ticked: all of it, as asked)';
  return [choicesInput('scopes', label, choices, ticked)];
};

const approveLess = (view: RequestView): CardAction => {
  const { request, timeZone } = view;
  const { reference, termsVersion: version, terms, waitingSince } = request;
  const asked = terms.expiresAt === undefined ? undefined : dayIn(terms.expiresAt, timeZone);
  const first = addDays(dayIn(waitingSince, timeZone), 1);
  return askFirst(
    'Approve less…',
    [
      dateInput(
        'lastDay',
        `Last day (asked for: ${terms.expiresAt === undefined ? 'without end' : formatDay(terms.expiresAt, timeZone)})`,
        {
          min: asked !== undefined && asked < first ? asked : first,
          max: asked,
          value: asked ?? '',
        },
      ),
      ...scopeInput(view),
      textInput('note', 'Comment (optional)'),
    ],
    action(`Approve ${reference} like this`, { verb: 'approve-less', reference, version }, { main: true }),
  );
};

const reject = ({ reference, termsVersion: version, emergency }: ExemptionRequest): CardAction =>
  askFirst(
    '✕ Reject',
    [textInput('reason', 'Reason', 'Say why: the requester will read it.')],
    action(emergency === undefined ? `Reject ${reference}` : `Reject ${reference} and take it out of Azure`, {
      verb: 'reject-request',
      reference,
      version,
    }),
  );

const forRequester = ({ reference, termsVersion: version, emergency }: ExemptionRequest): CardAction[] => {
  const takeBack = action(emergency === undefined ? 'Withdraw' : 'Take it out of Azure', {
    verb: 'withdraw-request',
    reference,
    version,
  });
  return emergency === undefined
    ? [action('Change', { verb: 'change-request', reference, version }), takeBack]
    : [takeBack];
};

/** Takes it out of Azure before its end; on whichever card it stands. */
export const revoke = (reference: string, options: Pick<ButtonOptions, 'secondary'> = {}): CardAction =>
  askFirst(
    'Revoke…',
    [textInput('why', 'Reason', 'Say why: whoever relied on it will read it.')],
    action(`Take ${reference} out of Azure`, { verb: 'revoke-request', reference }),
    options,
  );

/** Both open the form, filled in. */
export const renew = (reference: string): CardAction =>
  action('Renew', { verb: 'replace-request', reference, deed: 'renew' }, { withoutInputs: true });

export const changeInForce = (reference: string): CardAction =>
  action('Change', { verb: 'replace-request', reference, deed: 'change' }, { secondary: true, withoutInputs: true });

/** What an audience can do with a request now; nothing that could only be refused. */
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
