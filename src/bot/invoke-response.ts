import type { InvokeResponse } from 'botbuilder';
import type { Outcome } from './outcome.ts';
import type { Turn } from './turn.ts';

const message = (text: string): InvokeResponse => ({
  status: 200,
  body: { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: text },
});

export const stillWorking = message('Still working on it: the card changes by itself.');

/** What the client shows to whoever pressed, and to nobody else. */
export const invokeResponse = (outcome: Outcome): InvokeResponse => {
  switch (outcome.kind) {
    case 'card':
    case 'replace':
      return {
        status: 200,
        body: { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: outcome.card.content },
      };
    case 'say':
      return message(outcome.text);
    case 'private':
      return message(outcome.pointer);
    case 'offer-file':
      return message('The file is offered below.');
  }
};

/** What the response only points to. */
export const isSent = ({ kind }: Outcome): boolean => kind === 'private' || kind === 'offer-file';

/** What comes too late for the response: a card that was for one person must not come before everybody's eyes. */
export const lateOutcome = (outcome: Outcome, { inChannel }: Turn): Outcome =>
  inChannel && (outcome.kind === 'card' || outcome.kind === 'replace')
    ? {
        kind: 'private',
        outcome: { ...outcome, kind: 'card' },
        pointer: 'the answer stands in our personal chat.',
      }
    : outcome;
