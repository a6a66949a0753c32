import { saying } from './card-action.ts';
import { renderCard, type Card } from './render-card.ts';
import template from './templates/commands.json' with { type: 'json' };

export type CommandsCardInput = {
  readonly inChannel: boolean;
  /** The commands as they are typed, grouped by who uses them. */
  readonly groups: readonly {
    readonly title: string;
    readonly commands: readonly { readonly usage: string; readonly description: string }[];
  }[];
};

/** Every command that people can type, with buttons for the most frequent ones. */
export const commandsCard = (input: CommandsCardInput): Card =>
  renderCard(template, {
    summary: 'Every command of Exemption Desk',
    howToSay: input.inChannel ? 'Mention @Exemption Desk, then send:' : 'Send one of these:',
    groups: input.groups.filter((group) => group.commands.length > 0),
    actions: [
      saying('Recommendations', 'recommendations'),
      saying('My requests', 'requests mine'),
      saying('Requests to decide', 'requests to decide'),
    ],
  });
