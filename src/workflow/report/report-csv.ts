import { csvOf } from '../../core/csv.ts';
import { worstSeverity } from '../../core/tenant/severity.ts';
import { scopeLabel, type Hierarchy } from '../../core/tenant/hierarchy.ts';
import { creatorOf, type ListedExemption } from '../../core/inventory/listed-exemption.ts';
import type { ReportedRequest } from '../../core/request/listed-requests.ts';
import { verdictOf } from '../../core/replay/verdict.ts';
import type { Report } from './make-report.ts';

const columns = [
  'kind',
  'title',
  'severity',
  'scope',
  'category',
  'state',
  'ends',
  'made by',
  'made at',
  'request',
  'decided by',
  'decided at',
  'written at',
  'renewal',
  'policy assignments',
  'id in Azure',
] as const;

type Row = Partial<Record<(typeof columns)[number], string>>;

const instant = (at: Date | undefined): string => at?.toISOString() ?? '';

const exemptionRow = (row: ListedExemption): Row => ({
  kind: 'exemption',
  title: row.recommendations.map(({ title }) => title).join('; '),
  severity: worstSeverity(row.recommendations.map(({ severity }) => severity)) ?? '',
  scope: row.scopeLabel,
  category: row.exemption.category,
  state: row.state,
  ends: instant(row.exemption.expiresAt),
  'made by': creatorOf(row) ?? '',
  'made at': instant(row.exemption.createdAt),
  request: row.request?.reference ?? '',
  'policy assignments': row.assignmentNames.join('; '),
  'id in Azure': row.exemption.id,
});

const requestRow = (request: ReportedRequest, hierarchy: Hierarchy): Row => ({
  kind: 'request',
  title: request.terms.recommendation.title,
  severity: request.terms.recommendation.severity,
  scope: request.terms.scopes.map((scope) => scopeLabel(scope, hierarchy)).join('; '),
  category: request.terms.category,
  state: request.status,
  ends: instant(request.terms.expiresAt),
  'made by': request.requester.name,
  'made at': instant(request.createdAt),
  request: request.reference,
  'decided by': verdictOf(request)?.by.name ?? '',
  'decided at': instant(verdictOf(request)?.at),
  'written at': instant(request.appliedAt),
  renewal: request.isRenewal ? 'yes' : 'no',
});

const cellsOf = (row: Row): string[] => columns.map((column) => row[column] ?? '');

/** One line for each exemption of a report, then one for each of its requests; times in UTC. Undefined if there is none of either. */
export const reportCsv = async (
  { viewpoint }: Pick<Report, 'viewpoint'>,
  exemptions: AsyncIterable<readonly ListedExemption[]>,
  requests: AsyncIterable<readonly ReportedRequest[]>,
): Promise<string | undefined> => {
  const lines: string[][] = [];
  for await (const portion of exemptions) for (const row of portion) lines.push(cellsOf(exemptionRow(row)));
  for await (const portion of requests)
    for (const each of portion) lines.push(cellsOf(requestRow(each, viewpoint.hierarchy)));
  return lines.length === 0 ? undefined : csvOf([columns, ...lines]);
};
