import { erased } from './erase-person.ts';
import type { LedgerEvent } from './ledger.ts';
import type { ExemptionRequest } from '../request/request.ts';
import type { Terms } from '../request/terms.ts';

/** The texts that the requester wrote. */
export type RequestWords = Pick<Terms, 'name' | 'ticket' | 'justification'> & {
  /** Of a ready reason; undefined: none. */
  readonly evidence?: NonNullable<Terms['reason']>['evidence'];
};

/** Marks a row whose text is RequestWords as JSON. */
const textIsWords = { text: 'terms' } as const;

const textOf = ({ name, ticket, justification, reason }: Terms): string =>
  JSON.stringify({
    name,
    ticket,
    justification,
    ...(reason === undefined || reason.evidence.length === 0
      ? {}
      : { evidence: reason.evidence.map(({ id, label, text }) => ({ id, label, text })) }),
  });

/** The texts of the requester in a row; undefined if its text is something else, such as a comment. */
export const wordsIn = ({ facts, text }: Pick<LedgerEvent, 'facts' | 'text'>): RequestWords | undefined => {
  if (facts.text !== textIsWords.text) return undefined;
  if (text === '') return { name: erased.words, ticket: '', justification: erased.words };
  return JSON.parse(text) as RequestWords;
};

const factsOf = ({
  version,
  terms,
  termsVersion,
  targets,
  governance,
  approvals,
  decision,
  appliedAt,
  absent,
  waitingSince,
  emergency,
  revocation,
  renewal,
}: ExemptionRequest): Record<string, string> => ({
  version: String(version),
  termsVersion: String(termsVersion),
  governance: JSON.stringify(governance),
  approvedAt: approvals.map(({ at }) => at.toISOString()).join(' '),
  recommendation: terms.recommendation.key,
  title: terms.recommendation.title,
  severity: terms.recommendation.severity,
  scopes: JSON.stringify(terms.scopes),
  category: terms.category,
  // Words of the rules, not of a person.
  reason: terms.reason === undefined ? '' : JSON.stringify({ id: terms.reason.id, text: terms.reason.text }),
  expiresAt: terms.expiresAt?.toISOString() ?? '',
  targets: JSON.stringify(targets),
  decidedAt: decision?.at.toISOString() ?? '',
  appliedAt: appliedAt?.toISOString() ?? '',
  absent: absent.length === 0 ? '' : JSON.stringify(absent),
  waitingSince: waitingSince.toISOString(),
  ratifyBy: emergency?.ratifyBy.toISOString() ?? '',
  revokedAt: revocation?.at.toISOString() ?? '',
  renewal: renewal === undefined ? '' : JSON.stringify(renewal),
});

/**
 * The content of a ledger row from which the request can be rebuilt: the facts that changed, all of them for a new request; as text the new
 * texts of its requester, otherwise the comment of the person who acted.
 */
export const recordOf = (
  after: ExemptionRequest,
  before: ExemptionRequest | undefined,
  comment = '',
): Pick<LedgerEvent, 'text' | 'facts'> => {
  const known = before === undefined ? {} : factsOf(before);
  // New terms start with their own approvals, even if those look like the ones before.
  const isNew = (name: string): boolean =>
    name === 'approvedAt' && before !== undefined && before.termsVersion !== after.termsVersion;
  const changed = Object.entries(factsOf(after)).filter(([name, fact]) => isNew(name) || fact !== (known[name] ?? ''));
  const words = textOf(after.terms);
  const wordsAreNew = before === undefined || textOf(before.terms) !== words;
  return {
    text: wordsAreNew ? words : comment,
    facts: { ...Object.fromEntries(changed), ...(wordsAreNew ? textIsWords : {}) },
  };
};
