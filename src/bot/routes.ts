import { GovernanceError } from '../core/governance-error.ts';
import type { Action } from '../cards/actions.ts';
import { parseAction } from '../cards/actions.ts';
import type { Desk } from '../workflow/desk.ts';
import { approvalsCommand } from './commands/approvals.ts';
import { approveCommand, rejectCommand, withdrawCommand } from './commands/decide.ts';
import { exemptionCommand, exemptionsCommand } from './commands/exemptions.ts';
import { helpCommand } from './commands/help.ts';
import { recommendationCommand, recommendationsCommand } from './commands/recommendations.ts';
import { requestCommand, requestsCommand } from './commands/requests.ts';
import { subscribeCommand, subscriptionsCommand, unsubscribeCommand } from './commands/subscriptions.ts';
import { showExemptionAction, listExemptionsAction } from './actions/exemptions.ts';
import { listRecommendationsAction, showRecommendationAction } from './actions/recommendations.ts';
import { approveAction, rejectAction, retryAction, withdrawAction } from './actions/decide.ts';
import { discardAction, editAction, openFormAction, previewAction, sendAction } from './actions/request-form.ts';
import { listRequestsAction, showRequestAction } from './actions/requests.ts';
import { nearest, parseLine, type ParsedLine } from './parse-command.ts';
import { say, type Outcome } from './outcome.ts';
import type { Turn } from './turn.ts';

export type CommandInput = ParsedLine & {
  /** What follows the command's name, as typed. */
  readonly rest: string;
};

export type Command = {
  /** One or two words. */
  readonly name: string;
  readonly usage: string;
  readonly description: string;
  /** Where it makes sense. */
  readonly where: readonly ('personal' | 'channel')[];
  readonly run: (desk: Desk, turn: Turn, input: CommandInput) => Promise<Outcome>;
};

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [
  helpCommand,
  recommendationsCommand,
  recommendationCommand,
  requestsCommand,
  requestCommand,
  approveCommand,
  rejectCommand,
  withdrawCommand,
  exemptionsCommand,
  exemptionCommand,
  subscribeCommand,
  unsubscribeCommand,
  subscriptionsCommand,
  approvalsCommand,
];
