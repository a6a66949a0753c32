import { longestScope, type Pressed } from '../../../cards/actions.ts';
import { GovernanceError } from '../../../core/governance-error.ts';
import { listExemptionsButton } from '../../actions/exemption/list-exemptions.ts';
import type { Command } from '../../command.ts';
import type { ParsedLine } from '../../parse-line.ts';

type Query = Pressed<'list-exemptions'>;

const filters: readonly { readonly words: RegExp; readonly filter: Query['filter'] }[] = [
  { words: /\bnever expires\b/i, filter: 'never-expires' },
  { words: /\bexpiring\b(?:\s+(\d+)\s*d(?:ays)?\b)?/i, filter: 'expiring' },
  { words: /\bexpired\b/i, filter: 'expired' },
  { words: /\borphaned\b/i, filter: 'orphaned' },
  { words: /\boutside\b/i, filter: 'outside' },
  { words: /\bnot needed\b/i, filter: 'needless' },
  { words: /\bother policies\b/i, filter: 'other-policies' },
];

export const everyExemption: Query = {
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
    ...everyExemption,
    text: said.replace(matched, '').replace(/\s+/g, ' ').trim().slice(0, 200),
    filter: found?.filter ?? 'all',
    withinDays: Math.min(Math.max(Number(days ?? 30), 1), 3650),
    subscription: sub,
  };
};

export const exemptionsCommand: Command = {
  name: 'exemptions',
  usage: 'exemptions [text] [sub:name] [expiring 30d|expired|never expires|orphaned|outside|not needed|other policies]',
  description: 'List exemptions from Defender recommendations that you can see, whoever created them',
  menus: ['personal', 'channel'],
  changes: false,
  run: (desk, turn, line) => listExemptionsButton.run(desk, turn, queryOf(line)),
};
