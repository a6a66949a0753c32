import { action, type CardAction, type Input } from './card-action.ts';
import { renderCard, type Card } from './render-card.ts';
import { withoutStep } from '../core/typed/next-step.ts';
import { withStep } from './step-card.ts';
import { shortened } from '../core/visible-text.ts';
import template from './templates/refused.json' with { type: 'json' };

export type RefusedCardInput = {
  /** One of our own: "EX-12AB was not rejected". */
  readonly title: string;
  /** Why, with the remedy. */
  readonly sentence: string;
  /** The small form again, filled in as it was; empty where it would not help. */
  readonly inputs: readonly Input[];
  /** What was typed, where no input shows it. */
  readonly typed: string;
  readonly actions: readonly CardAction[];
};

/** A press that was refused: why, and everything that was typed, to be mended and sent from here. */
export const refusedCard = ({ title, sentence, typed, ...input }: RefusedCardInput): Card =>
  renderCard(template, {
    summary: title,
    title,
    sentence: shortened(withoutStep(sentence), 600),
    typed: shortened(typed, 1000),
    heading: typed === '' ? '' : 'What you typed',
    ...input,
    actions: withStep(sentence, input.actions),
  });

/** Leads to the request as it is now. */
export const seeRequest = (reference: string): CardAction =>
  action('Show request', { verb: 'show-request', reference }, { withoutInputs: true });
