import { GovernanceError } from '../../core/governance-error.ts';
import type { ExemptionQuery } from '../../cards/actions.ts';
import { listExemptionsAction, showExemptionAction } from '../actions/exemptions.ts';
import type { Command } from '../command.ts';

const filters: readonly { readonly words: RegExp; readonly filter: ExemptionQuery['filter'] }[] = [
  { words: /\bnever expires\b/i, filter: 'never-expires' },
  { words: /\bexpiring\b(?:\s+(\d+)\s*d(?:ays)?\b)?/i, filter: 'expiring' },
  { words: /\bexpired\b/i, filter: 'expired' },
  { words: /\borphaned\b/i, filter: 'orphaned' },
  { words: /\boutside\b/i, filter: 'outside' },
];

const queryOf = (rest: string): ExemptionQuery => {
  const found = filters.find(({ words }) => words.test(rest));
  const [matched = '', days] = found?.words.exec(rest) ?? [];
  return {
    text: rest.replace(matched, '').replace(/\s+/g, ' ').trim().slice(0, 200),
    filter: found?.filter ?? 'all',
    withinDays: Math.min(Math.max(Number(days ?? 30), 1), 3650),
    page: 1,
  };
};

export const exemptionsCommand: Command = {
  name: 'exemptions',
  usage: 'exemptions [text] [expiring 30d|expired|never expires|orphaned|outside]',
  description: 'Every exemption of a Defender recommendation that you may see, whoever made it',
  menus: ['personal', 'channel'],
  run: (desk, turn, { rest }) => listExemptionsAction(desk, turn, { verb: 'list-exemptions', ...queryOf(rest) }),
};

export const exemptionCommand: Command = {
  name: 'exemption',
  usage: 'exemption <name>',
  description: 'One exemption: what it covers, who made it, until when',
  menus: [],
  run: async (desk, turn, { rest }) => {
    if (rest === '') throw new GovernanceError('invalid', 'Say which one, by its name: exemption <name>');
    return showExemptionAction(desk, turn, { verb: 'show-exemption', id: rest });
  },
};
