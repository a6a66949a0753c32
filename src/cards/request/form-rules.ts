import { formatEnd } from '../../core/calendar.ts';
import { counted } from '../../core/first-few.ts';
import { approverWords } from '../../core/governance/approvers.ts';
import { mostSources, type CategoryRules, type RulesHere, type Sourced } from '../../core/governance/rules-here.ts';
import type { WidestLimits } from '../../core/governance/widest-limits.ts';
import type { Terms } from '../../core/request/terms.ts';
import { shortened } from '../../core/visible-text.ts';
import type { Fact } from './terms-facts.ts';

/** What the rules say about the chosen scopes; `here` undefined: none is chosen yet, or it is not known. */
export type FormRulesInput = {
  readonly here:
    | { readonly rules: RulesHere; readonly scopes: readonly string[]; readonly labelOf: (scope: string) => string }
    | undefined;
  readonly replaced: { readonly reference: string; readonly terms: Pick<Terms, 'expiresAt'> } | undefined;
};

export type FormRulesContext = {
  readonly limits: WidestLimits;
  /** The requester may not decide anything, so that they need what others need. */
  readonly isGuest: boolean;
  /** The operator delegates permissions to groups, whose members can approve too. */
  readonly lends: boolean;
  readonly timeZone: string;
};

type Here = NonNullable<FormRulesInput['here']>;
type Allowed = Extract<CategoryRules, { kind: 'allowed' }>;

const labelsShown = 3;
const nameOf = ({ labelOf }: Here, scope: string): string => shortened(labelOf(scope), 80);

/** “, because of shop-prod / rg-shop”: which of several scopes makes it so. */
const because = (here: Here, { from }: Sourced<unknown>): string =>
  from === undefined ? '' : `, because of ${nameOf(here, from)}`;

const lasting = (here: Here, { maxDays, neverExpires }: Allowed): string =>
  `at most ${counted(maxDays.value, 'day')}${neverExpires ? ', or without an end' : ''}${because(here, maxDays)}`;

const ticketWords = (here: Here, { ticket }: Allowed): string => {
  const { required, patterns } = ticket.value;
  if (!required) return 'not required';
  const like = patterns.map(({ example }) => example).join(' and like ');
  return `required${like === '' ? '' : `, like ${like}`}${because(here, ticket)}`;
};

const approvalWords = (here: Here, { approvals, approvers }: Allowed, { isGuest, lends }: FormRulesContext): string => {
  const { ifRequesterCouldDecide: own, otherwise } = approvals.value;
  const alone = own === 0 ? 'none' : String(own);
  const number =
    own >= otherwise || isGuest
      ? String(otherwise)
      : `${alone} if your Azure roles would let you decide it for others, otherwise ${otherwise}`;
  const lists = approvers.map((list) => ` Only ${approverWords(list.value)}${because(here, list)}.`).join('');
  return `${number}${because(here, approvals)}, by ${otherwise === 1 ? 'somebody' : 'people'} whose Azure roles${lends ? ' or a delegated permission' : ''} allow the exemption, not by you.${lists}`;
};

const lengthWords = (here: Here, { justificationMinLength }: Allowed): string =>
  `at least ${counted(justificationMinLength.value, 'character')}${because(here, justificationMinLength)}`;

const refusedWords = (here: Here, { reasons }: Extract<CategoryRules, { kind: 'denied' }>): string =>
  `Refused${because(here, reasons)}: ${reasons.value.map((reason) => shortened(reason, 300)).join(' ')}`;

/** One line where both categories are alike, otherwise each with its own. */
const forBoth = ({ rules: { Waiver, Mitigated } }: Here, wordsOf: (each: Allowed) => string): string => {
  const waiver = Waiver.kind === 'allowed' ? wordsOf(Waiver) : undefined;
  const mitigated = Mitigated.kind === 'allowed' ? wordsOf(Mitigated) : undefined;
  if (waiver === undefined || mitigated === undefined || waiver === mitigated) return waiver ?? mitigated ?? '';
  return `Waiver: ${waiver}${waiver.endsWith('.') ? '' : '.'} Mitigated: ${mitigated}`;
};

