import { addDays, startOfDay } from '../../core/calendar.ts';
import { GovernanceError } from '../../core/governance-error.ts';
import type { Ledger, LedgerSelection } from '../../core/ledger/ledger.ts';
import { normalReference } from '../../core/request/request.ts';
import { checkLedger, type LedgerCheck } from './check-ledger.ts';
import { evidenceCsv } from './evidence-csv.ts';
import { evidenceMarkdown } from './evidence-markdown.ts';
import { recordedRequests } from './recorded-requests.ts';
import type { Desk } from '../desk.ts';

/** One request, or the days from one to another, both included, as `2026-11-21`. */
export type EvidenceSubject = { readonly reference: string } | { readonly fromDay: string; readonly toDay: string };

export type EvidenceFiles = {
  /** Without an extension. */
  readonly name: string;
  /** Piece by piece, as it is read: it may be larger than what fits in memory. */
  readonly markdown: () => AsyncIterable<string>;
  readonly csv: () => AsyncIterable<string>;
  readonly rows: number;
  readonly check: LedgerCheck;
};

const selectionOf = (subject: EvidenceSubject, timeZone: string): LedgerSelection => {
  if ('reference' in subject) return { references: [normalReference(subject.reference)] };
  if (subject.toDay < subject.fromDay)
    throw new GovernanceError('invalid', `The period ends (${subject.toDay}) before it begins (${subject.fromDay}).`);
  return {
    from: startOfDay(subject.fromDay, timeZone),
    before: startOfDay(addDays(subject.toDay, 1), timeZone),
  };
};

/** In portions: the requests that the evidence is about. */
const referencesIn = (ledger: Ledger, { references, ...period }: LedgerSelection): AsyncIterable<readonly string[]> =>
  references === undefined ? ledger.references(period) : inOnePortion(references);

async function* inOnePortion(references: readonly string[]): AsyncGenerator<readonly string[], void> {
  yield references;
}

/**
 * Evidence about one request or a period, as Markdown for people and as CSV. It says in itself whether the ledger is intact. What is recorded
 * while it is read is not in it. Throws GovernanceError not-found for an unknown request, and invalid for a period that ends before it begins.
 */
export const exportEvidence = async (
  desk: Pick<Desk, 'now' | 'timeZone'> & { readonly database: Pick<Desk['database'], 'ledger'> },
  subject: EvidenceSubject,
): Promise<EvidenceFiles> => {
  const { timeZone } = desk;
  const { ledger } = desk.database;
  const check = await checkLedger(ledger);
  const head = await ledger.head();
  const selection: LedgerSelection = { ...selectionOf(subject, timeZone), upTo: head?.sequence ?? 0 };
  const ends = await ledger.ends(selection);
  if ('reference' in subject && ends === undefined)
    throw new GovernanceError('not-found', `The ledger has no row about ${normalReference(subject.reference)}.`);
  const [about, name] =
    'reference' in subject
      ? [normalReference(subject.reference), normalReference(subject.reference)]
      : [`${subject.fromDay} to ${subject.toDay} (${timeZone})`, `exemptions-${subject.fromDay}-to-${subject.toDay}`];
  const evidence = {
    about,
    ends,
    records: () => ledger.read(selection),
    requests: () => recordedRequests(ledger, referencesIn(ledger, selection), ends?.last.sequence ?? 0),
    head,
    check,
    takenAt: desk.now(),
    timeZone,
  };
  return {
    name,
    markdown: () => evidenceMarkdown(evidence),
    csv: () => evidenceCsv(evidence),
    rows: ends?.rows ?? 0,
    check,
  };
};
