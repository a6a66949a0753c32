import type { Action } from '../../cards/actions.ts';
import { cleanupCard } from '../../cards/exemption/cleanup-card.ts';
import { messageCard } from '../../cards/message-card.ts';
import type { CleanupKind } from '../../core/inventory/cleanup.ts';
import type { Desk } from '../../workflow/desk.ts';
import { orderCleanup } from '../../workflow/inventory/order-cleanup.ts';
import { planCleanup } from '../../workflow/inventory/plan-cleanup.ts';
import type { Outcome } from '../outcome.ts';
import type { Turn } from '../turn.ts';

/** For whoever asked alone: it follows their own rights. */
export const dryRun = async (desk: Desk, turn: Turn, kinds: readonly CleanupKind[]): Promise<Outcome> => {
  const { plan, ...found } = await planCleanup(desk, turn.person, kinds);
  return {
    kind: 'private',
    outcome: { kind: 'card', card: cleanupCard({ ...found, planId: plan.id, timeZone: desk.timeZone }) },
    pointer: 'I answered in our personal chat.',
  };
};

export const cleanUpAction = async (
  desk: Desk,
  turn: Turn,
  { plan }: Extract<Action, { verb: 'clean-up' }>,
): Promise<Outcome> => {
  const { items } = await orderCleanup(desk, turn.person, plan);
  const text = `${items.length} exemptions are looked at once more and then deleted. You hear the result here.`;
  return { kind: 'replace', card: messageCard({ title: 'Cleaning up', text, buttons: [] }) };
};
