import { exemptFromAssignment, readAssessments, scopesGranted, writeExemptions } from '../../core/access/access.ts';
import type { ListName, WhyEmpty } from '../../core/access/why-empty.ts';
import { mostCounted, readPage, takePage, type ListPage } from '../../core/list-page.ts';
import { placesOf } from '../../core/plan/decided-together.ts';
import { everything } from '../../core/tenant/hierarchy.ts';
import { scopeFilter, type ScopeReach } from '../../core/tenant/scope-filter.ts';
import {
  usualSort,
  type RequestFilter,
  type RequestQuestion,
  type RequestSort,
  type WhichRequests,
  type WritableIn,
} from '../../core/request/listed-requests.ts';
import type { ExemptionRequest } from '../../core/request/request.ts';
import type { RequestStatus } from '../../core/request/request-status.ts';
import type { Desk } from '../desk.ts';
import { findLentRightsForShow } from '../rights/find-lent-rights.ts';
import { findWhyEmpty, readingFor } from '../rights/find-why-empty.ts';
import { couldWrite } from '../rights/may-decide.ts';
import { requestsInSight } from '../rights/requests-in-sight.ts';
import { takeViewpoint, type Asker, type Viewpoint } from '../rights/take-viewpoint.ts';

export type WantedRequests = {
  readonly which: WhichRequests;
  /** Undefined: of any status. */
  readonly status: RequestStatus | undefined;
  /** Undefined: nothing narrows it further. */
  readonly filter?: RequestFilter | undefined;
  /** Undefined: `usualSort`. */
  readonly sort?: RequestSort | undefined;
  readonly page: number;
};

export type RequestList = {
  readonly page: ListPage<ExemptionRequest>;
  /** The names of the scopes of each request on the page, by its reference. */
  readonly labels: ReadonlyMap<string, string>;
  readonly viewpoint: Viewpoint;
  /** Undefined unless it is empty. */
  readonly whyEmpty: WhyEmpty | undefined;
};

const lists: Readonly<Record<WhichRequests, ListName>> = {
  mine: 'my requests',
  'to-decide': 'requests to decide',
  all: 'all requests',
};

const lookedAtTogether = 100;

/** What is denied is known here and not in the database, so what it finds is looked at, one portion after another, as far as the page. */
async function* decidable(
  { database }: Desk,
  question: RequestQuestion,
  could: (request: ExemptionRequest) => boolean,
  sort?: RequestSort,
): AsyncGenerator<ExemptionRequest, void> {
  for (let after: ExemptionRequest | undefined; ;) {
    const portion = await database.requests.page(question, { most: lookedAtTogether, after, sort });
    yield* portion.filter(could);
    if (portion.length < lookedAtTogether) return;
    after = portion.at(-1);
  }
}

type Source = {
  readonly page: (question: RequestQuestion, number: number) => Promise<ListPage<ExemptionRequest>>;
  readonly count: (question: RequestQuestion) => Promise<number>;
};

const counted = ({ database: { requests } }: Desk, sort: RequestSort | undefined): Source => ({
  page: (question, number) =>
    readPage(
      {
        count: (most) => requests.count(question, most),
        read: (skip, most) => requests.page(question, { skip, most, sort }),
      },
      number,
    ),
  count: (question) => requests.count(question, mostCounted),
});

const toDecide = (
  desk: Desk,
  could: (request: ExemptionRequest) => boolean,
  sort: RequestSort | undefined,
): Source => ({
  page: (question, number) => takePage(decidable(desk, question, could, sort), number),
  count: async (question) => {
    let found = 0;
    for await (const _ of decidable(desk, question, could)) if ((found += 1) === mostCounted) break;
    return found;
  },
});

/** Where somebody could write the exemptions of a request, as far as a database can tell. */
const writableBy = ({ access, hierarchy }: Viewpoint, lent: readonly string[]): WritableIn => {
  const reachOf = (action: string): ScopeReach =>
    scopeFilter({
      scopes: lent.includes(action) ? [everything] : scopesGranted(access, action, hierarchy),
      hidden: [],
      hierarchy,
    }).shown;
  return { exemptions: reachOf(writeExemptions), assignments: reachOf(exemptFromAssignment) };
};

/**
 * Requests that the asker may see, sorted, a page of them: their own, those that wait for approvers like them, or all; of one status or of any,
 * and what a filter leaves of them. Or why there are none.
 */
export const listRequests = (desk: Desk, asker: Asker, wanted: WantedRequests): Promise<RequestList> =>
  readingFor(lists[wanted.which], () => list(desk, asker, wanted));

/** What somebody may see of a list before anything narrows it, and where its rows come from. */
const wholeList = async (desk: Desk, asker: Asker, which: WhichRequests, sort?: RequestSort) => {
  const { person } = asker;
  const [viewpoint, lent] = await Promise.all([
    takeViewpoint(desk, asker),
    which === 'to-decide' ? findLentRightsForShow(desk, person) : [],
  ]);
  const { hierarchy, access } = viewpoint;
  const question: RequestQuestion = {
    inSight: requestsInSight(viewpoint, asker),
    ...(which === 'mine' ? { requester: person } : {}),
    ...(which === 'to-decide' ? { leftTo: person, couldBeWrittenIn: writableBy(viewpoint, lent) } : {}),
  };
  const could = (request: ExemptionRequest): boolean => couldWrite(access, request, hierarchy, lent);
  return { viewpoint, question, source: which === 'to-decide' ? toDecide(desk, could, sort) : counted(desk, sort) };
};

/** How many requests a list has that nothing narrows; counts no further than to `mostCounted`. */
export const countRequests = async (desk: Desk, asker: Asker, which: WhichRequests): Promise<number> => {
  const { question, source } = await wholeList(desk, asker, which);
  return source.count(question);
};

const list = async (desk: Desk, asker: Asker, wanted: WantedRequests): Promise<RequestList> => {
  const { which, status, filter, sort = usualSort(wanted.which), page } = wanted;
  const { person } = asker;
  const { viewpoint, question: unfiltered, source } = await wholeList(desk, asker, which, sort);
  const { hierarchy } = viewpoint;
  const narrows =
    status !== undefined || Object.values(filter ?? {}).some((each) => each !== undefined && each !== false);
  const question = {
    ...unfiltered,
    ...(status === undefined ? {} : { statuses: [status] }),
    ...(filter === undefined ? {} : { filter }),
  };
  const shown = await source.page(question, page);
  const labels = new Map(shown.rows.map((each) => [each.reference, placesOf(each, hierarchy)]));
  const action = which === 'to-decide' ? writeExemptions : readAssessments;
  const whyEmpty = async (): Promise<WhyEmpty> => {
    const without = narrows ? await source.count(unfiltered) : 0;
    const why = await findWhyEmpty(desk, person, viewpoint, action, without);
    // Somebody's own requests are known whatever Azure shows.
    return which === 'mine' && why.kind === 'could-not-read' ? { kind: 'nothing-there' } : why;
  };
  return { page: shown, labels, viewpoint, whyEmpty: shown.found > 0 ? undefined : await whyEmpty() };
};
