import type { RequestView } from '../../core/chat/request-view.ts';
import { whyShown } from './why-words.ts';
import { seeRequest } from '../refused-card.ts';
import { renderCard, type Card } from '../render-card.ts';
import template from '../templates/decision-form.json' with { type: 'json' };
import { askOf } from './ask-words.ts';
import { decisionForm, type DecisionForm } from './decision-forms.ts';

/** A form to decide, with what is asked and why, for a dialog or a message of its own. */
export const decisionFormCard = (view: RequestView, form: DecisionForm): Card => {
  const { reference, requester, terms } = view.request;
  const { inputs, submits, explanation = '' } = decisionForm(view, form, { again: true });
  const title = form === 'reject' ? `Reject ${reference}` : `Approve ${reference} with changes`;
  return renderCard(template, {
    summary: `${title}: ${askOf(view)}`,
    command: 'requests to decide',
    title,
    ask: askOf(view),
    writer: `Justification by ${requester.name}`,
    ...whyShown(terms),
    explanation,
    inputs,
    actions: [...submits, seeRequest(reference)],
  });
};
