import { deleteExemptions, mayDo } from '../../core/access/access.ts';
import { isOutdated, type CleanupPlan } from '../../core/inventory/cleanup.ts';
import { GovernanceError } from '../../core/governance-error.ts';
import { asPerson, type Person } from '../../core/person.ts';
import type { PostedMessage } from '../../core/chat/notifier.ts';
import { afresh } from '../afresh.ts';
import type { Desk } from '../desk.ts';
import { groupOf } from './plan-cleanup.ts';
import { recordingRefusal, recordRefusal } from '../record/record-refusal.ts';

/** The given scopes at which the roles of somebody, read live, allow deleting exemptions. Throws GovernanceError unavailable. */
const deletableAmong = async (
  desk: Desk,
  person: Person,
  scopes: readonly string[],
): Promise<(scope: string) => boolean> => {
  if (scopes.length === 0) return () => false;
  const reading = afresh(desk).hierarchy();
  const [hierarchy, access] = await Promise.all([
    reading,
    desk.forDecision(person, [...new Set(scopes.map(groupOf))], reading),
  ]);
  return (scope) => mayDo(access, deleteExemptions, scope, hierarchy);
};

const refuseUnlessDeletable = async (desk: Desk, person: Person, { items }: CleanupPlan): Promise<void> => {
  const scopes = items.map(({ scope }) => scope);
  const may = await deletableAmong(desk, person, scopes);
  if (!scopes.every(may))
    throw new GovernanceError(
      'forbidden',
      'You may no longer delete all of these, because your Azure roles have changed. For a new dry run, send: cleanup',
    );
};

/**
 * Orders the deletion of exactly the exemptions of a dry run: by the person who asked for it, within an hour, once, and only while their
 * roles, read live, allow all of it. The job deletes them, and says on the card that was pressed what became of them.
 */
export const orderCleanup = async (
  desk: Desk,
  person: Person,
  id: string,
  card?: PostedMessage,
): Promise<CleanupPlan> => {
  const plan = await desk.database.cleanups.find(id);
  const on = { facts: { cleanup: id } };
  if (plan?.askerId !== person.objectId.toLowerCase()) {
    if (plan !== undefined) await recordRefusal(desk, person, 'clean-up', on);
    // Do not reveal that the plan belongs to somebody else.
    throw new GovernanceError('not-found', 'You have no such dry run. For a new one, send: cleanup');
  }
  if (isOutdated(plan, desk.now()))
    throw new GovernanceError('conflict', 'That dry run is older than an hour. For a new one, send: cleanup');
  await recordingRefusal(desk, person, 'clean-up', on, () => refuseUnlessDeletable(desk, person, plan));
  await desk.database.transaction(async (store) => {
    if (!(await store.cleanups.order(id, desk.now(), person.name, card)))
      throw new GovernanceError('conflict', 'These are already being deleted.');
    await store.ledger.append({
      at: desk.now(),
      actor: asPerson(person),
      reference: undefined,
      event: 'cleanup-ordered',
      from: undefined,
      to: undefined,
      text: '',
      facts: { cleanup: id, count: String(plan.items.length) },
    });
    await store.jobs.send('clean-up', { cleanupId: id });
  });
  return plan;
};
