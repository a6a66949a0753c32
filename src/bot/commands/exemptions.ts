import { GovernanceError } from '../../core/governance-error.ts';
import { longestScope, type Action } from '../../cards/actions.ts';
import { exemptionIdsOf } from '../../workflow/inventory/list-exemptions.ts';
import { listExemptionsAction, showExemptionAction } from '../actions/exemptions.ts';
import type { Command } from '../command.ts';
import type { ParsedLine } from '../parse-line.ts';

type Query = Extract<Action, { verb: 'list-exemptions' }>;

const filters: readonly { readonly words: RegExp; readonly filter: Query['filter'] }[] = [
  { words: /\bnever expires\b/i, filter: 'never-expires' },
  { words: /\bexpiring\b(?:\s+(\d+)\s*d(?:ays)?\b)?/i, filter: 'expiring' },
  { words: /\bexpired\b/i, filter: 'expired' },
  { words: /\borphaned\b/i, filter: 'orphaned' },
  { words: /\boutside\b/i, filter: 'outside' },
  { words: /\bnot needed\b/i, filter: 'needless' },
  { words: /\bother policies\b/i, filter: 'other-policies' },
];

const every: Query = {
  verb: 'list-exemptions',
  text: '',
  filter: 'all',
  withinDays: 30,
  subscription: '',
  page: 1,
};

const queryOf = ({ words, filters: { sub = '', ...others } }: ParsedLine): Query => {
  const [other] = Object.keys(others);
  if (other !== undefined)
    throw new GovernanceError('invalid', `Exemptions can be narrowed by sub:name, not by ${other}: here.`);
  if (sub.length > longestScope)
    throw new GovernanceError('invalid', `What follows sub: may have ${longestScope} characters.`);
  const said = words.join(' ');
  const found = filters.find((each) => each.words.test(said));
  const [matched = '', days] = found?.words.exec(said) ?? [];
  return {
    ...every,
    text: said.replace(matched, '').replace(/\s+/g, ' ').trim().slice(0, 200),
    filter: found?.filter ?? 'all',
    withinDays: Math.min(Math.max(Number(days ?? 30), 1), 3650),
    subscription: sub,
  };
};

export const exemptionsCommand: Command = {
  name: 'exemptions',
  usage: 'exemptions [text] [sub:name] [expiring 30d|expired|never expires|orphaned|outside|not needed|other policies]',
  description: 'Every exemption of a Defender recommendation that you may see, whoever made it',
  menus: ['personal', 'channel'],
  run: (desk, turn, line) => listExemptionsAction(desk, turn, queryOf(line)),
};

export const exemptionCommand: Command = {
  name: 'exemption',
  usage: 'exemption <name>',
  description: 'One exemption: what it covers, who made it, until when',
  menus: [],
  run: async (desk, turn, { rest }) => {
    if (rest === '') throw new GovernanceError('invalid', 'Say which one, by its name: exemption <name>');
    const [id, ...others] = await exemptionIdsOf(desk, { person: turn.person, channelId: undefined }, rest);
    return others.length === 0
      ? showExemptionAction(desk, turn, { verb: 'show-exemption', id })
      : listExemptionsAction(desk, turn, { ...every, text: rest });
  },
};
