import { addDays, startOfDay } from '../../core/calendar.ts';
import { GovernanceError } from '../../core/governance-error.ts';
import type { Ledger, LedgerRecord } from '../../core/ledger/ledger.ts';
import { rebuildRequests } from '../../core/ledger/rebuild-requests.ts';
import { normalReference } from '../../core/request/request.ts';
import { checkLedger, type LedgerCheck } from './check-ledger.ts';
import { evidenceCsv } from './evidence-csv.ts';
import { evidenceMarkdown } from './evidence-markdown.ts';
import type { Desk } from '../desk.ts';

/** One request, or the days from one to another, both included, as `2026-11-21`. */
export type EvidenceSubject = { readonly reference: string } | { readonly fromDay: string; readonly toDay: string };

export type EvidenceFiles = {
  /** Without an extension. */
  readonly name: string;
  readonly markdown: string;
  readonly csv: string;
  readonly rows: number;
  readonly check: LedgerCheck;
};

const rowsAbout = async (ledger: Ledger, subject: EvidenceSubject, timeZone: string): Promise<LedgerRecord[]> => {
  if ('reference' in subject) {
    const records = await ledger.read({ references: [subject.reference] });
    if (records.length === 0)
      throw new GovernanceError('not-found', `The ledger has no row about ${normalReference(subject.reference)}.`);
    return records;
  }
  if (subject.toDay < subject.fromDay)
    throw new GovernanceError('invalid', `The period ends (${subject.toDay}) before it begins (${subject.fromDay}).`);
  return ledger.read({
    from: startOfDay(subject.fromDay, timeZone),
    before: startOfDay(addDays(subject.toDay, 1), timeZone),
  });
};

/** Every row about the requests of some rows, up to the last of them: the history before a period belongs to it. */
const backgroundOf = async (ledger: Ledger, records: readonly LedgerRecord[]): Promise<LedgerRecord[]> => {
  const references = [...new Set(records.flatMap(({ reference }) => reference ?? []))];
  const last = records.at(-1)?.sequence ?? 0;
  const all = references.length === 0 ? [] : await ledger.read({ references });
  return all.filter(({ sequence }) => sequence <= last);
};

/** Evidence about one request or a period, as Markdown for people and as CSV. It says in itself whether the ledger is intact. */
export const exportEvidence = async (
  desk: Pick<Desk, 'now' | 'timeZone'> & { readonly database: Pick<Desk['database'], 'ledger'> },
  subject: EvidenceSubject,
): Promise<EvidenceFiles> => {
  const { timeZone } = desk;
  const { ledger } = desk.database;
  const check = await checkLedger(ledger);
  const head = await ledger.head();
  const records = await rowsAbout(ledger, subject, timeZone);
  const background = await backgroundOf(ledger, records);
  const requests = rebuildRequests(background);
  const [about, name] =
    'reference' in subject
      ? [normalReference(subject.reference), normalReference(subject.reference)]
      : [`${subject.fromDay} to ${subject.toDay} (${timeZone})`, `exemptions-${subject.fromDay}-to-${subject.toDay}`];
  const evidence = { about, records, background, requests, head, check, takenAt: desk.now(), timeZone };
  return { name, markdown: evidenceMarkdown(evidence), csv: evidenceCsv(evidence), rows: records.length, check };
};
