import { counted } from '../first-few.ts';
import type { Severity } from '../tenant/severity.ts';
import { retiredIn, retirementWords } from '../tenant/retired-recommendation.ts';
import { approverWords, type Approvers } from './approvers.ts';
import type { ReadyReason } from './reasons.ts';
import type {
  GovernanceConditions,
  GovernanceRule,
  GovernanceRules,
  GovernanceSettings,
  MaxDays,
} from './governance-rules.ts';

const either = (values: readonly string[]): string => values.join(' or ');

/** A rule for high recommendations applies to critical ones too. */
const severitiesMeant = (said: readonly Severity[]): readonly Severity[] =>
  said.includes('high') ? [...new Set<Severity>(['critical', ...said])] : said;

/** Sentences about recommendations that a rule names and Microsoft retired: it matches no request any more. */
export const retiredWords = (when: GovernanceConditions): string[] =>
  retiredIn(when.recommendation ?? []).flatMap(({ key }) => retirementWords(key) ?? []);

/** The conditions in words: "in mg:landingzones, high severity" or "for every request". */
export const conditionWords = (when: GovernanceConditions): string => {
  const parts = [
    when.scope && `in ${either(when.scope.map((each) => each.text))}`,
    when.severity && `${either(severitiesMeant(when.severity))} severity`,
    when.recommendation && `recommendation ${either(when.recommendation.map((each) => `“${each}”`))}`,
    when.category && `category ${either(when.category).toLowerCase()}`,
    when.resourceType && `resources of type ${either(when.resourceType)}`,
  ];
  return parts.filter((part) => part !== undefined).join(', ') || 'for every request';
};

const daysWords = ({ Waiver, Mitigated }: MaxDays): string =>
  Waiver === Mitigated && Waiver !== undefined
    ? `at most ${counted(Waiver, 'day')}`
    : [
        ...(Waiver === undefined ? [] : [`a waiver at most ${counted(Waiver, 'day')}`]),
        ...(Mitigated === undefined ? [] : [`a mitigation at most ${counted(Mitigated, 'day')}`]),
      ].join(', ');

const whoWords = (approvers: Approvers): string =>
  approvers === 'azure-roles'
    ? 'by anybody whose Azure roles allow it'
    : `by ${approverWords(approvers)}, if their Azure roles allow it`;

const words: { readonly [Name in keyof GovernanceSettings]: (value: GovernanceSettings[Name]) => string } = {
  approvals: (approvals) =>
    approvals === 0
      ? 'no approval for a requester who could decide it themselves; all others need the default, at least 1'
      : `${counted(approvals, 'approval')} needed`,
  approvers: (approvers) => `approved ${whoWords(approvers)}`,
  maxDays: daysWords,
  neverExpires: (allowed) => (allowed ? '“never” may be chosen' : '“never” may not be chosen'),
  renewalsNeverLonger: (held) =>
    held
      ? 'a renewal may not last longer than the first exemption'
      : 'a renewal may last longer than the first exemption',
  justificationMinLength: (length) => `a justification of at least ${counted(length, 'character')}`,
  ticket: (ticket) =>
    typeof ticket === 'string'
      ? `ticket ${ticket}`
      : `a ticket number like ${ticket.example} required${ticket.url === undefined ? '' : `, linked to ${ticket.url}`}`,
  blastRadius: (above) =>
    above === 'none' ? 'no extra approval for many resources' : `one more approval above ${counted(above, 'resource')}`,
};

const settingWords = (settings: Partial<Record<keyof GovernanceSettings, unknown>>): string => {
  const said = (Object.keys(words) as (keyof GovernanceSettings)[]).filter((name) => settings[name] !== undefined);
  return said.map((name) => (words[name] as (value: unknown) => string)(settings[name])).join('; ');
};

/** The consequence in words: "2 approvals needed; at most 30 days; everything else by the defaults", or why it is refused. */
export const consequenceWords = (then: GovernanceRule['then']): string =>
  'deny' in then
    ? `refused: ${then.deny}`
    : [settingWords(then), 'everything else by the defaults'].filter(Boolean).join('; ');

/** A ready reason in words: what it asks for, and where it goes. */
export const reasonWords = ({ category, text, evidence, approvers, instead }: ReadyReason): string =>
  [
    `${category.toLowerCase()}: ${text}`,
    ...evidence.map(({ label, required }) => `asks for “${label}”${required ? '' : ', which may stay empty'}`),
    ...(approvers === undefined ? [] : [`of those who may approve, only ${approverWords(approvers)}`]),
    ...(instead === undefined ? [] : [`refused: ${instead}`]),
  ].join('; ');

export const defaultWords = ({ defaults, ceiling }: Pick<GovernanceRules, 'defaults' | 'ceiling'>): string =>
  [settingWords(defaults), ...(daysWords(ceiling) === '' ? [] : [`whatever a rule says, ${daysWords(ceiling)}`])].join(
    '; ',
  );
