import type { Exchange } from './exchanges.ts';
import type { Finding, Verdict } from './finding.ts';
import { byCall, shapeOf } from './shape.ts';
import { createWithholding } from './withhold.ts';

type ReportParts = {
  readonly sections: ReadonlyMap<string, readonly Finding[]>;
  readonly exchanges: readonly Exchange[];
  readonly date: Date;
  readonly writes: boolean;
};

const verdicts: readonly Verdict[] = ['differs', 'not checked', 'matches'];

const cell = (text: string): string => text.replace(/\s+/g, ' ').replaceAll('|', '\\|');
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string[] =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`);

const counted = (exchanges: readonly Exchange[]): string => {
  const answers = exchanges.map(
    ({ status, errorCode }) => `${status}${errorCode === undefined ? '' : ` ${errorCode}`}`,
  );
  return [...Map.groupBy(answers, (answer) => answer)].map(([answer, same]) => `${answer} (${same.length})`).join(', ');
};

/** The report as Markdown. Everything from the tenant passes through the withholding. */
export const renderReport = ({ sections, exchanges, date, writes }: ReportParts): string => {
  const safe = createWithholding(exchanges);
  const findings = [...sections.values()].flat();
  const count = (verdict: Verdict): string =>
    `${findings.filter((each) => each.verdict === verdict).length} ${verdict}`;
  const calls = byCall(exchanges);

  const summary = [
    '# Contract report of Exemption Desk',
    '',
    `${date.toISOString().slice(0, 10)}, Node ${process.versions.node}, ${writes ? 'with the write test' : 'read-only'}: ${verdicts.map(count).join(', ')}.`,
    '',
    'It holds counts, field names, kinds of values, words from Azure and error codes. Names and ids of the tenant were left out; please look through it before you send it.',
  ];
  const parts = [...sections].map(([title, own]) => [
    `## ${title}`,
    '',
    ...table(
      ['looked for', 'verdict', 'seen'],
      own.map((each) => [each.title, each.verdict === 'differs' ? '**differs**' : each.verdict, safe(each.seen)]),
    ),
  ]);
  const answers = [
    '## Calls',
    '',
    ...table(
      ['call', 'answers'],
      [...calls].map(([call, own]) => [`\`${call}\``, safe(counted(own))]),
    ),
  ];
  const shapes = [...calls].map(([call, own]) => {
    const { fields, words } = shapeOf(own.map(({ body }) => body));
    const rows = [...fields].map(([field, kinds]) => [
      safe(field),
      [...kinds].join(', '),
      safe([...(words.get(field) ?? [])].join(', ')),
    ]);
    return [`### Fields of \`${call}\``, '', ...table(['field', 'kinds', 'words'], rows)];
  });
  return `${[summary, ...parts, answers, ...shapes].map((lines) => lines.join('\n')).join('\n\n')}\n`;
};
