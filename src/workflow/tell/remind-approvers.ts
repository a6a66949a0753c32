import { isRefusal } from '../../core/governance-error.ts';
import { awaitsApproval } from '../../core/request/request.ts';
import { requestNamed } from '../record/change-request.ts';
import type { Desk } from '../desk.ts';
import { viewRequest } from './view-request.ts';

/** Posts the card of a waiting request again where approvers were asked, so that it is the latest message; they can decide on either copy. */
export const remindApprovers = async (desk: Desk, reference: string, conversationId: string): Promise<void> => {
  const request = await requestNamed(desk, reference);
  const conversation = await desk.database.conversations.find(conversationId);
  if (!awaitsApproval(request) || conversation === undefined) return;
  const view = await viewRequest(desk, request);
  try {
    const message = {
      kind: 'request',
      view,
      audience: 'approvers',
      reader: conversation.objectId,
      reminder: true,
    } as const;
    const posted = await desk.notifier.post(conversation, message);
    if (posted !== undefined) await desk.database.postedCards.add({ ...posted, reference, audience: 'approvers' });
  } catch (error) {
    if (!isRefusal(error)) throw error;
  }
};
