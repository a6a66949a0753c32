import { action } from './card-action.ts';
import { renderCard, type Card } from './render-card.ts';
import template from './templates/help.json' with { type: 'json' };

export type HelpCardInput = {
  readonly inChannel: boolean;
  /** The commands as they are typed, grouped by who uses them. */
  readonly groups: readonly {
    readonly title: string;
    readonly commands: readonly { readonly usage: string; readonly description: string }[];
  }[];
  /** What is special here, such as "This channel shows only rg-shop-prod."; may be empty. */
  readonly note: string;
};

/** What can be done here, with buttons that do the most frequent of it. */
export const helpCard = (input: HelpCardInput): Card =>
  renderCard(template, {
    summary: 'What you can do with Exemption Desk',
    howToSay: input.inChannel ? 'Mention me, then say:' : 'Write to me:',
    note: input.note,
    groups: input.groups.filter((group) => group.commands.length > 0),
    actions: [
      action('Show recommendations', { verb: 'say', command: 'recommendations' }),
      action('Show my requests', { verb: 'say', command: 'requests mine' }),
      action('Show what waits for me', { verb: 'say', command: 'requests to decide' }),
    ],
  });
