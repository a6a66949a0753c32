import { z } from 'zod';
import { approveRequest, rejectRequest, withdrawRequest } from '../../workflow/decide/decide-request.ts';
import { visibleText } from '../../core/visible-text.ts';
import { route } from '../route.ts';
import { byReference } from './request-routes.ts';
import { requestShape, shownRequest } from './request-shape.ts';

const version = z.number().int().min(0).describe('The version of the request that was read.');
const words = z.string().max(1000).transform(visibleText);

const decision = { method: 'POST', needs: 'act', params: byReference, status: 201, answer: requestShape } as const;

export const approve = route({
  ...decision,
  path: '/requests/{reference}/approve',
  name: 'approveRequest',
  summary: 'Approve a request, as somebody who could write its exemptions in Azure and did not ask for them',
  guests: 'nothing',
  body: z.object({
    version,
    scopes: z.number().int().min(1).describe('How many scopes the request has, all of which were read.'),
    comment: words.default(''),
  }),
  run: async (desk, { caller, params, body }) => {
    const { version: seen, scopes: named, comment } = body;
    const input = { reference: params.reference, version: seen, named, words: comment };
    return { body: shownRequest(desk, await approveRequest(desk, caller.person, input)) };
  },
});

export const reject = route({
  ...decision,
  path: '/requests/{reference}/reject',
  name: 'rejectRequest',
  summary: 'Reject a request, with a reason',
  guests: 'nothing',
  body: z.object({ version, reason: words }),
  run: async (desk, { caller, params, body }) => {
    const input = { reference: params.reference, version: body.version, words: body.reason };
    return { body: shownRequest(desk, await rejectRequest(desk, caller.person, input)) };
  },
});

export const withdraw = route({
  ...decision,
  path: '/requests/{reference}/withdraw',
  name: 'withdrawRequest',
  summary: 'Withdraw one’s own request, while nobody has decided it',
  guests: 'asks',
  body: z.object({ version }),
  run: async (desk, { caller, params, body }) => {
    const input = { reference: params.reference, version: body.version, words: '' };
    return { body: shownRequest(desk, await withdrawRequest(desk, caller.person, input)) };
  },
});
