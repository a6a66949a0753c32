import { formatInstant } from '../core/calendar.ts';
import type { Draft } from '../core/draft.ts';
import type { ExemptionPlan } from '../core/exemption-plan.ts';
import type { Terms } from '../core/terms.ts';
import { action } from './button.ts';
import type { Card } from './card.ts';
import { shortened } from './plain-text.ts';
import { renderCard } from './render-card.ts';
import { assignmentSentence } from './target-words.ts';
import template from './templates/request-preview.json' with { type: 'json' };
import { factsOfTerms } from './terms-facts.ts';
import { listed, severityMarks } from './wording.ts';

export type RequestPreviewCardInput = {
  readonly draft: Pick<Draft, 'id'>;
  readonly terms: Terms;
  readonly scopeLabels: readonly string[];
  readonly plan: ExemptionPlan;
  /** Names of the channels that will be asked; empty: nobody could be reached. */
  readonly askedIn: readonly string[];
  readonly timeZone: string;
};

const whoDecides = (askedIn: readonly string[]): string =>
  askedIn.length === 0
    ? 'Nobody could be reached: no channel takes requests for this scope. You can send it all the same; an approver can then decide it by its reference.'
    : `Approvers will be asked in ${listed(askedIn, 5)}. Whoever may create the exemption in Azure can approve it, except you.`;

/** What a request will do, in plain words, before it is sent. */
export const requestPreviewCard = (input: RequestPreviewCardInput): Card => {
  const { terms, plan, draft } = input;
  const blocked = plan.targets.length === 0 || plan.obstacles.some((obstacle) => obstacle.blocking);
  const obstacles = plan.obstacles.map((obstacle) => ({
    sentence: shortened(obstacle.sentence, 400),
    colour: obstacle.blocking ? 'attention' : 'warning',
  }));
  const edit = action('Change', { verb: 'edit-request', draftId: draft.id });
  return renderCard(template, {
    summary: `Check your request: ${terms.recommendation.title}`,
    heading: blocked ? 'This request cannot be sent' : 'Check your request',
    headingColour: blocked ? 'attention' : 'default',
    severity: severityMarks[terms.recommendation.severity],
    title: shortened(terms.recommendation.title, 200),
    obstacles: obstacles.slice(0, 6),
    facts: factsOfTerms(terms, input.scopeLabels, formatInstant(terms.expiresAt, input.timeZone)),
    words: shortened(terms.justification, 1000),
    written: blocked ? '' : assignmentSentence(plan.targets),
    decides: blocked ? '' : whoDecides(input.askedIn),
    actions: [
      ...(blocked ? [] : [action('Send', { verb: 'send-request', draftId: draft.id }, { main: true })]),
      edit,
      action('Discard', { verb: 'discard-request', draftId: draft.id }),
    ],
  });
};
