import type { InvokeResponse } from 'botbuilder';
import type { Outcome } from './outcome.ts';
import { asOwnCopy } from './disclose.ts';
import type { Turn } from './turn.ts';

const message = (text: string): InvokeResponse => ({
  status: 200,
  body: { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: text },
});

export const stillWorking = message('Still working on it. The card updates by itself.');

/** Still being worked on, but not stored, because the database did not answer in time. */
export const mayBeLost = message(
  'Still working on it, but the database does not answer, so you may hear nothing more. Check with: requests',
);

/** The response that the Teams client shows to the person who pressed the button, and to nobody else. */
export const invokeResponse = (outcome: Outcome): InvokeResponse => {
  switch (outcome.kind) {
    case 'card':
    case 'replace':
    case 'redraw':
      return {
        status: 200,
        body: { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: outcome.card.content },
      };
    case 'say':
      return message(outcome.text);
    case 'private':
      return message(outcome.outcome.kind === 'say' ? outcome.outcome.text : outcome.pointer);
    case 'offer-file':
      return message('The file is ready below.');
  }
};

/** Whether the outcome is sent as a message and the response only points to it. */
export const isSent = (outcome: Outcome): boolean =>
  outcome.kind === 'offer-file' || (outcome.kind === 'private' && outcome.outcome.kind !== 'say');

/** The outcome when it is too late for the response. A card for one person must not be posted where everybody sees it. */
export const lateOutcome = (outcome: Outcome, { inChannel }: Turn): Outcome =>
  inChannel && outcome.kind !== 'redraw' ? asOwnCopy(outcome) : outcome;
