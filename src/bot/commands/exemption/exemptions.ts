import { longestId, longestSearch, type Pressed } from '../../../cards/actions.ts';
import { daysBetween, startOfDay } from '../../../core/calendar.ts';
import { daysFrom } from '../../../core/typed/day-meant.ts';
import { GovernanceError } from '../../../core/governance-error.ts';
import { readDay, type DayContext } from '../../../core/typed/read-day.ts';
import { listExemptionsButton } from '../../actions/exemption/list-exemptions.ts';
import type { Command } from '../../command.ts';
import type { ParsedLine } from '../../parse-line.ts';
import { saidWhole, scopeSaid } from '../said-whole.ts';

type Query = Pressed<'list-exemptions'>;

const filters: readonly { readonly words: RegExp; readonly filter: Query['filter'] }[] = [
  { words: /\bnever expires\b/i, filter: 'never-expires' },
  { words: /\bexpiring\b/i, filter: 'expiring' },
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

const soon = /^(?:(?:in|within|by|before|until|the next)\s+)+/i;

/** “expiring 30d”, “expiring by Friday”: the days until then, and the other words. */
const expiringIn = (after: string, context: DayContext): { readonly days: number; readonly rest: string } => {
  const read = readDay(after.replace(soon, ''), context);
  if (read.kind === 'unclear') throw new GovernanceError('invalid', read.question);
  if (read.kind === 'none') return { days: everyExemption.withinDays, rest: after };
  const days = daysBetween(startOfDay(context.today, 'UTC'), startOfDay(read.day, 'UTC'), 'UTC');
  if (days < 0)
    throw new GovernanceError('invalid', `${read.day} is past. To list what has expired, send: exemptions expired`);
  return { days, rest: read.rest };
};

/** The id of a policy assignment as typed. Throws GovernanceError invalid for anything else. */
const assignmentSaid = (typed: string): string => {
  if (typed.length <= longestId && /^\/.+\/providers\/microsoft\.authorization\/policyassignments\/[^/]+$/i.test(typed))
    return typed;
  throw new GovernanceError(
    'invalid',
    'What follows assignment: is the id of a policy assignment, as the Azure portal shows it. The link to it from the portal does as well.',
  );
};

const queryOf = ({ words, filters: { sub = '', assignment } }: ParsedLine, context: DayContext): Query => {
  const said = words.join(' ');
  const found = filters.find((each) => each.words.test(said));
  const match = found?.words.exec(said) ?? undefined;
  const [before, after] =
    match === undefined ? [said, ''] : [said.slice(0, match.index), said.slice(match.index + match[0].length).trim()];
  const { days, rest } =
    found?.filter === 'expiring' ? expiringIn(after, context) : { days: everyExemption.withinDays, rest: after };
  return {
    ...everyExemption,
    text: saidWhole('What to look for', `${before} ${rest}`.replace(/\s+/g, ' ').trim(), longestSearch),
    filter: found?.filter ?? 'all',
    withinDays: Math.min(Math.max(days, 1), 3650),
    subscription: scopeSaid(sub),
    ...(assignment === undefined ? {} : { assignment: assignmentSaid(assignment) }),
  };
};

export const exemptionsCommand: Command = {
  name: 'exemptions',
  usage:
    'exemptions [text] [sub:name] [assignment:id] [expiring 30d|expired|never expires|orphaned|outside|not needed|other policies]',
  description: 'List exemptions from Defender recommendations that you can see, whoever created them',
  filters: ['sub', 'assignment'],
  menus: ['personal', 'channel'],
  changes: false,
  guests: 'reads',
  run: async (desk, turn, line) =>
    listExemptionsButton.run(desk, turn, queryOf(line, daysFrom(desk.now(), desk.timeZone))),
};
