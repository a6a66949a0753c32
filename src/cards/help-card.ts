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
  /** A sentence about this place, such as "Exemption Desk is installed."; may be empty. */
  readonly note: string;
};

/** The commands that people can use here, with buttons for the most frequent ones. */
export const helpCard = (input: HelpCardInput): Card =>
  renderCard(template, {
    summary: 'What you can do with Exemption Desk',
    howToSay: input.inChannel ? 'Mention @Exemption Desk, then send:' : 'Send one of these:',
    note: input.note,
    groups: input.groups.filter((group) => group.commands.length > 0),
    actions: [
      action('Show recommendations', { verb: 'say', command: 'recommendations' }),
      action('Show my requests', { verb: 'say', command: 'requests mine' }),
      action('Show requests to decide', { verb: 'say', command: 'requests to decide' }),
    ],
  });
