import { formatEnd, formatInstant } from '../../core/calendar.ts';
import type { LedgerRecord } from '../../core/ledger/ledger.ts';
import { markdownCode, markdownQuote, markdownText } from '../../core/markdown-text.ts';
import { actorName, type Person } from '../../core/person.ts';
import type { RebuiltRequest } from '../../core/ledger/rebuild-requests.ts';
import { wordsIn } from '../../core/ledger/request-record.ts';
import { exemptionsIn, type Evidence, type RecordedRequest } from './evidence.ts';

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map(line).join('\n');

const whoIs = ({ name, objectId }: Person): string => `${markdownText(name)} (${markdownCode(objectId)})`;

const codes = (ids: readonly string[]): string => (ids.length === 0 ? 'nothing' : ids.map(markdownCode).join('<br>'));

/** The exemptions in Azure for a request: from its last row about all of them, or step by step if writing has not ended. */
const writtenIn = (records: readonly LedgerRecord[]): string[] => {
  let written: string[] = [];
  for (const record of records) {
    const ids = exemptionsIn(record);
    if (record.facts.exemptions !== undefined) written = ids;
    else if (record.event === 'exemption-written') written = [...new Set([...written, ...ids])];
    else if (record.event === 'exemption-undone' || record.event === 'exemption-removed')
      written = written.filter((id) => !ids.includes(id));
  }
  return written;
};

const quoted = (heading: string, text: string): string[] =>
  text === '' ? [] : [`**${heading}**`, markdownQuote(text)];

const approvalWords = ({ approvals, governance }: RebuiltRequest, timeZone: string): string =>
  [
    `${approvals.length} of ${governance.approvals}`,
    ...approvals.map(({ by, at }) => `${whoIs(by)} at ${formatInstant(at, timeZone)}`),
  ].join('<br>');

const requestSection = ({ request, records }: RecordedRequest, timeZone: string): string[] => {
  const { terms, decision } = request;
  const decided =
    decision === undefined ? 'nobody yet' : `${whoIs(decision.by)} at ${formatInstant(decision.at, timeZone)}`;
  return [
    `## ${request.reference}: ${markdownText(terms.name)}`,
    table(
      ['', ''],
      [
        ['Requested by', `${whoIs(request.requester)} at ${formatInstant(request.createdAt, timeZone)}`],
        ['Approvals', approvalWords(request, timeZone)],
        ['Decided by', decided],
        ['Status', request.status],
        ['Recommendation', `${markdownText(terms.recommendation.title)} (${terms.recommendation.severity})`],
        ['Scopes', codes(terms.scopes)],
        ['Category', terms.category],
        ['Expires', formatEnd(terms.expiresAt, timeZone)],
        ['Ticket', markdownText(terms.ticket)],
        ['Written to Azure', codes(writtenIn(records))],
      ],
    ),
    ...quoted('Reason', terms.reason?.text ?? ''),
    ...(terms.reason?.evidence ?? []).flatMap(({ label, text }) => quoted(markdownText(label), text)),
    ...quoted('Justification', terms.justification),
    ...quoted('Comment on the decision', decision?.comment ?? ''),
  ];
};

const change = ({ from, to }: LedgerRecord): string => (from === to ? '' : [from, to].filter(Boolean).join(' → '));

const stepRow =
  (timeZone: string) =>
  (record: LedgerRecord): string[] => [
    String(record.sequence),
    formatInstant(record.at, timeZone),
    record.reference ?? '',
    record.actor.kind === 'person' ? whoIs(record.actor.person) : actorName(record.actor),
    markdownText(record.event.replaceAll('-', ' ')),
    change(record),
    markdownText(wordsIn(record)?.justification ?? record.text),
    markdownCode(record.hash),
  ];

const chainLines = ({ ends: rows, head, check }: Evidence): string => {
  const ends = [
    rows === undefined
      ? []
      : [
          `first row ${rows.first.sequence}, hash ${markdownCode(rows.first.hash)}`,
          `last row ${rows.last.sequence}, hash ${markdownCode(rows.last.hash)}`,
        ],
    head === undefined ? [] : [`head of the whole ledger: row ${head.sequence}, hash ${markdownCode(head.hash)}`],
  ].flat();
  return [
    `- ${check.whole ? '' : '**Do not rely on this export.** '}${check.sentence}`,
    ...ends.map((end) => `- ${end}`),
  ].join('\n');
};

const columns = ['row', 'when', 'request', 'who', 'what', 'status', 'words', 'hash'];

/** A table of every step, line by line. */
async function* stepsTable({ ends, records, timeZone }: Evidence): AsyncGenerator<string, void> {
  yield ends === undefined ? 'No rows.' : table(columns, []);
  const rowOf = stepRow(timeZone);
  for await (const portion of records()) yield portion.map((record) => `\n${line(rowOf(record))}`).join('');
}

const paragraphs = (parts: readonly string[]): string => parts.map((part) => `${part}\n\n`).join('');

/** Evidence as a Markdown page, piece by piece: the requests, every step, and their place in the chain. Text by people is shown as typed. */
export async function* evidenceMarkdown(evidence: Evidence): AsyncGenerator<string, void> {
  const { about, requests, takenAt, timeZone } = evidence;
  yield paragraphs([
    `# Evidence: ${about}`,
    `Exported from the ledger of Exemption Desk at ${formatInstant(takenAt, timeZone)}.`,
  ]);
  for await (const portion of requests())
    yield paragraphs(portion.flatMap((recorded) => requestSection(recorded, timeZone)));
  yield paragraphs(['## Every step']);
  yield* stepsTable(evidence);
  yield paragraphs(['', '## The chain', chainLines(evidence)]);
}
