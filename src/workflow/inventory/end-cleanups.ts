import type { Message } from '../../core/chat/notifier.ts';
import { withoutThread } from '../../core/chat/conversation.ts';
import {
  deletedOutcome,
  deletingOutcome,
  isRevocation,
  type CleanupItem,
  type CleanupPlan,
} from '../../core/inventory/cleanup.ts';
import { firstFew } from '../../core/first-few.ts';
import { GovernanceError, isRefusal } from '../../core/governance-error.ts';
import type { Actor } from '../../core/person.ts';
import { nameOf, sameId } from '../../core/tenant/arm-id.ts';
import { tellPerson } from '../alert/tell-person.ts';
import { attemptAll } from '../attempt-all.ts';
import type { Desk } from '../desk.ts';
import { readOnlyNow } from '../heed-read-only.ts';

const actor: Actor = { kind: 'job', name: 'end-cleanups' };

/** Longer than the longest pause between two attempts of its job. */
const abandonedAfterMs = 20 * 60_000;
const reasonsShown = 5;

const unanswered = 'Azure did not answer, so it was not deleted.';
const unknown = 'Azure did not say whether it was deleted.';

const outcomeOf = ({ outcomes }: CleanupPlan, { exemptionId }: CleanupItem): string | undefined =>
  Object.entries(outcomes).find(([id]) => sameId(id, exemptionId))?.[1];

/** "12 deleted, 1 left: name: Its expiry date has changed." */
const resultOf = (plan: CleanupPlan): string => {
  const all = plan.items.map((item) => ({ item, outcome: outcomeOf(plan, item) ?? unanswered }));
  const left = all.filter(({ outcome }) => outcome !== deletedOutcome);
  const count = all.length - left.length;
  if (left.length === 0) return `${count} deleted.`;
  const reasons = left
    .slice(0, reasonsShown)
    .map(
      ({ item, outcome }) => `${nameOf(item.exemptionId)}: ${outcome.startsWith(deletingOutcome) ? unknown : outcome}`,
    );
  const more = left.length > reasonsShown ? ` And ${left.length - reasonsShown} more.` : '';
  return `${count} deleted, ${left.length} left: ${reasons.join(' ')}${more}`;
};

/** The card on which it was ordered may be gone, or may stand in a chat that is. */
const updateCard = async (
  desk: Desk,
  { card }: CleanupPlan,
  notice: Omit<Extract<Message, { kind: 'notice' }>, 'kind'>,
): Promise<void> => {
  const place = card && (await desk.database.conversations.find(withoutThread(card.conversationId)));
  if (card === undefined || place === undefined) return;
  try {
    await desk.notifier.update(place, card, { kind: 'notice', ...notice });
  } catch (error) {
    if (!isRefusal(error)) throw error;
  }
};

const cleanupWords = {
  deed: 'Clean-up',
  done: 'Cleaned up',
  again: 'To try the rest again, send: cleanup',
} as const;
const revocationWords = {
  deed: 'Revocation',
  again: 'To try the rest again, open its card: exemptions outside',
} as const;

/** Tells whoever ordered a clean-up what became of it, in their chat and on the card. Safe to repeat. */
const tellEnd = async (desk: Desk, plan: CleanupPlan, gaveUp: boolean): Promise<void> => {
  const names = plan.items.map(({ exemptionId }) => nameOf(exemptionId));
  const { deed, done, again } = isRevocation(plan)
    ? { ...revocationWords, done: `Revocation of ${firstFew(names, 1)}` }
    : cleanupWords;
  const text = gaveUp
    ? `${deed} given up, because Azure did not answer for too long: ${resultOf(plan)} ${again}`
    : `${done}: ${resultOf(plan)}`;
  await updateCard(desk, plan, { title: `${deed} ${gaveUp ? 'given up' : 'finished'}`, text });
  const news = { about: `clean-up ${plan.id}`, reference: undefined, step: 'told result', text } as const;
  await tellPerson(desk, plan.askerId, news);
};

/** Says on the card how far it has come: "12 of 40 deleted". Whatever Teams says to that does not hold it up: the end is said in any case. */
export const sayProgress = async (desk: Desk, plan: CleanupPlan): Promise<void> => {
  const outcomes = plan.items.map((item) => outcomeOf(plan, item));
  const deleted = outcomes.filter((outcome) => outcome === deletedOutcome).length;
  const left =
    outcomes.filter((outcome) => outcome !== undefined && !outcome.startsWith(deletingOutcome)).length - deleted;
  const { deed } = isRevocation(plan) ? revocationWords : cleanupWords;
  const of = plan.items.length;
  const text = `${deleted} of ${of} deleted${left === 0 ? '' : `, ${left} left`}.`;
  try {
    const progress = of < 2 ? {} : { progress: { done: deleted, of } };
    await updateCard(desk, plan, { title: `${deed} under way`, text, ...progress });
  } catch (error) {
    if (!(error instanceof GovernanceError)) throw error;
  }
};

/** Ends a clean-up that has done all it could. */
export const finishCleanup = async (desk: Desk, plan: CleanupPlan): Promise<void> => {
  await tellEnd(desk, plan, false);
  await desk.database.cleanups.end(plan.id, desk.now(), false);
};

const giveUp = async (desk: Desk, plan: CleanupPlan): Promise<void> => {
  const left = plan.items.filter((item) => outcomeOf(plan, item)?.startsWith(deletingOutcome) ?? true);
  await tellEnd(desk, plan, left.length > 0);
  await desk.database.transaction(async (store) => {
    for (const { exemptionId } of left)
      await store.ledger.append({
        at: desk.now(),
        actor,
        reference: undefined,
        event: 'exemption-left',
        from: undefined,
        to: undefined,
        text: '',
        facts: { cleanup: plan.id, exemption: exemptionId, why: 'given-up' },
      });
    await store.claims.release(`cleanup ${plan.id}`);
    await store.cleanups.end(plan.id, desk.now(), left.length > 0);
  });
};

/** Ends the clean-ups on which no job works any more; not while jobs wait for permission to write. */
export const endCleanups = async (desk: Desk): Promise<void> => {
  const { cleanups } = desk.database;
  const now = desk.now();
  const abandoned = await cleanups.abandoned(new Date(now.getTime() - abandonedAfterMs));
  if (abandoned.length === 0) return;
  const waits = (await readOnlyNow(desk)) !== undefined;
  // Its job has time to begin once it may write again.
  await attemptAll(abandoned.map((plan) => () => (waits ? cleanups.noteTry(plan.id, now) : giveUp(desk, plan))));
};
