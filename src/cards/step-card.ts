import { nextStepIn, type NextStep } from '../core/typed/next-step.ts';
import { shortened } from '../core/visible-text.ts';
import { saying, type CardAction } from './card-action.ts';
import type { Card } from './render-card.ts';

/** The button for what a sentence proposes. */
export const stepButton = ({ title, command }: NextStep, secondary = false): CardAction =>
  saying(title, shortened(command, 1000), { secondary });

const mostVisible = 3;

/** The buttons of a card with the one that a text on it proposes, unless one of them does the same. */
export const withStep = (text: string, buttons: readonly CardAction[]): readonly CardAction[] => {
  const step = nextStepIn(text);
  // “Show everything” keeps the other filters, so it is the better way to what the sentence proposes.
  if (step === undefined || buttons.some(({ title }) => title === 'Show everything')) return buttons;
  return [...buttons, stepButton(step, buttons.length >= mostVisible)];
};

/** Only a button, below the text of a message. */
export const stepCard = (step: NextStep): Card => ({
  summary: step.title,
  content: {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.5',
    lang: 'en',
    fallbackText: `Write to Exemption Desk: ${step.command}`,
    body: [],
    actions: [stepButton(step)],
  },
});
