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

/** The numbers that a report begins with. */
const tilesOf = ({ exemptions, open, overdue }: ReportNumbers) => [
  { label: 'In force', text: number(exemptions.inForce), aside: '' },
  { label: 'End within 30 days', text: number(exemptions.expiring), aside: '' },
  {
    label: 'Waiting now',
    text: number(open),
    aside: overdue === 0 ? '' : `${number(overdue)} over 2 days`,
  },
];

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

const barsOf = ({ neverExpires, expired, orphaned, outside }: ExemptionNumbers) =>
  neverExpires + expired + orphaned + outside === 0
    ? []
    : [
        { x: 'Never end', y: neverExpires, color: 'categoricalPurple' },
        { x: 'Expired, still in Azure', y: expired, color: 'neutral' },
        { x: 'Orphaned', y: orphaned, color: 'attention' },
        { x: 'Created outside', y: outside, color: 'warning' },
      ];

/** What the chart is called; where there is nothing to draw, what that means. */
const chartTitle = (exemptions: ExemptionNumbers): string => {
  if (barsOf(exemptions).length > 0) return 'Worth a look';
  return exemptions.inForce === 0
    ? ''
    : 'None of them lacks an end, is expired or orphaned, or was created outside Exemption Desk.';
};

/** What only some groups have: a column of it would be a column of zeros. */
const rareNumbers = (group: ReportGroup): string[] => [
  ...(group.neverExpires === 0 ? [] : [`${number(group.neverExpires)} without expiry`]),
  ...(group.orphaned === 0 ? [] : [`${number(group.orphaned)} orphaned`]),
  ...(group.outside === 0 ? [] : [`${number(group.outside)} created outside`]),
];

/** A group as a row of a table, and as a text for clients without tables. */
const groupRow = (label: string, group: ReportGroup) => ({
  label,
  aside: rareNumbers(group).join(' · '),
  exemptions: number(group.exemptions),
  expiring: number(group.expiring),
  waiting: number(group.open),
  text: [
    counted(group.exemptions, 'exemption'),
    ...(group.expiring === 0 ? [] : [`${number(group.expiring)} ending soon`]),
    ...rareNumbers(group),
    ...(group.open === 0 ? [] : [`${number(group.open)} waiting`]),
  ].join(' · '),
});

const severityName = ({ label }: ReportGroup): string =>
  Object.entries(severityMarks).find(([severity]) => severity === label)?.[1].word ?? 'No longer a recommendation';

const groupsOf = ({ bySeverity, bySubscription }: ReportNumbers) =>
  [
    { title: 'By severity', rows: bySeverity.map((group) => groupRow(severityName(group), group)), more: '' },
    {
      title: 'By subscription',
      rows: bySubscription.slice(0, groupsShown).map((group) => groupRow(shortened(group.label, 60), group)),
      more: andMore(bySubscription.length, groupsShown),
    },
  ].filter(({ rows }) => rows.length > 0);

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

const unfold: CardAction = {
  type: 'Action.ToggleVisibility',
  title: 'By severity and subscription',
  targetElements: ['groups'],
};

/** A report: three numbers, a chart of what is worth a look, what was asked and decided, and folded the same by place. No number stands there twice. */
export const reportCard = ({ numbers, period, covers, note }: ReportView, audience: ReportAudience): Card => {
  const { exemptions, decisions } = numbers;
  const title = audience === 'week' ? 'The week in exemptions' : 'Exemption report';
  const days = periodWords(period);
  const file: CardAction[] =
    audience === 'asker' ? [action('Get CSV file', { verb: 'offer-report-file', ...period }, { main: true })] : [];
  return renderCard(template, {
    summary: `${title}: ${counted(exemptions.inForce, 'exemption')} in force, ${number(numbers.open)} waiting`,
    title,
    covers: [days, ...(covers === '' ? [] : [shortened(covers, 120)])].join(' · '),
    note,
    tiles: tilesOf(numbers),
    chartTitle: chartTitle(exemptions),
    bars: barsOf(exemptions),
    rows: barsOf(exemptions).map(({ x, y }) => ({ label: x, text: number(y) })),
    requests: decisionRows(decisions),
    requestsTitle: 'Requests in this time',
    unfold: groupsOf(numbers).length === 0 ? [] : [unfold],
    groups: groupsOf(numbers),
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
