import { emptyWords } from '../../core/access/empty-words.ts';
import type { WhyEmpty } from '../../core/access/why-empty.ts';
import { andMore, counted } from '../../core/first-few.ts';
import type { ExemptionNumbers, ReportNumbers, ReportView } from '../../core/report/report.ts';
import type { DecisionNumbers } from '../../core/request/listed-requests.ts';
import type { ReportGroup } from '../../core/report/report-groups.ts';
import { periodWords } from '../../core/report/report-period.ts';
import { action, type CardAction } from '../card-action.ts';
import { listCard } from '../list-card.ts';
import { renderCard, type Card } from '../render-card.ts';
import { durationWords } from './duration-words.ts';
import { shortened } from '../../core/visible-text.ts';
import template from '../templates/report.json' with { type: 'json' };
import { severityMarks } from '../wording.ts';

type Row = { readonly label: string; readonly text: string };

const groupsShown = 10;

const number = (count: number): string => count.toLocaleString('en');

/** "7 of 12 (58%)"; only the number where there is nothing to divide by. Neither 0 nor 100 unless it is exactly that. */
const shareOf = (count: number, all: number): string => {
  if (all === 0) return number(count);
  const nearest = Math.round((100 * count) / all);
  const percent = count === 0 || count === all ? nearest : Math.min(99, Math.max(1, nearest));
  return `${number(count)} of ${number(all)} (${percent}%)`;
};

const stateRows = ({ inForce, expiring, neverExpires, expired, orphaned, outside }: ExemptionNumbers): Row[] => [
  { label: 'In force', text: number(inForce) },
  { label: 'Expire within 30 days', text: number(expiring) },
  { label: 'Never expire', text: number(neverExpires) },
  { label: 'Expired, still in Azure', text: number(expired) },
  { label: 'Orphaned', text: number(orphaned) },
  { label: 'Created outside Exemption Desk', text: shareOf(outside, inForce + expired + orphaned) },
];

const waitingRow = ({ open, overdue }: ReportNumbers): Row => ({
  label: 'Waiting now',
  text: overdue === 0 ? number(open) : `${number(open)}, ${number(overdue)} of them for more than 2 days`,
});

const decisionRows = (decisions: DecisionNumbers): Row[] => {
  const { sent, lapsed, withdrawn, approved, rejected, unneeded, renewals, medianMs } = decisions;
  const asides = [
    ...(lapsed === 0 ? [] : [`${number(lapsed)} lapsed`]),
    ...(withdrawn === 0 ? [] : [`${number(withdrawn)} withdrawn`]),
  ];
  return [
    { label: 'Sent', text: [number(sent), ...asides].join(', ') },
    { label: 'Approved', text: shareOf(approved, approved + rejected) },
    ...(unneeded === 0 ? [] : [{ label: 'Needed no approval', text: number(unneeded) }]),
    {
      label: 'Median time to decide',
      text:
        medianMs === undefined
          ? 'No decisions'
          : `${durationWords(medianMs)} (${counted(approved + rejected, 'decision')})`,
    },
    { label: 'Renewals', text: shareOf(renewals, approved + unneeded) },
  ];
};

const barsOf = ({ inForce, expiring, neverExpires, expired, orphaned }: ExemptionNumbers) =>
  inForce + expired + orphaned === 0
    ? []
    : [
        { x: 'Active', y: inForce - expiring - neverExpires, color: 'good' },
        { x: 'Expire within 30 days', y: expiring, color: 'warning' },
        { x: 'Never expire', y: neverExpires, color: 'categoricalPurple' },
        { x: 'Expired', y: expired, color: 'neutral' },
        { x: 'Orphaned', y: orphaned, color: 'attention' },
      ];

const groupText = (group: ReportGroup): string =>
  [
    counted(group.exemptions, 'exemption'),
    ...(group.expiring === 0 ? [] : [`${number(group.expiring)} expiring`]),
    ...(group.neverExpires === 0 ? [] : [`${number(group.neverExpires)} without expiry`]),
    ...(group.orphaned === 0 ? [] : [`${number(group.orphaned)} orphaned`]),
    ...(group.outside === 0 ? [] : [`${number(group.outside)} created outside`]),
    ...(group.open === 0 ? [] : [`${number(group.open)} waiting`]),
  ].join(' · ');

const severityName = ({ label }: ReportGroup): string =>
  Object.entries(severityMarks).find(([severity]) => severity === label)?.[1].word ?? 'No longer a recommendation';

const severityRow = (group: ReportGroup): Row => ({ label: severityName(group), text: groupText(group) });

const subscriptionRow = (group: ReportGroup): Row => ({
  label: shortened(group.label, 60),
  text: groupText(group),
});

const listButtons = [
  action('Show exemptions', {
    verb: 'list-exemptions',
    text: '',
    filter: 'all',
    withinDays: 30,
    subscription: '',
    page: 1,
  }),
  action('Show requests', { verb: 'list-requests', which: 'all', status: 'any', page: 1 }),
];

export type ReportAudience =
  /** The person who asked, in their own chat. Only there is the CSV file offered. */
  | 'asker'
  | 'channel'
  /** A channel that gets the weekly report without asking. */
  | 'week';

/** A report: a chart of the exemptions, and all numbers as text. */
export const reportCard = ({ numbers, period, covers, note }: ReportView, audience: ReportAudience): Card => {
  const { exemptions, decisions, bySubscription, bySeverity } = numbers;
  const title = audience === 'week' ? 'The week in exemptions' : 'Exemption report';
  const days = periodWords(period);
  const file: CardAction[] =
    audience === 'asker' ? [action('Get CSV file', { verb: 'offer-report-file', ...period }, { main: true })] : [];
  return renderCard(template, {
    summary: `${title}: ${counted(exemptions.inForce, 'exemption')} in force, ${number(numbers.open)} waiting`,
    title,
    covers: [days, ...(covers === '' ? [] : [shortened(covers, 120)])].join(' · '),
    note,
    bars: barsOf(exemptions),
    states: stateRows(exemptions),
    requests: [waitingRow(numbers), ...decisionRows(decisions)],
    requestsTitle: `Requests, ${days}`,
    severities: bySeverity.map(severityRow),
    severitiesTitle: bySeverity.length === 0 ? '' : 'By severity',
    subscriptions: bySubscription.slice(0, groupsShown).map(subscriptionRow),
    subscriptionsTitle: bySubscription.length === 0 ? '' : 'By subscription',
    more: andMore(bySubscription.length, groupsShown),
    actions: [...file, ...listButtons],
  });
};

/** A report without anything to count. Zeros would read like all-clear, so it says why instead. */
export const emptyReportCard = ({ period, covers, note }: Omit<ReportView, 'numbers'>, why: WhyEmpty): Card =>
  listCard({
    title: 'Exemption report',
    covers: [periodWords(period), ...(covers === '' ? [] : [covers])].join(' · '),
    note,
    tabs: [],
    rows: [],
    whenEmpty: emptyWords('report', why),
    range: '',
    buttons: [],
    command: 'report',
  });
