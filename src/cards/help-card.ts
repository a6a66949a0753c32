import { saying } from './card-action.ts';
import { helpWords, type Helped } from './help-words.ts';
import { renderCard, type Card } from './render-card.ts';
import template from './templates/help.json' with { type: 'json' };

export type HelpCardInput = {
  readonly helped: Helped;
  /** The names of the scopes that they may read; not shown in a channel. */
  readonly reads: string;
  /** A sentence about this place, such as "Exemption Desk is installed."; may be empty. */
  readonly note: string;
};

/** What somebody can do here, in three lines and four buttons. */
export const helpCard = ({ helped, reads, note }: HelpCardInput): Card => {
  const { lines, buttons } = helpWords[helped];
  return renderCard(template, {
    summary: 'What you can do with Exemption Desk',
    note,
    lines: lines(reads).map((text) => ({ text })),
    actions: buttons.map(({ title, command }, index) => saying(title, command, { secondary: index > 2 })),
  });
};
