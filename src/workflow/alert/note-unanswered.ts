import type { Alert } from '../../core/alert/alert.ts';
import { deliveryOf } from './raise-alerts.ts';
import type { Desk } from '../desk.ts';

const whatNow =
  'Teams did not take the answer to your last message or button press. What you sent or decided may already be recorded. Check with: requests';

const alert: Alert = {
  step: 'created',
  title: 'An answer could not be sent',
  severity: undefined,
  facts: [{ label: 'What now', text: whatNow }],
  words: '',
  rows: [],
  reference: undefined,
  exemptionId: undefined,
};

/** Keeps in `status` that somebody got no answer, and why. **Send again** posts there what to do now, in a channel only if it is subscribed. */
export const noteUnanswered = async (desk: Desk, conversationId: string, why: string): Promise<void> => {
  const delivery = deliveryOf(desk, conversationId, alert);
  await desk.database.transaction(async (store) => {
    await store.alerts.addDeliveries([delivery], desk.now());
    await store.alerts.close([delivery.id], 'undeliverable', desk.now(), `An answer could not be sent. ${why}`);
  });
};
