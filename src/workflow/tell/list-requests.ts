import { readAssessments, writeExemptions } from '../../core/access/access.ts';
import type { ListName, WhyEmpty } from '../../core/access/why-empty.ts';
import { mostCounted, readPage, takePage, type ListPage } from '../../core/list-page.ts';
import { scopeLabel } from '../../core/tenant/hierarchy.ts';
import { scopeFilter } from '../../core/tenant/scope-filter.ts';
import type { RequestQuestion, RequestsInSight } from '../../core/request/listed-requests.ts';
import type { ExemptionRequest } from '../../core/request/request.ts';
import type { RequestStatus } from '../../core/request/request-status.ts';
import type { Desk } from '../desk.ts';
import { findLentRightsForShow } from '../rights/find-lent-rights.ts';
import { findWhyEmpty, readingFor } from '../rights/find-why-empty.ts';
import { couldWrite } from '../rights/may-decide.ts';
import { takeViewpoint, type Asker, type Viewpoint } from '../rights/take-viewpoint.ts';

type WhichRequests = 'mine' | 'to-decide' | 'all';

export type WantedRequests = {
  readonly which: WhichRequests;
  /** Undefined: of any status. */
  readonly status: RequestStatus | undefined;
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

/** Who may decide is known here and not in the database, so those that wait are looked at one portion after another. */
async function* decidable(
  { database }: Desk,
  question: RequestQuestion,
  could: (request: ExemptionRequest) => boolean,
): AsyncGenerator<ExemptionRequest, void> {
  for (let after: ExemptionRequest | undefined; ;) {
    const portion = await database.requests.page(question, { most: lookedAtTogether, after });
    yield* portion.filter(could);
    if (portion.length < lookedAtTogether) return;
    after = portion.at(-1);
  }
}

type Source = {
  readonly page: (question: RequestQuestion, number: number) => Promise<ListPage<ExemptionRequest>>;
  readonly count: (question: RequestQuestion) => Promise<number>;
};

const counted = ({ database: { requests } }: Desk): Source => ({
  page: (question, number) =>
    readPage(
      {
        count: (most) => requests.count(question, most),
        read: (skip, most) => requests.page(question, { skip, most }),
      },
      number,
    ),
  count: (question) => requests.count(question, mostCounted),
});

const toDecide = (desk: Desk, could: (request: ExemptionRequest) => boolean): Source => ({
  page: (question, number) => takePage(decidable(desk, question, could), number),
  count: async (question) => {
    let found = 0;
    for await (const _ of decidable(desk, question, could)) found += 1;
    return found;
  },
});

/** What a list of requests may show there. */
export const requestsInSight = (viewpoint: Viewpoint, asker: Asker): RequestsInSight => ({
  scopes: scopeFilter(viewpoint),
  own: asker.channelId === undefined ? asker.person : undefined,
});

/**
 * Requests that the asker may see, newest first, a page of them: their own, those that wait for approvers like them, or all; of one status, or of
 * any. Or why there are none.
 */
export const listRequests = (desk: Desk, asker: Asker, wanted: WantedRequests): Promise<RequestList> =>
  readingFor(lists[wanted.which], () => list(desk, asker, wanted));

const list = async (desk: Desk, asker: Asker, { which, status, page }: WantedRequests): Promise<RequestList> => {
  const { person } = asker;
  const [viewpoint, lent] = await Promise.all([
    takeViewpoint(desk, asker),
    which === 'to-decide' ? findLentRightsForShow(desk, person) : [],
  ]);
  const { hierarchy, access } = viewpoint;
  const ofAnyStatus: RequestQuestion = {
    inSight: requestsInSight(viewpoint, asker),
    ...(which === 'mine' ? { requester: person } : {}),
    ...(which === 'to-decide' ? { leftTo: person } : {}),
  };
  const could = (request: ExemptionRequest): boolean => couldWrite(access, request, hierarchy, lent);
  const source = which === 'to-decide' ? toDecide(desk, could) : counted(desk);
  const shown = await source.page(status === undefined ? ofAnyStatus : { ...ofAnyStatus, statuses: [status] }, page);
  const labels = new Map(
    shown.rows.map((each) => [
      each.reference,
      each.terms.scopes.map((scope) => scopeLabel(scope, hierarchy)).join(', '),
    ]),
  );
  const action = which === 'to-decide' ? writeExemptions : readAssessments;
  const whyEmpty = async (): Promise<WhyEmpty> => {
    const without = status === undefined ? 0 : await source.count(ofAnyStatus);
    const why = await findWhyEmpty(desk, person, viewpoint, action, without);
    // Somebody's own requests are known whatever Azure shows.
    return which === 'mine' && why.kind === 'could-not-read' ? { kind: 'nothing-there' } : why;
  };
  return { page: shown, labels, viewpoint, whyEmpty: shown.found > 0 ? undefined : await whyEmpty() };
};
