import type { Action } from '../../cards/actions.ts';
import { action } from '../../cards/button.ts';
import { messageCard } from '../../cards/message-card.ts';
import { requestCard } from '../../cards/request/request-card.ts';
import { requestFormCard } from '../../cards/request/request-form-card.ts';
import { requestPreviewCard } from '../../cards/request/request-preview-card.ts';
import type { Card } from '../../cards/render-card.ts';
import { GovernanceError } from '../../core/governance-error.ts';
import type { PostedMessage } from '../../core/chat/notifier.ts';
import type { ExemptionRequest } from '../../core/request/request.ts';
import type { FormProblem } from '../../core/request/terms.ts';
import { widestLimits } from '../../core/governance/widest-limits.ts';
import type { Desk } from '../../workflow/desk.ts';
import { discardDraft, reopenDraft, startDraft, type OpenDraft } from '../../workflow/ask/draft-request.ts';
import { extendRequest } from '../../workflow/ask/extend-request.ts';
import { previewRequest, type PreviewResult } from '../../workflow/ask/preview-request.ts';
import { changeTerms } from '../../workflow/ask/change-terms.ts';
import { startReplacement } from '../../workflow/ask/replace-request.ts';
import { sendInEmergency, sendRequest, type SendResult } from '../../workflow/ask/send-request.ts';
import { viewRequest } from '../../workflow/tell/view-request.ts';
import type { Outcome } from '../outcome.ts';
import type { Turn } from '../turn.ts';

const formCard = (desk: Desk, { draft, offer }: OpenDraft, problems: readonly FormProblem[] = []): Card =>
  requestFormCard({
    draft,
    offer,
    problems,
    limits: widestLimits(desk.governance),
    now: desk.now(),
    timeZone: desk.timeZone,
  });

const resultCard = (desk: Desk, result: PreviewResult): Card =>
  result.kind === 'problems'
    ? formCard(desk, result, result.problems)
    : requestPreviewCard({ ...result.preview, timeZone: desk.timeZone });

/** A form stands in the personal chat; a click that comes from elsewhere must not bring it there. */
const refuseInChannel = ({ inChannel }: Turn): void => {
  if (inChannel) throw new GovernanceError('invalid', 'The request form is filled in only in our personal chat.');
};

/** The form is for its requester alone: asked for in a channel, it opens in the personal chat. */
export const openedForm = (desk: Desk, open: OpenDraft): Outcome => ({
  kind: 'private',
  outcome: { kind: 'card', card: formCard(desk, open) },
  pointer: 'I opened the request form in our personal chat.',
});

export const openFormAction = async (
  desk: Desk,
  turn: Turn,
  action: Extract<Action, { verb: 'open-form' }>,
): Promise<Outcome> => {
  const given = action.selected.length === 0 ? {} : { resources: action.selected };
  return openedForm(desk, await startDraft(desk, turn.person, action.key, given));
};

export const extendAction = async (
  desk: Desk,
  turn: Turn,
  { reference }: Extract<Action, { verb: 'extend-request' }>,
): Promise<Outcome> => openedForm(desk, await extendRequest(desk, turn.person, reference));

export const previewAction = async (
  desk: Desk,
  turn: Turn,
  action: Extract<Action, { verb: 'preview-request' }>,
): Promise<Outcome> => {
  refuseInChannel(turn);
  const { verb: _, draftId, ...form } = action;
  return { kind: 'replace', card: resultCard(desk, await previewRequest(desk, turn.person, draftId, form)) };
};

export const editAction = async (
  desk: Desk,
  turn: Turn,
  { draftId }: Extract<Action, { verb: 'edit-request' }>,
): Promise<Outcome> => {
  refuseInChannel(turn);
  return { kind: 'replace', card: formCard(desk, await reopenDraft(desk, turn.person, draftId)) };
};

export const discardAction = async (
  desk: Desk,
  turn: Turn,
  { draftId }: Extract<Action, { verb: 'discard-request' }>,
): Promise<Outcome> => {
  refuseInChannel(turn);
  await discardDraft(desk, turn.person, draftId);
  return { kind: 'replace', card: messageCard({ title: 'Request discarded', text: 'Nothing was sent.', buttons: [] }) };
};

/** The form of a request that waits opens anew: the request's own card stays. */
export const changeAction = async (
  desk: Desk,
  turn: Turn,
  { reference, version }: Extract<Action, { verb: 'change-request' }>,
): Promise<Outcome> => openedForm(desk, await changeTerms(desk, turn.person, reference, version));

/** The form of what is in force opens anew, to renew or to change it. */
export const replaceAction = async (
  desk: Desk,
  turn: Turn,
  { reference, deed }: Extract<Action, { verb: 'replace-request' }>,
): Promise<Outcome> => openedForm(desk, await startReplacement(desk, turn.person, reference, deed));

const clickedCard = ({ clickedCardId, conversation }: Turn): PostedMessage | undefined =>
  clickedCardId === undefined ? undefined : { conversationId: conversation.id, activityId: clickedCardId };

const changedCard = ({ reference }: ExemptionRequest): Card =>
  messageCard({
    title: `${reference} was changed`,
    text: 'Approvers see what you ask for now. Approvals given before were for something else and do not count any more.',
    buttons: [action('Details', { verb: 'show-request', reference })],
  });

/** What stands where the form stood. */
const sentOutcome = async (desk: Desk, result: SendResult): Promise<Outcome> => {
  if (result.kind === 'changed') return { kind: 'replace', card: changedCard(result.request) };
  if (result.kind !== 'sent') return { kind: 'replace', card: resultCard(desk, result) };
  const standing = { reference: result.request.reference, audience: 'requester' } as const;
  return { kind: 'replace', card: requestCard(await viewRequest(desk, result.request), 'requester'), standing };
};

export const sendAction = async (
  desk: Desk,
  turn: Turn,
  { draftId }: Extract<Action, { verb: 'send-request' }>,
): Promise<Outcome> => {
  refuseInChannel(turn);
  return sentOutcome(desk, await sendRequest(desk, turn.person, draftId, clickedCard(turn)));
};

export const sendInEmergencyAction = async (
  desk: Desk,
  turn: Turn,
  { draftId, reason }: Extract<Action, { verb: 'send-in-emergency' }>,
): Promise<Outcome> => {
  refuseInChannel(turn);
  return sentOutcome(desk, await sendInEmergency(desk, turn.person, draftId, reason, clickedCard(turn)));
};
