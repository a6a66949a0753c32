import { parseAction, type Action } from '../cards/actions.ts';
import { GovernanceError } from '../core/governance-error.ts';
import type { Desk } from '../workflow/desk.ts';
import { approveAction, rejectAction, retryAction, withdrawAction } from './actions/decide.ts';
import { listExemptionsAction, showExemptionAction } from './actions/exemptions.ts';
import { listRecommendationsAction, showRecommendationAction } from './actions/recommendations.ts';
import { discardAction, editAction, openFormAction, previewAction, sendAction } from './actions/request-form.ts';
import { listRequestsAction, showRequestAction } from './actions/requests.ts';
import { showScoreAction } from './actions/score.ts';
import { sendAgainAction, showStatusAction } from './actions/status.ts';
import type { Command } from './command.ts';
import { approveCommand, rejectCommand, withdrawCommand } from './commands/decide.ts';
import { exemptCommand } from './commands/exempt.ts';
import { exemptionCommand, exemptionsCommand } from './commands/exemptions.ts';
import { helpCommand, helpOutcome } from './commands/help.ts';
import { recommendationCommand, recommendationsCommand } from './commands/recommendations.ts';
import { requestCommand, requestsCommand } from './commands/requests.ts';
import { scoreCommand } from './commands/score.ts';
import { statusCommand } from './commands/status.ts';
import { whyCommand } from './commands/why.ts';
import {
  approvalsHereCommand,
  subscribeCommand,
  subscriptionsCommand,
  unsubscribeCommand,
} from './commands/subscriptions.ts';
import { findCommand } from './find-command.ts';
import { say, type Outcome } from './outcome.ts';
import { parseLine } from './parse-line.ts';
import type { Turn } from './turn.ts';

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [
  helpCommand(() => commands),
  recommendationsCommand,
  recommendationCommand,
  exemptCommand,
  requestsCommand,
  requestCommand,
  whyCommand,
  withdrawCommand,
  exemptionsCommand,
  exemptionCommand,
  scoreCommand,
  approveCommand,
  rejectCommand,
  subscribeCommand,
  unsubscribeCommand,
  subscriptionsCommand,
  approvalsHereCommand,
  statusCommand,
];

type Click<Verb extends Action['verb']> = (
  desk: Desk,
  turn: Turn,
  action: Extract<Action, { verb: Verb }>,
) => Promise<Outcome>;

/** Every button, by the verb that it carries. */
const clicks: { readonly [Verb in Action['verb']]: Click<Verb> } = {
  'list-recommendations': listRecommendationsAction,
  'show-recommendation': showRecommendationAction,
  'open-form': openFormAction,
  'preview-request': previewAction,
  'edit-request': editAction,
  'send-request': sendAction,
  'discard-request': discardAction,
  'approve-request': approveAction,
  'reject-request': rejectAction,
  'withdraw-request': withdrawAction,
  'retry-request': retryAction,
  'show-request': showRequestAction,
  'list-requests': listRequestsAction,
  'list-exemptions': listExemptionsAction,
  'show-exemption': showExemptionAction,
  'show-score': showScoreAction,
  'show-status': showStatusAction,
  'send-again': sendAgainAction,
  say: (desk, turn, { command }) => answerLine(desk, turn, command),
};

const longestLine = 2000;

/** Answers a typed line. */
export const answerLine = async (desk: Desk, turn: Turn, line = turn.text): Promise<Outcome> => {
  if (line.length > longestLine)
    throw new GovernanceError(
      'invalid',
      `That is too long: I read ${longestLine.toLocaleString('en')} characters at most.`,
    );
  const found = findCommand(line, commands);
  if (found.kind === 'found') return found.command.run(desk, turn, { ...parseLine(found.rest), rest: found.rest });
  if (found.kind === 'nothing') return helpOutcome(turn, commands);
  return say(
    found.nearest === undefined
      ? 'I did not understand that. Say: help'
      : `I did not understand that. Did you mean: ${found.nearest}?`,
  );
};

/** Answers a click: its data is checked first, then believed no further than its ids. */
export const answerClick = async (desk: Desk, turn: Turn): Promise<Outcome> => {
  const action = parseAction(turn.submitted);
  if (action === undefined)
    throw new GovernanceError(
      'invalid',
      'That button is of an older kind or was changed. Say what you want to do, for example: help',
    );
  const click = clicks[action.verb] as Click<Action['verb']>;
  return click(desk, turn, action);
};

/** What somebody sees who installs the bot. */
export const welcome = (turn: Turn): Outcome => helpOutcome(turn, commands, 'Exemption Desk is installed.');
