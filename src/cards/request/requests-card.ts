import { emptyWords } from '../../core/access/empty-words.ts';
import type { ListName, WhyEmpty } from '../../core/access/why-empty.ts';
import { formatDay } from '../../core/calendar.ts';
import type { ListPage } from '../../core/list-page.ts';
import type { ExemptionRequest } from '../../core/request/request.ts';
import type { RequestStatus } from '../../core/request/request-status.ts';
import { statusWords } from '../../core/request/status-words.ts';
import type { RequestQuery } from '../actions.ts';
import { action } from '../card-action.ts';
import type { Card } from '../render-card.ts';
import { listCard, type ListRow } from '../list-card.ts';
import { pageRead } from '../page-of.ts';
import { shortened } from '../../core/visible-text.ts';
import { statusMark } from '../wording.ts';

export type RequestsCardInput = {
  /** One page of the requests that were found, newest first. */
  readonly page: ListPage<ExemptionRequest>;
  /** The names of the scopes of each request, by its reference. */
  readonly labels: ReadonlyMap<string, string>;
  readonly query: RequestQuery;
  /** Why there is none; undefined if there is one. */
  readonly whyEmpty: WhyEmpty | undefined;
  readonly note: string;
  readonly timeZone: string;
};

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

/** Requests of one kind, ten a page. */
export const requestsCard = ({ page: read, labels, query, whyEmpty, note, timeZone }: RequestsCardInput): Card => {
  const page = pageRead(read, (number) => ({ verb: 'list-requests', ...query, page: number }));
  const rowOf = (request: ExemptionRequest): ListRow => ({
    title: `${request.reference} · ${shortened(request.terms.recommendation.title, 120)}`,
    mark: statusMark(request),
    detail: [
      shortened(request.requester.name, 40),
      shortened(labels.get(request.reference) ?? '', 60),
      `requested ${formatDay(request.createdAt, timeZone)}`,
    ]
      .filter((part) => part !== '')
      .join(' · '),
    open: { verb: 'show-request', reference: request.reference },
  });
  return listCard({
    title: titles[query.which],
    covers: [covers[query.which], ...(query.status === 'any' ? [] : [labelOf(query.status)])].join(', only '),
    note,
    tabs: (['mine', 'to-decide', 'all'] as const).map((which) => ({
      title: tabTitles[which],
      current: which === query.which,
      open: { verb: 'list-requests', which, status: query.status, page: 1 },
    })),
    rows: page.rows.map(rowOf),
    whenEmpty: whyEmpty === undefined ? '' : emptyWords(lists[query.which], whyEmpty),
    range: page.label,
    buttons: [
      ...(whyEmpty?.kind === 'filtered-out'
        ? [action('Show everything', { verb: 'list-requests', ...query, status: 'any', page: 1 })]
        : []),
      ...page.buttons,
    ],
    command: `requests ${tabTitles[query.which].toLowerCase()}`,
  });
};
