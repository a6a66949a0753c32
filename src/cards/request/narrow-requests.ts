import { counted } from '../../core/first-few.ts';
import type { RequestSort } from '../../core/request/listed-requests.ts';
import { meansSeverity, severities, type Severity } from '../../core/tenant/severity.ts';
import type { RequestQuery } from '../actions.ts';
import type { ListChoices, ListFilter } from '../list-card.ts';
import { severityMarks } from '../wording.ts';

/** The list without filters, in its usual order. */
export const withoutNarrowing = <Query extends RequestQuery>(query: Query): Query => ({
  ...query,
  severity: undefined,
  wide: undefined,
  endsWithin: undefined,
  sort: undefined,
});

const to = (query: RequestQuery, change: Partial<RequestQuery>) =>
  ({ verb: 'list-requests', ...query, page: 1, ...change }) as const;

/** "Critical or High": everything that somebody means by a severity. */
const meant = (said: Severity): string =>
  severities
    .filter((each) => meansSeverity(said, each))
    .map((each) => severityMarks[each].word)
    .join(' or ');

/** The same as somebody types it. */
export const narrowingWords = ({
  severity,
  wide = false,
  endsWithin,
  sort,
}: Pick<RequestQuery, 'severity' | 'wide' | 'endsWithin' | 'sort'>): string =>
  [
    severity === undefined ? '' : `severity:${severity}`,
    wide ? 'wide' : '',
    endsWithin === undefined ? '' : `ends:${endsWithin}d`,
    sort === undefined ? '' : `sort:${sort}`,
  ]
    .filter(Boolean)
    .join(' ');

const usualDays = 30;

/** What narrows the list, each with what takes it off. */
export const filtersOf = (query: RequestQuery): ListFilter[] => {
  const { severity, wide = false, endsWithin } = query;
  return [
    ...(severity === undefined
      ? []
      : [{ words: `severity: ${meant(severity)}`, takeOff: to(query, { severity: undefined }) }]),
    ...(wide ? [{ words: 'wide: a subscription or more', takeOff: to(query, { wide: undefined }) }] : []),
    ...(endsWithin === undefined
      ? []
      : [
          {
            words: `ends: within ${counted(endsWithin, 'day')}`,
            takeOff: to(query, { endsWithin: undefined }),
          },
        ]),
  ];
};

/** So short that they fit on one line of a phone. */
const sortTitles: Readonly<Record<RequestSort, string>> = {
  newest: 'Newest',
  waiting: 'Oldest',
  end: 'End',
  severity: 'Worst',
  wide: 'Widest',
};

/** The filters that are not in force, and the orders. Others are typed. */
export const narrowingOffered = (query: RequestQuery): ListChoices[] => {
  const { severity, wide = false, endsWithin, sort = 'newest' } = query;
  const filters = [
    ...(severity === undefined ? [{ title: meant('high'), open: to(query, { severity: 'high' }) }] : []),
    ...(wide ? [] : [{ title: 'Wide', open: to(query, { wide: true }) }]),
    ...(endsWithin === undefined
      ? [{ title: `Ends in ${usualDays} days`, open: to(query, { endsWithin: usualDays }) }]
      : []),
  ];
  return [
    ...(filters.length === 0 ? [] : [{ label: 'Only', tabs: filters.map((each) => ({ ...each, current: false })) }]),
    {
      label: 'Sort',
      tabs: (Object.keys(sortTitles) as RequestSort[]).map((each) => ({
        title: sortTitles[each],
        current: each === sort,
        open: to(query, { sort: each === 'newest' ? undefined : each }),
      })),
    },
  ];
};
