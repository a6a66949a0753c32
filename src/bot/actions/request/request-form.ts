import type { Pressed } from '../../../cards/actions.ts';
import type { Card } from '../../../cards/render-card.ts';
import { requestFormCard } from '../../../cards/request/request-form-card.ts';
import { requestPreviewCard } from '../../../cards/request/request-preview-card.ts';
import { dayWords } from '../../../core/typed/day-names.ts';
import { widestLimits } from '../../../core/governance/widest-limits.ts';
import { GovernanceError } from '../../../core/governance-error.ts';
import { choiceTokens } from '../../../core/request/choice-token.ts';
import { fillInForm } from '../../../workflow/ask/fill-in-form.ts';
import { noteOrigin, type OpenDraft } from '../../../workflow/ask/draft-request.ts';
import type { PreviewResult } from '../../../workflow/ask/preview-request.ts';
import { rulesOfForm } from '../../../workflow/ask/rules-of-form.ts';
import { foundTitle } from '../../../workflow/ask/search-scopes.ts';
import type { Desk } from '../../../workflow/desk.ts';
import { timesOf } from '../../../workflow/rights/take-viewpoint.ts';
import type { Outcome } from '../../outcome.ts';
import type { Turn } from '../../turn.ts';

export const formCard = async (
  desk: Desk,
  { draft, offer, problems = [] }: OpenDraft,
  {
    lastDay,
    page = 1,
    inDialog = false,
    asker,
  }: { readonly lastDay?: string | undefined; readonly page?: number } & Pick<Turn, 'asker' | 'inDialog'>,
): Promise<Card> => {
  const { searched = [] } = draft.form;
  const hierarchy = searched.length === 0 ? undefined : await desk.hierarchy();
  return requestFormCard({
    draft,
    offer,
    problems,
    page,
    isInDialog: inDialog,
    ...(hierarchy === undefined ? {} : { searched: searched.map((id) => ({ id, label: foundTitle(id, hierarchy) })) }),
    tokenOf: choiceTokens(desk.hash),
    ...(lastDay === undefined ? {} : { note: `Your words were read as: until ${dayWords(lastDay)}.` }),
    limits: widestLimits(desk.governance),
    rules: await rulesOfForm(desk, { draft, offer }),
    lends: desk.delegateGroups.length > 0,
    reasons: desk.governance.reasons,
    now: desk.now(),
    ...timesOf(desk, asker),
  });
};

/** The preview of the input, or the form again with what is wrong in it. */
export const resultCard = async (
  desk: Desk,
  { asker, inDialog }: Turn,
  result: PreviewResult,
  page = 1,
): Promise<Card> =>
  result.kind === 'problems'
    ? formCard(desk, result, { asker, page, inDialog: inDialog ?? false })
    : requestPreviewCard({ ...result.preview, timeZone: desk.timeZone });

/** Forms are only in personal chats and dialogs. A click that claims to come from a channel must not show the form there. */
export const refuseInChannel = ({ inChannel }: Turn): void => {
  if (inChannel) throw new GovernanceError('invalid', 'The request form can be filled in only in your personal chat.');
};

/** The form as somebody filled it in, after it was kept; on another page of the resources, or in another place. */
export const filledInAgain = async (
  desk: Desk,
  turn: Turn,
  { draftId, page, ...form }: Pressed<'turn-form-page' | 'form-as-message'>,
): Promise<Card> => {
  refuseInChannel(turn);
  return formCard(desk, await fillInForm(desk, turn.person, draftId, form, page), { ...turn, page });
};

export const formPointer = 'The request form is open in your personal chat with Exemption Desk.';

type Opened = {
  /** How a date that was typed was read. */
  readonly lastDay?: string | undefined;
  /** As a message in the personal chat, also when it was asked for in a dialog. */
  readonly asMessage?: boolean;
};

/** Only the requester sees the form, which says how a typed date was read: when they ask for it in a channel, it opens in their personal chat, and that is where it was asked for. */
export const openedForm = async (
  desk: Desk,
  turn: Turn,
  open: OpenDraft,
  { lastDay, asMessage = false }: Opened = {},
): Promise<Outcome> => {
  // A dialog counts as private, wherever it was opened.
  if (turn.conversation.kind !== 'personal') await noteOrigin(desk, open.draft, turn.conversation.id);
  const card = await formCard(desk, open, {
    lastDay,
    asker: { ...turn.asker, channelId: undefined },
    inDialog: !asMessage && (turn.inDialog ?? false),
  });
  return { kind: 'private', outcome: { kind: 'card', card }, pointer: formPointer, asMessage };
};
