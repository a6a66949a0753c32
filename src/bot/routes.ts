import { parseAction, type Action } from '../cards/actions.ts';
import { GovernanceError } from '../core/governance-error.ts';
import type { Desk } from '../workflow/desk.ts';
import { refuseWhileReadOnly } from '../workflow/heed-read-only.ts';
import { cleanUpAction } from './actions/cleanup.ts';
import {
  approveAction,
  approveLessAction,
  rejectAction,
  retryAction,
  revokeAction,
  withdrawAction,
} from './actions/decide.ts';
import { adoptAction, letLapseAction, listExemptionsAction, showExemptionAction } from './actions/exemptions.ts';
import { listRecommendationsAction, showRecommendationAction } from './actions/recommendations.ts';
import {
  changeAction,
  discardAction,
  editAction,
  extendAction,
  openFormAction,
  previewAction,
  replaceAction,
  sendAction,
  sendInEmergencyAction,
} from './actions/request-form.ts';
import { listRequestsAction, refreshRequestAction, showRequestAction } from './actions/requests.ts';
import { offerReportFileAction } from './actions/report.ts';
import { showScoreAction } from './actions/score.ts';
import { sendAgainAction, showStatusAction } from './actions/status.ts';
import type { Command } from './command.ts';
import { changeCommand } from './commands/change.ts';
import { approveCommand, rejectCommand, revokeCommand, withdrawCommand } from './commands/decide.ts';
import { cleanupCommand } from './commands/cleanup.ts';
import { exemptCommand } from './commands/exempt.ts';
import { exemptionCommand, exemptionsCommand } from './commands/exemptions.ts';
import { helpCommand, helpOutcome } from './commands/help.ts';
import { recommendationCommand, recommendationsCommand } from './commands/recommendations.ts';
import { reportCommand } from './commands/report.ts';
import { requestCommand, requestsCommand } from './commands/requests.ts';
import { renewCommand } from './commands/renew.ts';
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
  changeCommand,
  withdrawCommand,
  renewCommand,
  exemptionsCommand,
  exemptionCommand,
  cleanupCommand,
  scoreCommand,
  reportCommand,
  approveCommand,
  rejectCommand,
  revokeCommand,
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
  'extend-request': extendAction,
  'preview-request': previewAction,
  'edit-request': editAction,
  'send-request': sendAction,
  'send-in-emergency': sendInEmergencyAction,
  'discard-request': discardAction,
  'approve-request': approveAction,
  'approve-less': approveLessAction,
  'reject-request': rejectAction,
  'withdraw-request': withdrawAction,
  'change-request': changeAction,
  'replace-request': replaceAction,
  'refresh-request': refreshRequestAction,
  'revoke-request': revokeAction,
  'retry-request': retryAction,
  'show-request': showRequestAction,
  'list-requests': listRequestsAction,
  'list-exemptions': listExemptionsAction,
  'show-exemption': showExemptionAction,
  'let-lapse': letLapseAction,
  'adopt-exemption': adoptAction,
  'clean-up': cleanUpAction,
  'show-score': showScoreAction,
  'offer-report-file': offerReportFileAction,
  'show-status': showStatusAction,
  'send-again': sendAgainAction,
  say: (desk, turn, { command }) => answerLine(desk, turn, command),
};

/** What may be pressed while the bot only reads: a command says so for itself. */
const looking: ReadonlySet<Action['verb']> = new Set([
  'list-recommendations',
  'show-recommendation',
  'list-requests',
  'show-request',
  'refresh-request',
  'list-exemptions',
  'show-exemption',
  'show-score',
  'offer-report-file',
  'show-status',
  'send-again',
  'edit-request',
  'discard-request',
  'say',
] as const);

const longestLine = 2000;

/** Answers a typed line. */
export const answerLine = async (desk: Desk, turn: Turn, line = turn.text): Promise<Outcome> => {
  if (line.length > longestLine)
    throw new GovernanceError(
      'invalid',
      `That is too long: I read ${longestLine.toLocaleString('en')} characters at most.`,
    );
  const found = findCommand(line, commands);
  if (found.kind === 'found' && found.command.changes) await refuseWhileReadOnly(desk);
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
  if (!looking.has(action.verb)) await refuseWhileReadOnly(desk);
  const click = clicks[action.verb] as Click<Action['verb']>;
  return click(desk, turn, action);
};

/** What somebody sees who installs the bot. */
export const welcome = (turn: Turn): Outcome => helpOutcome(turn, commands, 'Exemption Desk is installed.');
