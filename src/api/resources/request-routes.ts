import { z } from 'zod';
import { actorName } from '../../core/person.ts';
import { requestStatuses } from '../../core/request/request-status.ts';
import { referencePattern } from '../../core/request/request.ts';
import { listRequests } from '../../workflow/tell/list-requests.ts';
import { requestInSight } from '../../workflow/tell/view-request.ts';
import { route } from '../route.ts';
import { requestShape, shownRequest } from './request-shape.ts';
import { cursor, instant, listed, pageOf } from './shapes.ts';

export const byReference = z.object({
  reference: z
    .string()
    .max(20)
    .transform((text) => text.toUpperCase())
    .pipe(z.string().regex(referencePattern)),
});

const ledgerRow = z.object({
  sequence: z.number().int(),
  hash: z.string(),
  at: instant,
  event: z.string(),
  actor: z.object({ kind: z.enum(['person', 'job']), id: z.string(), name: z.string() }),
  from: z.string().nullable(),
  to: z.string().nullable(),
  text: z.string(),
  facts: z.record(z.string(), z.string()),
});

export const listOfRequests = route({
  method: 'GET',
  path: '/requests',
  name: 'listRequests',
  summary: 'The requests that the caller may see: all, their own, or those that they may decide',
  needs: 'read',
  guests: 'reads',
  isList: true,
  query: cursor.extend({
    which: z.enum(['all', 'mine', 'to-decide']).default('all'),
    status: z.enum(requestStatuses).optional(),
  }),
  status: 200,
  answer: pageOf(requestShape),
  run: async (desk, { asker, query, page }) => {
    const found = await listRequests(desk, asker, { which: query.which, status: query.status, page });
    return listed(found.page, (each) => shownRequest(desk, each));
  },
});

export const oneRequest = route({
  method: 'GET',
  path: '/requests/{reference}',
  name: 'showRequest',
  summary: 'One request that the caller may see',
  needs: 'read',
  guests: 'reads',
  params: byReference,
  status: 200,
  answer: requestShape,
  run: async (desk, { asker, params }) => {
    const { request } = await requestInSight(desk, asker, params.reference);
    return { body: shownRequest(desk, request) };
  },
});

export const ledgerOfRequest = route({
  method: 'GET',
  path: '/requests/{reference}/ledger',
  name: 'readLedger',
  summary: 'What the ledger records about one request, oldest first, with the hashes of its rows',
  needs: 'read',
  guests: 'reads',
  params: byReference,
  status: 200,
  answer: z.object({ items: z.array(ledgerRow) }),
  run: async (desk, { asker, params }) => {
    const { request } = await requestInSight(desk, asker, params.reference);
    const items: z.input<typeof ledgerRow>[] = [];
    for await (const rows of desk.database.ledger.read({ references: [request.reference] }))
      for (const { sequence, hash, at, event, actor, from, to, text, facts } of rows)
        items.push({
          ...{ sequence, hash, at: at.toISOString(), event, text, facts: { ...facts } },
          actor: {
            kind: actor.kind,
            id: actor.kind === 'person' ? actor.person.objectId : actor.name,
            name: actorName(actor),
          },
          from: from ?? null,
          to: to ?? null,
        });
    return { body: { items } };
  },
});
