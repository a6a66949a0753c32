import { addDays } from '../../core/calendar.ts';
import { usualSort, type RequestSort } from '../../core/request/listed-requests.ts';
import { wideWords } from '../../core/plan/width.ts';
import { dayWords } from '../../core/typed/day-names.ts';
import { meansSeverity, severities, type Severity } from '../../core/tenant/severity.ts';
import type { RequestQuery } from '../actions.ts';
import type { ListChoices, ListFilter } from '../list-card.ts';
import { severityMarks } from '../wording.ts';

/** The list without filters, in its usual order. */
export const withoutNarrowing = <Query extends RequestQuery>(query: Query): Query => ({
  ...query,
  severity: undefined,
  wide: undefined,
  endsFrom: undefined,
  endsTo: undefined,
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
  endsFrom = '',
  endsTo = '',
  sort,
}: Pick<RequestQuery, 'severity' | 'wide' | 'endsFrom' | 'endsTo' | 'sort'>): string =>
  [
    severity === undefined ? '' : `severity:${severity}`,
    wide ? 'wide' : '',
    endsFrom + endsTo === '' ? '' : `ends:${endsFrom}..${endsTo}`,
    sort === undefined ? '' : `sort:${sort}`,
  ]
    .filter(Boolean)
    .join(' ');

const usualDays = 30;

const endsWords = ({ endsFrom, endsTo }: Pick<RequestQuery, 'endsFrom' | 'endsTo'>): string | undefined => {
  if (endsFrom === undefined) return endsTo === undefined ? undefined : `ends: until ${dayWords(endsTo)}`;
  return endsTo === undefined
    ? `ends: ${dayWords(endsFrom)} or later`
    : `ends: ${dayWords(endsFrom)} to ${dayWords(endsTo)}`;
};

/** What narrows the list, each with what takes it off. */
export const filtersOf = (query: RequestQuery): ListFilter[] => {
  const { severity, wide = false } = query;
  const ends = endsWords(query);
  return [
    ...(severity === undefined
      ? []
      : [{ words: `severity: ${meant(severity)}`, takeOff: to(query, { severity: undefined }) }]),
    ...(wide ? [{ words: `wide: ${wideWords}`, takeOff: to(query, { wide: undefined }) }] : []),
    ...(ends === undefined ? [] : [{ words: ends, takeOff: to(query, { endsFrom: undefined, endsTo: undefined }) }]),
  ];
};

/** So short that they fit on one line of a phone. */
const sortTitles: Readonly<Record<RequestSort, string>> = {
  severity: 'Urgent',
  waiting: 'Oldest',
  end: 'End',
  wide: 'Widest',
  newest: 'Newest',
};

const sortWords: Readonly<Record<RequestSort, string>> = {
  severity: 'emergencies first, then the worst severity, then what waits longest',
  waiting: 'what waits longest first',
  end: 'what ends soonest first',
  wide: 'the widest first',
  newest: 'the newest first',
};

/** The order of the list, in words. */
export const orderWords = ({ which, sort }: Pick<RequestQuery, 'which' | 'sort'>): string =>
  sortWords[sort ?? usualSort(which)];

/** The filters that are not in force, and the orders. Others are typed. `today`: a calendar day, from which days are counted. */
export const narrowingOffered = (query: RequestQuery, today: string): ListChoices[] => {
  const { which, severity, wide = false, endsFrom, endsTo, sort = usualSort(which) } = query;
  const filters = [
    ...(severity === undefined ? [{ title: meant('high'), open: to(query, { severity: 'high' }) }] : []),
    ...(wide ? [] : [{ title: 'Wide', open: to(query, { wide: true }) }]),
    ...(endsFrom === undefined && endsTo === undefined
      ? [{ title: `Ends in ${usualDays} days`, open: to(query, { endsTo: addDays(today, usualDays) }) }]
      : []),
  ];
  return [
    ...(filters.length === 0 ? [] : [{ label: 'Only', tabs: filters.map((each) => ({ ...each, current: false })) }]),
    {
      label: 'Sort',
      tabs: (Object.keys(sortTitles) as RequestSort[]).map((each) => ({
        title: sortTitles[each],
        current: each === sort,
        open: to(query, { sort: each === usualSort(which) ? undefined : each }),
      })),
    },
  ];
};
