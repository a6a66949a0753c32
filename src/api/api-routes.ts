import { approve, reject, withdraw } from './resources/decision-routes.ts';
import { claim, newDraft, oneDraft, submit } from './resources/draft-routes.ts';
import { listOfExemptions, oneExemption } from './resources/exemption-routes.ts';
import { listOfRecommendations, oneRecommendation } from './resources/recommendation-routes.ts';
import { oneReport } from './resources/report-routes.ts';
import { ledgerOfRequest, listOfRequests, oneRequest } from './resources/request-routes.ts';
import type { Route } from './route.ts';

/** The table of contents: every operation of the interface. */
export const apiRoutes: readonly Route[] = [
  listOfRecommendations,
  oneRecommendation,
  listOfExemptions,
  oneExemption,
  listOfRequests,
  oneRequest,
  ledgerOfRequest,
  oneReport,
  newDraft,
  oneDraft,
  claim,
  submit,
  approve,
  reject,
  withdraw,
];
