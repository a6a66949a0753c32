import type { DoneSoFar } from '../core/chat/done-so-far.ts';
import type { CardAction } from './card-action.ts';
import { withoutStep } from '../core/typed/next-step.ts';
import { withStep } from './step-card.ts';
import { renderCard, type Card } from './render-card.ts';
import template from './templates/message.json' with { type: 'json' };

export type MessageCardInput = {
  /** One of our own sentences, such as "Request discarded". */
  readonly title: string;
  readonly text: string;
  /** A bar below the text, which says the same. */
  readonly progress?: DoneSoFar | undefined;
  readonly buttons: readonly CardAction[];
};

/** A short confirmation that replaces a card whose buttons no longer apply. */
export const messageCard = ({ title, text, progress, buttons }: MessageCardInput): Card =>
  renderCard(template, {
    summary: title,
    title,
    text: withoutStep(text),
    progress: progress === undefined ? [] : [progress],
    actions: withStep(text, buttons),
  });
