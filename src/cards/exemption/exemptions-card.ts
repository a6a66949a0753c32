import { emptyWords } from '../../core/access/empty-words.ts';
import type { WhyEmpty } from '../../core/access/why-empty.ts';
import { formatDay, fromNow } from '../../core/calendar.ts';
import type { ListPage } from '../../core/list-page.ts';
import { isOverdue } from '../../core/request/effect.ts';
import { countOf, type ListingCounts } from '../../core/inventory/listing-tally.ts';
import type { ListedExemption } from '../../core/inventory/listed-exemption.ts';
import { longestSearch, type ExemptionQuery } from '../actions.ts';
import { action, type Choice } from '../card-action.ts';
import type { Card } from '../render-card.ts';
import { listCard, type ListRow } from '../list-card.ts';
import { pageRead } from '../page-of.ts';
import { nameOf } from '../../core/tenant/arm-id.ts';
import { beginningOf, shortened } from '../../core/visible-text.ts';
import { retirementOf } from '../../core/tenant/retired-recommendation.ts';
import { stateMarks } from '../wording.ts';

export type ExemptionsCardInput = {
  /** One page of what the query found: what ends soonest first, what has ended last. */
  readonly page: ListPage<ListedExemption>;
  /** How many there are of each kind; undefined where that was not counted. */
  readonly counts?: ListingCounts | undefined;
  readonly query: Omit<ExemptionQuery, 'chosen'>;
  /** Why it found nothing; undefined if it found something. */
  readonly whyEmpty: WhyEmpty | undefined;
  /** The scopes that were searched, in words. */
  readonly covers: string;
  readonly note: string;
  readonly now: Date;
  readonly timeZone: string;
};

const kindTitles = {
  all: 'All',
  expiring: 'Ending soon',
  'never-expires': 'Never expire',
  expired: 'Expired',
  orphaned: 'Orphaned',
  outside: 'Created outside',
  needless: 'Not needed',
  'other-policies': 'Other policies',
} as const;

const kinds = Object.keys(kindTitles) as (keyof typeof kindTitles)[];

/** Each kind of list, with its number where it was counted. */
const choicesOf = (counts: ListingCounts | undefined): Choice[] =>
  kinds.map((kind) => {
    const isCounted = counts !== undefined && kind !== 'needless' && kind !== 'other-policies';
    const count = isCounted ? ` (${countOf(counts, kind).toLocaleString('en')})` : '';
    return { title: `${kindTitles[kind]}${count}`, value: kind };
  });

const titleOf = ({ recommendations: [first], wholeInitiative, exemption }: ListedExemption): string =>
  first === undefined || wholeInitiative ? exemption.displayName || exemption.name : first.title;

const remarksOf = ({ recommendations, needless, wholeInitiative, request }: ListedExemption, now: Date): string[] => [
  ...(recommendations.some(({ key }) => retirementOf(key) !== undefined) ? ['recommendation retired'] : []),
  ...(wholeInitiative ? ['covers the whole initiative'] : []),
  ...(needless ? ['no longer needed'] : []),
  ...(request !== undefined && isOverdue(request, now) ? ['not in effect'] : []),
];

const endOf = ({ exemption }: ListedExemption, now: Date, timeZone: string): string[] => {
  const { expiresAt } = exemption;
  if (expiresAt === undefined) return [];
  return [
    `${expiresAt <= now ? 'expired' : 'until'} ${formatDay(expiresAt, timeZone)} (${fromNow(expiresAt, now, timeZone)})`,
  ];
};

/** Exemptions from Defender recommendations, whoever created them, ten a page. */
export const exemptionsCard = ({
  page: read,
  counts,
  covers,
  note,
  now,
  timeZone,
  whyEmpty,
  ...input
}: ExemptionsCardInput): Card => {
  const query = { ...input.query, text: beginningOf(input.query.text, longestSearch) };
  const to = (change: Partial<ExemptionQuery>) => ({ verb: 'list-exemptions', ...query, page: 1, ...change }) as const;
  const page = pageRead(read, (number) => to({ page: number }));
  const rowOf = (row: ListedExemption): ListRow => ({
    title: shortened(titleOf(row), 140),
    mark: stateMarks[row.state],
    detail: [
      shortened(row.scopeLabel, 80),
      row.exemption.category,
      ...endOf(row, now, timeZone),
      ...(row.assignmentNames.length > 1 ? [`on ${row.assignmentNames.length} policy assignments`] : []),
      ...remarksOf(row, now),
      row.request?.reference ??
        (row.madeIn === 'defender' ? 'created in Defender for Cloud' : 'created outside Exemption Desk'),
    ].join(' · '),
    open: { verb: 'show-exemption', id: row.exemption.id },
  });
  return listCard({
    title: 'Exemptions',
    covers: [
      covers === '' ? 'No scope that you can read' : `In ${covers}`,
      ...(query.assignment === undefined
        ? []
        : [`on the policy assignment ${shortened(nameOf(query.assignment), 64)}`]),
      ...(query.text === '' ? [] : [`“${query.text}”`]),
      ...(query.filter === 'expiring' ? [`within ${query.withinDays} days`] : []),
    ].join(', '),
    note,
    tabs: [],
    pick: {
      id: 'chosen',
      label: 'Exemptions to show',
      choices: choicesOf(counts),
      current: query.filter,
      show: to({}),
    },
    rows: page.rows.map(rowOf),
    whenEmpty: whyEmpty === undefined ? '' : emptyWords('exemptions', whyEmpty),
    range: page.label,
    buttons: [
      ...(whyEmpty?.kind === 'filtered-out'
        ? [
            action('Show everything', to({ text: '', filter: 'all', subscription: '', assignment: undefined }), {
              withoutInputs: true,
            }),
          ]
        : []),
      ...page.buttons,
    ],
    command: 'exemptions',
  });
};
