import { formatEnd, formatInstant } from '../../core/calendar.ts';
import type { PostedCard } from '../../core/chat/posted-card.ts';
import { awaitsApproval } from '../../core/request/request.ts';
import type { RequestView } from '../../core/chat/request-view.ts';
import { action } from '../card-action.ts';
import { renderCard, type Card } from '../render-card.ts';
import { shortened } from '../../core/visible-text.ts';
import { buttonsFor } from './request-buttons.ts';
import { historyLines } from './request-history.ts';
import { newsOf } from './request-news.ts';
import { planSentence } from './target-words.ts';
import template from '../templates/request.json' with { type: 'json' };
import { factsOfTerms, renewalFacts } from './terms-facts.ts';
import { severityMarks, statusMark } from '../wording.ts';

/**
 * Lets the Teams client fetch the card again with the buttons of the person who looks at it. In a channel everybody is sent the approvers' card, whose
 * buttons would refuse the requester. Clients that do not refresh still show a card that works. Without a list of user ids, Teams refreshes for
 * everybody in chats of up to 60 people.
 */
const refreshOf = ({ reference, status, emergency }: RequestView['request'], audience: PostedCard['audience']) =>
  audience === 'approvers' && awaitsApproval({ status, emergency })
    ? { action: { type: 'Action.Execute', verb: 'refresh-request', data: { reference } } }
    : null;

const warningsShown = 5;

const warningsOf = ({ warnings }: RequestView) =>
  warnings
    .slice(0, warningsShown)
    .map((sentence) => ({ sentence: `Warning: ${shortened(sentence, 400)}`, colour: 'warning' }));

/** A request as approvers, its requester or a reader see it, with the buttons that this audience can use now. */
export const requestCard = (view: RequestView, audience: PostedCard['audience']): Card => {
  const { request, timeZone } = view;
  const { terms, reference, requester } = request;
  const status = statusMark(request);
  return renderCard(template, {
    summary: `${reference} (${status.word}): ${requester.name} requests an exemption from “${terms.recommendation.title}”`,
    reference,
    status,
    severity: severityMarks[terms.recommendation.severity],
    title: shortened(terms.recommendation.title, 200),
    news: [...newsOf(view), ...(audience === 'approvers' ? warningsOf(view) : [])],
    facts: [
      { label: 'Requested by', text: `${requester.name}, ${formatInstant(request.createdAt, timeZone)}` },
      ...renewalFacts(request.renewal),
      ...factsOfTerms(
        terms,
        view.scopeLabels,
        formatEnd(terms.expiresAt, timeZone),
        audience === 'approvers' ? view.score : undefined,
      ),
    ],
    writer: `Justification by ${requester.name}`,
    words: shortened(terms.justification, 1000),
    written: request.status === 'pending' ? planSentence(request) : '',
    timeZone,
    refresh: refreshOf(request, audience),
    history: historyLines(view),
    actions: [
      ...buttonsFor(view, audience),
      action(
        'Details',
        { verb: 'show-request', reference },
        { withoutInputs: true, secondary: awaitsApproval(request) },
      ),
      action(
        'Show recommendation',
        { verb: 'show-recommendation', assessmentKey: terms.recommendation.key, page: 1 },
        { secondary: true, withoutInputs: true },
      ),
    ],
  });
};
