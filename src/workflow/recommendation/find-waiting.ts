import { mostCounted } from '../../core/list-page.ts';
import type { ExemptionRequest } from '../../core/request/request.ts';
import { scopeLabel } from '../../core/tenant/hierarchy.ts';
import { firstFew } from '../../core/first-few.ts';
import type { Desk } from '../desk.ts';
import { requestsInSight } from '../rights/requests-in-sight.ts';
import type { Asker, Viewpoint } from '../rights/take-viewpoint.ts';

/** So many requests are named; the others are counted. */
const named = 3;

export type WaitingRequests = {
  /** How many there are. */
  readonly found: number;
  /** The newest of them, each with the names of its scopes. */
  readonly rows: readonly { readonly request: ExemptionRequest; readonly places: string }[];
};

/** The requests for a recommendation that wait for a decision and that the asker may see, newest first. */
export const findWaitingFor = async (
  { database }: Pick<Desk, 'database'>,
  asker: Asker,
  viewpoint: Viewpoint,
  recommendationKey: string,
): Promise<WaitingRequests> => {
  const question = { inSight: requestsInSight(viewpoint, asker), isWaiting: true, recommendationKey };
  const rows = await database.requests.page(question, { most: named });
  const found = rows.length < named ? rows.length : await database.requests.count(question, mostCounted);
  return {
    found,
    rows: rows.map((request) => ({
      request,
      places: firstFew(
        request.terms.scopes.map((scope) => scopeLabel(scope, viewpoint.hierarchy)),
        3,
      ),
    })),
  };
};
