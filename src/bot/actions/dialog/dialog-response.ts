import { CardFactory, type InvokeResponse, type TaskModuleResponse } from 'botbuilder';
import { inDialog } from '../../../cards/in-dialog.ts';
import { cleanText } from '../../../cards/plain-text.ts';
import type { Card } from '../../../cards/render-card.ts';
import { shortened } from '../../../core/visible-text.ts';
import type { Outcome } from '../../outcome.ts';

/** So that it fits into the bar of a dialog, also on a phone. */
const longestTitle = 60;

/** “Request an exemption” of “Request an exemption: <recommendation>”: the card says the rest. */
const titleOf = ({ summary }: Card): string => shortened(summary.split(': ')[0] ?? summary, longestTitle);

const task = (given: NonNullable<TaskModuleResponse['task']>): InvokeResponse<TaskModuleResponse> => ({
  status: 200,
  body: { task: given },
});

const message = (text: string): InvokeResponse => task({ type: 'message', value: cleanText(text) });

const shows = (card: Card, note?: string): InvokeResponse =>
  task({
    type: 'continue',
    value: {
      title: titleOf(card),
      width: 'medium',
      height: 'large',
      card: CardFactory.adaptiveCard(inDialog(card, note)),
    },
  });

/** Teams closes a dialog at an answer without a body; an empty object is an error to it. */
const closes: InvokeResponse = { status: 200 };

export const stillWorkingInDialog = message(
  'Still working on it. The answer comes into your personal chat with Exemption Desk.',
);

/** Still being worked on, but not stored, because the database did not answer in time. */
export const mayBeLostInDialog = message(
  'Still working on it, but the database does not answer, so you may hear nothing more. Check with: requests',
);

/** The response to `task/fetch` and `task/submit`, which only the person who pressed sees. */
export const dialogResponse = (outcome: Outcome): InvokeResponse => {
  switch (outcome.kind) {
    case 'replace':
      return outcome.closes === true ? closes : shows(outcome.card, outcome.noteInDialog);
    case 'card':
    case 'redraw':
      return shows(outcome.card);
    case 'say':
      return message(outcome.text);
    case 'private':
      return outcome.outcome.kind === 'card' ? shows(outcome.outcome.card) : dialogResponse(outcome.outcome);
    case 'offer-file':
      return message('The file is ready in your personal chat with Exemption Desk.');
  }
};
