import type { Verb } from '../cards/actions.ts';
import { approveLessButton } from './actions/decide/approve-less.ts';
import { approveRequestButton } from './actions/decide/approve-request.ts';
import { decideSeveralButton } from './actions/decide/decide-several.ts';
import { openDecisionButton } from './actions/decide/open-decision.ts';
import { rejectRequestButton } from './actions/decide/reject-request.ts';
import { retryRequestButton } from './actions/decide/retry-request.ts';
import { revokeRequestButton } from './actions/decide/revoke-request.ts';
import { withdrawRequestButton } from './actions/decide/withdraw-request.ts';
import { adoptExemptionButton } from './actions/exemption/adopt-exemption.ts';
import { revokeExemptionButton } from './actions/exemption/revoke-exemption.ts';
import { openRevocationButton } from './actions/exemption/open-revocation.ts';
import { openExemptionButton } from './actions/exemption/open-exemption.ts';
import { cleanUpButton } from './actions/exemption/clean-up.ts';
import { letLapseButton } from './actions/exemption/let-lapse.ts';
import { listExemptionsButton } from './actions/exemption/list-exemptions.ts';
import { showExemptionButton } from './actions/exemption/show-exemption.ts';
import { sayButton } from './actions/operate/say.ts';
import { sendAgainButton } from './actions/operate/send-again.ts';
import { showStatusButton } from './actions/operate/show-status.ts';
import { listExemptedButton } from './actions/recommendation/list-exempted.ts';
import { listRecommendationsButton } from './actions/recommendation/list-recommendations.ts';
import { showRecommendationButton } from './actions/recommendation/show-recommendation.ts';
import { showScoreButton } from './actions/recommendation/show-score.ts';
import { offerReportFileButton } from './actions/report/offer-report-file.ts';
import { changeRequestButton } from './actions/request/change-request.ts';
import { discardRequestButton } from './actions/request/discard-request.ts';
import { editRequestButton } from './actions/request/edit-request.ts';
import { extendRequestButton } from './actions/request/extend-request.ts';
import { formAsMessageButton } from './actions/request/form-as-message.ts';
import { listRequestsButton } from './actions/request/list-requests.ts';
import { openFormButton } from './actions/request/open-form.ts';
import { previewRequestButton } from './actions/request/preview-request.ts';
import { refreshRequestButton } from './actions/request/refresh-request.ts';
import { claimDraftButton } from './actions/request/claim-draft.ts';
import { askAgainButton } from './actions/request/ask-again.ts';
import { replaceRequestButton } from './actions/request/replace-request.ts';
import { sendInEmergencyButton } from './actions/request/send-in-emergency.ts';
import { sendRequestButton } from './actions/request/send-request.ts';
import { showRequestButton } from './actions/request/show-request.ts';
import { turnFormPageButton } from './actions/request/turn-form-page.ts';
import type { Button } from './button.ts';
import type { Command } from './command.ts';
import { approvalsHereCommand } from './commands/channel/approvals-here.ts';
import { subscribeCommand } from './commands/channel/subscribe.ts';
import { subscriptionsCommand } from './commands/channel/subscriptions.ts';
import { unsubscribeCommand } from './commands/channel/unsubscribe.ts';
import { approveCommand } from './commands/decide/approve.ts';
import { rejectCommand } from './commands/decide/reject.ts';
import { revokeCommand } from './commands/decide/revoke.ts';
import { withdrawCommand } from './commands/decide/withdraw.ts';
import { cleanupCommand } from './commands/exemption/cleanup.ts';
import { exemptionCommand } from './commands/exemption/exemption.ts';
import { exemptionsCommand } from './commands/exemption/exemptions.ts';
import { helpCommand } from './commands/operate/help.ts';
import { homeCommand } from './commands/operate/home.ts';
import { statusCommand } from './commands/operate/status.ts';
import { recommendationCommand } from './commands/recommendation/recommendation.ts';
import { recommendationsCommand } from './commands/recommendation/recommendations.ts';
import { scoreCommand } from './commands/recommendation/score.ts';
import { reportCommand } from './commands/report/report.ts';
import { againCommand } from './commands/request/again.ts';
import { changeCommand } from './commands/request/change.ts';
import { exemptCommand } from './commands/request/exempt.ts';
import { renewCommand } from './commands/request/renew.ts';
import { requestCommand } from './commands/request/request.ts';
import { requestsCommand } from './commands/request/requests.ts';
import { whyCommand } from './commands/request/why.ts';

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [
  helpCommand(() => commands),
  homeCommand,
  recommendationsCommand,
  recommendationCommand,
  exemptCommand,
  requestsCommand,
  requestCommand,
  whyCommand,
  changeCommand,
  againCommand,
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

/** Every button, by the verb that it carries. One without a schema in cards/actions.ts, or a schema without one, does not compile. */
export const buttons: { readonly [V in Verb]: Button<V> } = {
  'list-recommendations': listRecommendationsButton,
  'show-recommendation': showRecommendationButton,
  'list-exempted': listExemptedButton,
  'open-form': openFormButton,
  'extend-request': extendRequestButton,
  'preview-request': previewRequestButton,
  'turn-form-page': turnFormPageButton,
  'form-as-message': formAsMessageButton,
  'edit-request': editRequestButton,
  'send-request': sendRequestButton,
  'send-in-emergency': sendInEmergencyButton,
  'discard-request': discardRequestButton,
  'approve-request': approveRequestButton,
  'approve-less': approveLessButton,
  'open-decision': openDecisionButton,
  'reject-request': rejectRequestButton,
  'withdraw-request': withdrawRequestButton,
  'decide-several': decideSeveralButton,
  'change-request': changeRequestButton,
  'ask-again': askAgainButton,
  'claim-draft': claimDraftButton,
  'replace-request': replaceRequestButton,
  'refresh-request': refreshRequestButton,
  'revoke-request': revokeRequestButton,
  'retry-request': retryRequestButton,
  'show-request': showRequestButton,
  'list-requests': listRequestsButton,
  'list-exemptions': listExemptionsButton,
  'show-exemption': showExemptionButton,
  'open-exemption': openExemptionButton,
  'let-lapse': letLapseButton,
  'adopt-exemption': adoptExemptionButton,
  'open-revocation': openRevocationButton,
  'revoke-exemption': revokeExemptionButton,
  'clean-up': cleanUpButton,
  'show-score': showScoreButton,
  'offer-report-file': offerReportFileButton,
  'show-status': showStatusButton,
  'send-again': sendAgainButton,
  say: sayButton(() => commands),
};
