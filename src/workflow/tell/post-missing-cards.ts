import type { Conversation } from '../../core/chat/conversation.ts';
import type { RequestQuestion } from '../../core/request/listed-requests.ts';
import type { ExemptionRequest } from '../../core/request/request.ts';
import { everything } from '../../core/tenant/hierarchy.ts';
import { scopeFilter } from '../../core/tenant/scope-filter.ts';
import type { Desk } from '../desk.ts';

const requestsAtOnce = 100;

/** The pending requests whose card belongs into a channel: those on scopes that it is subscribed to. */
const ofChannel = async (desk: Desk, { id }: Conversation): Promise<RequestQuestion[]> => {
  const subscriptions = await desk.database.subscriptions.of([id]);
  const approvals = subscriptions.filter(({ kind }) => kind === 'approvals');
  if (approvals.length === 0) return [];
  const hierarchy = await desk.hierarchy();
  return [...Map.groupBy(approvals, ({ filter }) => filter.recommendation?.key)].map(([key, those]) => {
    const sight = { scopes: those.map(({ scope }) => scope), hidden: [], hierarchy };
    return {
      inSight: { scopes: scopeFilter(sight), own: undefined },
      withoutCardIn: { conversationId: id, audience: 'approvers' },
      ...(key === undefined ? {} : { recommendationKey: key }),
    };
  });
};

/** Into a personal chat belong the cards of somebody's own requests, and of those that name them as an approver. */
const ofPerson = async (desk: Desk, chat: Conversation, objectId: string): Promise<RequestQuestion[]> => {
  const hierarchy = await desk.hierarchy();
  const inSight = { scopes: scopeFilter({ scopes: [everything], hidden: [], hierarchy }), own: undefined };
  const missing = (audience: 'approvers' | 'requester') => ({ conversationId: chat.id, audience });
  const person = { objectId, tenantId: chat.tenantId, name: '' };
  return [
    { inSight, requester: person, withoutCardIn: missing('requester') },
    { inSight, namedApprover: objectId, withoutCardIn: missing('approvers') },
  ];
};

/** Has the cards of pending requests posted that are missing in a place where something can be posted again. Safe to repeat. */
export const postMissingCards = async (desk: Desk, conversationId: string): Promise<void> => {
  const place = await desk.database.conversations.find(conversationId);
  if (place === undefined) return;
  const questions =
    place.objectId === undefined ? await ofChannel(desk, place) : await ofPerson(desk, place, place.objectId);
  for (const question of questions)
    for (let after: ExemptionRequest | undefined; ;) {
      const missing = await desk.database.requests.page(
        { ...question, statuses: ['pending'] },
        { most: requestsAtOnce, after },
      );
      after = missing.at(-1);
      if (after === undefined) break;
      await desk.database.transaction(async (store) => {
        for (const { reference } of missing) await store.jobs.send('publish-request', { reference });
      });
    }
};
