import type { RequestsInSight } from '../../core/request/listed-requests.ts';
import { scopeFilter } from '../../core/tenant/scope-filter.ts';
import type { Asker, Viewpoint } from './take-viewpoint.ts';

/** What a list of requests may show there. */
export const requestsInSight = (viewpoint: Viewpoint, asker: Asker): RequestsInSight => ({
  scopes: scopeFilter(viewpoint),
  own: asker.channelId === undefined ? asker.person : undefined,
});
