import { emptyWords } from '../../core/access/empty-words.ts';
import type { ListName, WhyEmpty } from '../../core/access/why-empty.ts';
import { clockOf, dayIn, formatDay, formatDayOf, type ReaderTime } from '../../core/calendar.ts';
import type { ListPage } from '../../core/list-page.ts';
import { counted } from '../../core/first-few.ts';
import { longestPlaces } from '../../core/plan/decided-together.ts';
import { isWideRequest } from '../../core/request/request-governance.ts';
import type { ExemptionRequest } from '../../core/request/request.ts';
import type { RequestStatus } from '../../core/request/request-status.ts';
import { statusWords } from '../../core/request/status-words.ts';
import type { RequestQuery } from '../actions.ts';
import { action } from '../card-action.ts';
import type { Card } from '../render-card.ts';
import { listCard, type ListRow } from '../list-card.ts';
import { pageRead } from '../page-of.ts';
import { shortened } from '../../core/visible-text.ts';
import { severityMarks, statusMark } from '../wording.ts';
import { filtersOf, narrowingOffered, narrowingWords, orderWords, withoutNarrowing } from './narrow-requests.ts';
import { decideSeveral } from './several-form.ts';

export type RequestsCardInput = {
  /** One page of the requests that were found, sorted as the query says. */
  readonly page: ListPage<ExemptionRequest>;
  /** The names of the scopes of each request, by its reference. */
  readonly labels: ReadonlyMap<string, string>;
  readonly query: RequestQuery;
  /** Why there is none; undefined if there is one. */
  readonly whyEmpty: WhyEmpty | undefined;
  readonly note: string;
  /** Several can be decided from this copy of the list: it is in the personal chat of whoever may. */
  readonly decidesHere?: boolean;
  readonly now: Date;
  readonly timeZone: string;
  readonly readerTime?: ReaderTime | undefined;
};

type Naming = Pick<RequestsCardInput, 'labels' | 'timeZone' | 'readerTime'>;

const titles = { mine: 'My requests', 'to-decide': 'Requests to decide', all: 'All requests' } as const;
const tabTitles = { mine: 'Mine', 'to-decide': 'To decide', all: 'All' } as const;

const lists: Readonly<Record<RequestQuery['which'], ListName>> = {
  mine: 'my requests',
  'to-decide': 'requests to decide',
  all: 'all requests',
};

const covers = {
  mine: 'Your own requests',
  'to-decide': 'Requests by others that your Azure roles allow you to approve',
  all: 'Requests on scopes that you can read',
} as const;

const labelOf = (status: RequestStatus): string => `“${statusWords[status].label}”`;

type Row = (request: ExemptionRequest) => ListRow;

const rowWith =
  (
    labels: RequestsCardInput['labels'],
    about: (request: ExemptionRequest) => Pick<ListRow, 'mark'> & { readonly then: readonly string[] },
  ): Row =>
  (request) => {
    const { mark, then } = about(request);
    return {
      title: `${request.reference} · ${shortened(request.terms.recommendation.title, 120)}`,
      mark,
      detail: [
        shortened(request.requester.name, 40),
        shortened(labels.get(request.reference) ?? '', longestPlaces),
        ...then,
      ]
        .filter((part) => part !== '')
        .join(' · '),
      open: { verb: 'show-request', reference: request.reference },
    };
  };

/** A request among others: its status and its age. */
const listed = (input: Naming): Row =>
  rowWith(input.labels, (request) => ({
    mark: statusMark(request),
    then: [`requested ${formatDayOf(request.createdAt, clockOf(input))}`],
  }));

/** A request that waits for whoever reads the list: what they decide by, before they open it. */
export const waitingRow = (input: Naming): Row =>
  rowWith(input.labels, (request) => {
    const { terms, emergency, waitingSince } = request;
    return {
      mark: severityMarks[terms.recommendation.severity],
      then: [
        terms.scopes.length > 1 ? counted(terms.scopes.length, 'scope') : '',
        isWideRequest(request) ? 'Wide' : '',
        emergency === undefined ? '' : 'Emergency',
        terms.expiresAt === undefined ? 'never ends' : `until ${formatDay(terms.expiresAt, input.timeZone)}`,
        `waits since ${formatDayOf(waitingSince, clockOf(input))}`,
      ],
    };
  });

/** Requests of one kind, ten a page. */
export const requestsCard = (input: RequestsCardInput): Card => {
  const { page: read, labels, query, whyEmpty, note, decidesHere = false, now, timeZone } = input;
  const page = pageRead(read, (number) => ({ verb: 'list-requests', ...query, page: number }));
  const rowOf = query.which === 'to-decide' ? waitingRow(input) : listed(input);
  return listCard({
    title: titles[query.which],
    covers: `${[covers[query.which], ...(query.status === 'any' ? [] : [labelOf(query.status)])].join(', only ')}${query.which === 'to-decide' && read.found > 1 ? `: ${orderWords(query)}` : ''}`,
    note,
    tabs: (['mine', 'to-decide', 'all'] as const).map((which) => ({
      title: tabTitles[which],
      current: which === query.which,
      open: { verb: 'list-requests', which, status: query.status, page: 1 },
    })),
    filters: filtersOf(query),
    choices: query.which === 'to-decide' && read.found > 1 ? narrowingOffered(query, dayIn(now, timeZone)) : [],
    rows: page.rows.map(rowOf),
    whenEmpty: whyEmpty === undefined ? '' : emptyWords(lists[query.which], whyEmpty),
    range: page.label,
    buttons: [
      ...(whyEmpty?.kind === 'filtered-out'
        ? [action('Show everything', { verb: 'list-requests', ...withoutNarrowing(query), status: 'any', page: 1 })]
        : []),
      ...(decidesHere && query.which === 'to-decide' ? decideSeveral(page.rows, labels, timeZone) : []),
      ...page.buttons,
    ],
    command: `requests ${tabTitles[query.which].toLowerCase()} ${narrowingWords(query)}`.trim(),
  });
};
