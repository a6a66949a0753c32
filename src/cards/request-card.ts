import { formatInstant } from '../core/calendar.ts';
import type { PostedCard } from '../core/posted-card.ts';
import type { ExemptionRequest } from '../core/request.ts';
import type { RequestView } from '../core/request-view.ts';
import { action, askFirst, type Button } from './button.ts';
import type { Card } from './card.ts';
import { shortened } from './plain-text.ts';
import { renderCard } from './render-card.ts';
import { historyLines } from './request-history.ts';
import { newsOf } from './request-news.ts';
import { planSentence } from './target-words.ts';
import template from './templates/request.json' with { type: 'json' };
import { factsOfTerms } from './terms-facts.ts';
import { severityMarks, statusMarks } from './wording.ts';

const decisionButtons = ({ reference, termsVersion: version }: ExemptionRequest): Button[] => [
  askFirst(
    '✓ Approve',
    { id: 'comment', label: 'Comment (optional)' },
    action(`Approve ${reference}`, { verb: 'approve-request', reference, version }, { main: true }),
    { main: true },
  ),
  askFirst(
    '✕ Reject',
    { id: 'reason', label: 'Reason', required: 'Say why: the requester will read it.' },
    action(`Reject ${reference}`, { verb: 'reject-request', reference, version }),
  ),
];

const buttonsFor = (request: ExemptionRequest, audience: PostedCard['audience']): Button[] => {
  const { reference, version, termsVersion, status } = request;
  if (status === 'pending' && audience === 'approvers') return decisionButtons(request);
  if (status === 'pending' && audience === 'requester')
    return [action('Withdraw', { verb: 'withdraw-request', reference, version: termsVersion })];
  return (status === 'failed' || status === 'partly-applied') && audience === 'approvers'
    ? [action('Try again', { verb: 'retry-request', reference, version })]
    : [];
};

/** A request as it stands with approvers, with its requester or with a reader; only what that audience can do now has a button. */
export const requestCard = (view: RequestView, audience: PostedCard['audience']): Card => {
  const { request, timeZone } = view;
  const { terms, reference, requester } = request;
  const status = statusMarks[request.status];
  return renderCard(template, {
    summary: `${reference} (${status.word}): ${requester.name} asks to exempt “${terms.recommendation.title}”`,
    reference,
    status,
    severity: severityMarks[terms.recommendation.severity],
    title: shortened(terms.recommendation.title, 200),
    news: newsOf(view),
    facts: [
      { label: 'Asked for by', text: `${requester.name}, ${formatInstant(request.createdAt, timeZone)}` },
      ...factsOfTerms(
        terms,
        view.scopeLabels,
        formatInstant(terms.expiresAt, timeZone),
        audience === 'approvers' ? view.score : undefined,
      ),
    ],
    writer: `${requester.name} writes`,
    words: shortened(terms.justification, 1000),
    written: request.status === 'pending' ? planSentence(request) : '',
    timeZone,
    history: historyLines(view),
    actions: [
      ...buttonsFor(request, audience),
      action('Details', { verb: 'show-request', reference }, { withoutInputs: true }),
      action(
        'Show recommendation',
        { verb: 'show-recommendation', key: terms.recommendation.key, page: 1 },
        { secondary: true, withoutInputs: true },
      ),
    ],
  });
};
