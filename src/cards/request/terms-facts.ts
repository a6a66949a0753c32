import { formatEnd, formatWithoutZone } from '../../core/calendar.ts';
import { counted, firstFew } from '../../core/first-few.ts';
import type { ReplacedTerms, ShownFormerTerms } from '../../core/chat/request-view.ts';
import type { ScoreOutlook } from '../../core/score/secure-score.ts';
import type { Renewal } from '../../core/request/renewal.ts';
import type { Terms } from '../../core/request/terms.ts';
import { changedParts, endsEarlier, type FormerTerms } from '../../core/request/terms-change.ts';
import { retirementOf } from '../../core/tenant/retired-recommendation.ts';
import { reasonLine } from './why-words.ts';
import { linkedTo } from '../linked-text.ts';
import { longestTicket, ticketAddress } from '../../core/governance/ticket.ts';
import type { TicketPattern } from '../../core/governance/governance-rules.ts';
import { fitOnCard } from '../../core/plan/named-scopes.ts';
import { shortened } from '../../core/visible-text.ts';
import { scoreSentence } from '../recommendation/score-words.ts';
import { categoryWords } from '../wording.ts';

export type Fact = {
  readonly label: string;
  readonly text: string;
  /** Where its text leads. */
  readonly url?: string | undefined;
  /** What people wrote, in which addresses are links. */
  readonly isWritten?: boolean;
};

/** A fact as its card draws it. */
export const withRuns = ({ label, text, url, isWritten = false }: Fact) => ({
  label,
  runs: isWritten ? linkedTo(text, url) : [{ type: 'TextRun', text }],
});

/** Which request this one renews or replaces; nothing for a first request. */
export const renewalFacts = (renewal: Renewal | undefined): Fact[] => {
  if (renewal === undefined) return [];
  const { of, number, firstLasted } = renewal;
  if (number === 0) return [{ label: 'Replaces', text: `${of}, with the same expiry date or an earlier one` }];
  const first = firstLasted === 'for ever' ? 'never expires' : `lasted ${counted(firstLasted, 'day')}`;
  return [{ label: 'Renewal', text: `Number ${number}, renews ${of}; the first exemption ${first}` }];
};

/** A version of terms with the names of its scopes. */
export type NamedTerms = {
  readonly terms: Terms;
  readonly scopeLabels: readonly string[];
  /** What the rules say that a ticket number looks like, and where it leads. */
  readonly patterns?: readonly TicketPattern[] | undefined;
};

const scopesShown = 7;

const namesOf = ({ scopeLabels }: Pick<NamedTerms, 'scopeLabels'>): string =>
  firstFew(
    scopeLabels.map((label) => shortened(label, 120)),
    scopesShown,
  );

/** What the two sides of an arrow are. */
const arrows: Readonly<Record<FormerTerms['kind'], string>> = {
  changed: 'was → will be',
  reduced: 'asked → given',
  'in-force': 'now → will be',
};

const formerWords: Readonly<Record<FormerTerms['kind'], string>> = {
  changed: 'Justification before',
  reduced: 'Justification as asked',
  'in-force': 'Justification now',
};

const uncounted = 'No effect: Defender for Cloud no longer assesses it (classic score)';

/** All of what is asked for on the preview; on other cards the first few, because the form to approve names all. */
const allOf = ({ scopeLabels }: Pick<NamedTerms, 'scopeLabels'>): string =>
  fitOnCard(scopeLabels) ? scopeLabels.join(', ') : namesOf({ scopeLabels });

/** The terms of a request as facts, in the order of the form; where they take the place of others, each difference with both. */
export const factsOfTerms = (
  { terms, scopeLabels, patterns = [] }: NamedTerms,
  former: ShownFormerTerms | undefined,
  timeZone: string,
  score: ScoreOutlook | undefined,
  namesAll = false,
): Fact[] => {
  const changed = former === undefined ? [] : changedParts(former.terms, terms);
  const ticketLink = {
    isWritten: true,
    url: changed.includes('ticket') ? undefined : ticketAddress(terms.ticket, patterns),
  };
  const isRetired = retirementOf(terms.recommendation.key) !== undefined;
  const fact = (part: (typeof changed)[number], label: string, textOf: (each: NamedTerms) => string): Fact =>
    former === undefined || !changed.includes(part)
      ? { label, text: textOf({ terms, scopeLabels }) }
      : {
          label: `${label}, ${arrows[former.kind]}`,
          text: `${textOf(former) || 'none'} → ${textOf({ terms, scopeLabels }) || 'none'}`,
        };
  return [
    fact('scopes', 'Scope', (each) => (namesAll && each.terms === terms ? allOf(each) : namesOf(each))),
    fact('name', 'Name', (each) => shortened(each.terms.name, 128)),
    fact('category', 'Category', (each) => categoryWords[each.terms.category]),
    { label: 'Secure score', text: isRetired ? uncounted : scoreSentence(terms.category, score) },
    fact('expiresAt', 'Expires', (each) => formatEnd(each.terms.expiresAt, timeZone)),
    ...(terms.ticket === '' && !changed.includes('ticket')
      ? []
      : [{ ...fact('ticket', 'Ticket', (each) => shortened(each.terms.ticket, longestTicket)), ...ticketLink }]),
    ...(changed.includes('reason') ? [fact('reason', 'Reason', (each) => reasonLine(each.terms))] : []),
    ...(former !== undefined && changed.includes('justification')
      ? [{ label: formerWords[former.kind], text: shortened(former.terms.justification, 400), isWritten: true }]
      : []),
  ];
};

/** That a renewal would end before what is in force; undefined if it would not. */
export const earlierEnd = (
  replaced: ReplacedTerms | undefined,
  { expiresAt }: Pick<Terms, 'expiresAt'>,
  timeZone: string,
): string | undefined => {
  if (replaced === undefined || !endsEarlier(replaced, { expiresAt })) return undefined;
  const { terms, reference } = replaced;
  const isOnce = terms.expiresAt !== undefined && expiresAt !== undefined;
  // The zone is named once in a sentence.
  const end = isOnce ? formatWithoutZone(expiresAt, timeZone) : formatEnd(expiresAt, timeZone);
  const until =
    terms.expiresAt === undefined
      ? 'which is in force and never expires'
      : `which is in force until ${formatEnd(terms.expiresAt, timeZone)}`;
  return `It ends on ${end}, earlier than ${reference}, ${until}.`;
};