const denials = (here: Here): Fact[] => {
  const { Waiver, Mitigated } = here.rules;
  const refused = (label: string, each: CategoryRules): Fact[] =>
    each.kind === 'denied' ? [{ label, text: refusedWords(here, each) }] : [];
  const [waiver, mitigated] = [refused('Waiver', Waiver), refused('Mitigated', Mitigated)];
  return waiver[0]?.text === mitigated[0]?.text && waiver[0] !== undefined
    ? [{ label: 'Any exemption', text: waiver[0].text }]
    : [...waiver, ...mitigated];
};

/** The rules for the scopes that are chosen now, as lines of the form. */
const linesHere = (here: Here, context: FormRulesContext): Fact[] => [
  ...denials(here),
  ...(
    [
      ['Longest', (each) => lasting(here, each)],
      ['Ticket', (each) => ticketWords(here, each)],
      ['Justification', (each) => lengthWords(here, each)],
      ['Approvals', (each) => approvalWords(here, each, context)],
    ] as const satisfies readonly (readonly [string, (each: Allowed) => string])[]
  )
    .map(([label, wordsOf]) => ({ label, text: forBoth(here, wordsOf) }))
    .filter(({ text }) => text !== ''),
];

const ticketInGeneral: Readonly<Record<WidestLimits['ticket'], string>> = {
  optional: 'not required',
  sometimes: 'required for some requests',
  required: 'required',
};

/** What holds before a scope is chosen: no rule allows more. */
const linesInGeneral = ({ limits }: FormRulesContext): Fact[] => {
  const { maxDays, neverExpires, approvals } = limits;
  const { least, most } = approvals;
  return [
    {
      label: 'Longest',
      text: `a waiver up to ${counted(maxDays.Waiver, 'day')}, a mitigation up to ${counted(maxDays.Mitigated, 'day')}${neverExpires ? ', some without an end' : ''}`,
    },
    { label: 'Ticket', text: ticketInGeneral[limits.ticket] },
    { label: 'Approvals', text: least === most ? String(most) : `${least === 0 ? 'none' : least} to ${most}` },
  ];
};

const headingOf = (here: Here): string => {
  const names = here.scopes.slice(0, labelsShown).map((scope) => nameOf(here, scope));
  const others = here.scopes.length - names.length;
  return `Rules for ${names.join(', ')}${others > 0 ? ` and ${others.toLocaleString('en')} more` : ''}`;
};

/** What holds for the lines of several scopes; a remark about the first ones where there are too many to look at each. */
const severalWords = (count: number): string =>
  [
    ...(count > 1 ? ['The strictest of them count. '] : []),
    ...(count > mostSources
      ? [
          `Which of them a rule comes from was looked for among the first ${mostSources} of ${count.toLocaleString('en')}. `,
        ]
      : []),
  ].join('');

/** What the form says about the rules: those of the chosen scopes, otherwise those that hold everywhere, and the end of what it renews. */
export const formRules = ({ here, replaced }: FormRulesInput, context: FormRulesContext) => ({
  heading: here === undefined ? 'Rules in general' : headingOf(here),
  lines: [
    ...(replaced === undefined
      ? []
      : [
          {
            label: replaced.reference,
            text:
              replaced.terms.expiresAt === undefined
                ? 'never expires as it is now'
                : `ends on ${formatEnd(replaced.terms.expiresAt, context.timeZone)} as it is now`,
          },
        ]),
    ...(here === undefined ? linesInGeneral(context) : linesHere(here, context)),
  ],
  note:
    here === undefined
      ? context.limits.varies
        ? 'Rules for some scopes are stricter. The preview says which apply.'
        : ''
      : context.limits.varies
        ? `${severalWords(here.scopes.length)}For another choice they may differ: the preview checks.`
        : '',
});
