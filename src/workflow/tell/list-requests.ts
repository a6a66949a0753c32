import { readAssessments, writeExemptions } from '../../core/access/access.ts';
import type { ListName, WhyEmpty } from '../../core/access/why-empty.ts';
import { scopeLabel } from '../../core/tenant/hierarchy.ts';
import { samePerson } from '../../core/person.ts';
import { awaitsApproval, type ExemptionRequest } from '../../core/request/request.ts';
import type { RequestStatus } from '../../core/request/request-status.ts';
import type { Desk } from '../desk.ts';
import { findLentRightsForShow } from '../rights/find-lent-rights.ts';
import { findWhyEmpty, readingFor } from '../rights/find-why-empty.ts';
import { couldWrite } from '../rights/may-decide.ts';
import { maySee, takeViewpoint, type Asker, type Viewpoint } from '../rights/take-viewpoint.ts';

export type WhichRequests = 'mine' | 'to-decide' | 'all';

export type RequestList = {
  readonly requests: readonly ExemptionRequest[];
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

/**
 * Requests that the asker may see, newest first: their own, those that wait for approvers like them, or all; of one status, or of any. Or why there
 * are none.
 */
export const listRequests = (
  desk: Desk,
  asker: Asker,
  which: WhichRequests,
  status?: RequestStatus,
): Promise<RequestList> => readingFor(lists[which], () => list(desk, asker, which, status));

const list = async (
  desk: Desk,
  asker: Asker,
  which: WhichRequests,
  status: RequestStatus | undefined,
): Promise<RequestList> => {
  const [all, viewpoint, lent] = await Promise.all([
    desk.database.requests.list({}),
    takeViewpoint(desk, asker),
    which === 'to-decide' ? findLentRightsForShow(desk, asker.person) : [],
  ]);
  const { hierarchy, access } = viewpoint;
  const ofAnyStatus = all
    .filter((request) => maySee(viewpoint, asker, request))
    .filter((request) => which !== 'mine' || samePerson(request.requester, asker.person))
    .filter(
      (request) =>
        which !== 'to-decide' ||
        (awaitsApproval(request) &&
          !samePerson(request.requester, asker.person) &&
          !request.approvals.some(({ by }) => samePerson(by, asker.person)) &&
          couldWrite(access, request, hierarchy, lent)),
    );
  const requests = ofAnyStatus.filter((request) => status === undefined || request.status === status);
  const labels = new Map(
    requests.map((each) => [each.reference, each.terms.scopes.map((scope) => scopeLabel(scope, hierarchy)).join(', ')]),
  );
  const action = which === 'to-decide' ? writeExemptions : readAssessments;
  const whyEmpty = async (): Promise<WhyEmpty> => {
    const why = await findWhyEmpty(desk, asker.person, viewpoint, action, ofAnyStatus.length);
    // Somebody's own requests are known whatever Azure shows.
    return which === 'mine' && why.kind === 'could-not-read' ? { kind: 'nothing-there' } : why;
  };
  return { requests, labels, viewpoint, whyEmpty: requests.length > 0 ? undefined : await whyEmpty() };
};
