import { formatEnd, formatInstant } from '../../core/calendar.ts';
import type { LedgerRecord } from '../../core/ledger/ledger.ts';
import { markdownCode, markdownQuote, markdownText } from '../../core/markdown-text.ts';
import { actorName, type Person } from '../../core/person.ts';
import type { RebuiltRequest } from '../../core/ledger/rebuild-requests.ts';
import { wordsIn } from '../../core/ledger/request-record.ts';
import { exemptionsIn, type Evidence } from './evidence.ts';

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const whoIs = ({ name, objectId }: Person): string => `${markdownText(name)} (${markdownCode(objectId)})`;

const codes = (ids: readonly string[]): string => (ids.length === 0 ? 'nothing' : ids.map(markdownCode).join('<br>'));

/** The exemptions in Azure for a request: from its last row about all of them, or step by step if writing has not ended. */
const writtenFor = (reference: string, records: readonly LedgerRecord[]): string[] => {
  let written: string[] = [];
  for (const record of records.filter((each) => each.reference === reference)) {
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

const requestSection = (request: RebuiltRequest, { background, timeZone }: Evidence): string[] => {
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
        ['Written to Azure', codes(writtenFor(request.reference, background))],
      ],
    ),
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

const chainLines = ({ records, head, check }: Evidence): string => {
  const first = records.at(0);
  const last = records.at(-1);
  const ends = [
    first === undefined ? [] : [`first row ${first.sequence}, hash ${markdownCode(first.hash)}`],
    last === undefined ? [] : [`last row ${last.sequence}, hash ${markdownCode(last.hash)}`],
    head === undefined ? [] : [`head of the whole ledger: row ${head.sequence}, hash ${markdownCode(head.hash)}`],
  ].flat();
  return [
    `- ${check.whole ? '' : '**Do not rely on this export.** '}${check.sentence}`,
    ...ends.map((end) => `- ${end}`),
  ].join('\n');
};

/** Evidence as a Markdown page: the requests, every step, and their place in the chain. Text by people is shown as typed. */
export const evidenceMarkdown = (evidence: Evidence): string => {
  const { about, records, requests, takenAt, timeZone } = evidence;
  const steps = table(
    ['row', 'when', 'request', 'who', 'what', 'status', 'words', 'hash'],
    records.map(stepRow(timeZone)),
  );
  return [
    `# Evidence: ${about}`,
    `Exported from the ledger of Exemption Desk at ${formatInstant(takenAt, timeZone)}.`,
    ...requests.flatMap((request) => requestSection(request, evidence)),
    '## Every step',
    records.length === 0 ? 'No rows.' : steps,
    '## The chain',
    chainLines(evidence),
    '',
  ].join('\n\n');
};
