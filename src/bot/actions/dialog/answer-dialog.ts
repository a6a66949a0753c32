import type { Activity, InvokeResponse } from 'botbuilder';
import type { FairShare } from '../../../core/fair-share.ts';
import { GovernanceError } from '../../../core/governance-error.ts';
import type { Desk } from '../../../workflow/desk.ts';
import { readPress } from '../../answer-turn.ts';
import { sendToOwnChat, type Delivery } from '../../deliver-outcome.ts';
import { actionOpens, actionTurnOf } from '../extension/action-turn.ts';
import { dialogResponse, mayBeLostInDialog, stillWorkingInDialog } from './dialog-response.ts';
import { asOwnCopy, inOwnDialog } from '../../disclose.ts';
import type { FrontDoorLog } from '../../front-door.ts';
import { keepRest, type KeepLatePress } from '../../keep-late-press.ts';
import { outcomeInDialog } from './outcome-in-dialog.ts';
import { say, sentenceFor, type Outcome } from '../../outcome.ts';
import type { Poster } from '../../poster.ts';
import { dialogPressOf, sharerOf, type Turn } from '../../turn.ts';

export type AnswerDialogOptions = {
  readonly desk: Desk;
  readonly poster: Poster;
  readonly log: FrontDoorLog;
  readonly share: FairShare;
  readonly keepLate: KeepLatePress;
  readonly inTime: <Result>(work: Promise<Result>, ms: number) => Promise<Result | undefined>;
  /** The turn of somebody who gets an answer here. Throws GovernanceError otherwise. */
  readonly admitted: (activity: Activity, turn: Turn | undefined) => Promise<Turn>;
};

export type AnswerDialog = {
  /** Answers the invoke of a dialog, in time for the client. */
  readonly respond: (activity: Activity) => Promise<InvokeResponse>;
  /** Answers one that was kept, in the person's own chat. */
  readonly afterwards: (activity: Activity) => Promise<void>;
};

/** Teams waits some ten seconds, and shows meanwhile that the dialog is loading. */
const budgetMs = 6000;

const opening = 'task/fetch';
const names = new Set<string | undefined>([opening, 'task/submit', actionOpens, 'composeExtension/submitAction']);
/** An invoke of a dialog: one that opens it, or one that was sent in it; from a button or from the action of the message extension. */
export const isOfDialog = ({ name }: Activity): boolean => names.has(name);

/** The personal chat with the bot. The message extension also works in chats between people, which Teams calls personal too. */
const isInOwnChat = ({ name }: Activity, { inChannel }: Turn): boolean =>
  !inChannel && name?.startsWith('composeExtension/') !== true;

/** The outcome of a press and its turn; without a turn its person got no further than the door. */
type Answered = { readonly turn: Turn | undefined; readonly outcome: Outcome };

/** Opening a dialog does nothing else, whatever the button is made to carry. */
const refuseUnlessOpens = ({ name }: Activity, { submitted }: Turn): void => {
  if (name !== opening || readPress(submitted)?.button.opensDialog === true) return;
  throw new GovernanceError(
    'invalid',
    'That button is outdated or was altered. Send a command instead, for example: help',
  );
};

/** The answers to a press in a dialog that go to the person's own chat all the same. */
const isForChat = (outcome: Outcome): outcome is Extract<Outcome, { kind: 'private' | 'offer-file' }> =>
  outcome.kind === 'offer-file' || (outcome.kind === 'private' && outcome.asMessage === true);

/** Answers dialogs: what somebody opens and fills in there is between them and the bot, also in a channel. The checks are those of any press. */
export const createAnswerDialog = (options: AnswerDialogOptions): AnswerDialog => {
  const { desk, poster, log, share, keepLate, inTime, admitted } = options;
  const delivery: Delivery = { database: desk.database, poster, now: desk.now };

  /** Sends to the own chat what belongs there, and says so in the dialog; where there is no such chat, the dialog shows it. */
  const placed = async (turn: Turn, isOwnChat: boolean, outcome: Outcome): Promise<Outcome> => {
    const given = isForChat(outcome) ? asOwnCopy(outcome) : outcome;
    if (!isForChat(outcome) || given.kind !== 'private') return outcome;
    const { isThere, words } = await sendToOwnChat(delivery, turn, given);
    const { outcome: sent } = given;
    if (sent.kind !== 'card') return say(words);
    if (!isThere) return { kind: 'replace', card: sent.card, noteInDialog: words };
    return isOwnChat ? { kind: 'replace', card: sent.card, closes: true } : say(words);
  };

  const answer = async (activity: Activity): Promise<Answered> => {
    let turn: Turn | undefined;
    try {
      const pressed = await admitted(
        activity,
        activity.name === actionOpens ? actionTurnOf(activity) : dialogPressOf(activity),
      );
      turn = inOwnDialog(pressed);
      refuseUnlessOpens(activity, turn);
      return {
        turn,
        outcome: await placed(turn, isInOwnChat(activity, pressed), await outcomeInDialog(options, turn)),
      };
    } catch (error) {
      return { turn, outcome: say(sentenceFor(options, error)) };
    }
  };

  /** The card of a request that was sent is posted by the job that tells everybody. */
  const sendLate = async ({ turn, outcome }: Answered): Promise<void> => {
    const standing = outcome.kind === 'replace' ? outcome.standing : undefined;
    const isSentRequest = standing !== undefined && 'audience' in standing && standing.audience === 'requester';
    if (turn === undefined || isSentRequest) return;
    const own = outcome.kind === 'say' ? ({ kind: 'private', outcome, pointer: '' } as const) : asOwnCopy(outcome);
    if (own.kind !== 'private') return;
    const { isThere } = await sendToOwnChat(delivery, turn, own);
    if (!isThere) log.warn({}, 'The late answer to a dialog could not be sent: its person has no chat with the bot');
  };

  return {
    respond: async (activity) => {
      const work = share(sharerOf(activity), () => answer(activity));
      const answered = await inTime(work, budgetMs);
      if (answered !== undefined) return dialogResponse(answered.outcome);
      return (await keepRest({ keepLate, log }, activity, work.then(sendLate)))
        ? stillWorkingInDialog
        : mayBeLostInDialog;
    },
    afterwards: async (activity) => sendLate(await answer(activity)),
  };
};
