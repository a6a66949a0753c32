import { sameId } from '../../core/tenant/arm-id.ts';
import {
  deletedOutcome as deleted,
  deletingOutcome as deleting,
  type CleanupItem,
  type CleanupPlan,
} from '../../core/inventory/cleanup.ts';
import { isExpired, type Exemption } from '../../core/exemption/exemption.ts';
import { isRefusal } from '../../core/governance-error.ts';
import type { Actor } from '../../core/person.ts';
import { claimKey, claimedBy } from '../../core/request/exemption-claims.ts';
import { endInAzure } from '../../core/request/request.ts';
import { afresh } from '../afresh.ts';
import type { Desk } from '../desk.ts';
import { finishCleanup, sayProgress } from './end-cleanups.ts';
import { cleanupKindOf } from './plan-cleanup.ts';
import { fingerprintOf } from './revocable-outside.ts';
import { mapPolicies, type PolicyMap } from '../plan/map-policies.ts';
import { noteGone } from '../record/note-gone.ts';
import { everySomeSeconds } from '../record/tell-progress.ts';
import { whoHas } from '../record/settle-claims.ts';

const actor: Actor = { kind: 'job', name: 'clean-up' };
const alreadyDeleted = 'It was already deleted.';
const silenceMs = 60 * 60_000;

/** What changed about an exemption since the dry run, or since its card was shown; undefined for nothing. */
const changedSince = async (
  desk: Desk,
  map: PolicyMap,
  { kind, expiresAt, revocation }: CleanupItem,
  found: Exemption,
): Promise<string | undefined> => {
  if (found.managedBy !== undefined) return `${found.managedBy} manages it now.`;
  if (kind === 'revoked')
    return revocation?.fingerprint === fingerprintOf(desk, found) ? undefined : 'It was changed in the meantime.';
  if (found.expiresAt?.toISOString() !== expiresAt) return 'Its expiry date has changed.';
  if (cleanupKindOf(found, map, await desk.hierarchy(), desk.now()) === kind) return undefined;
  return kind === 'expired' ? 'It is in force again.' : 'Its policy assignment exists again.';
};

/** Longer than one deletion takes. After this time nobody waits any more for a cleanup that has died. */
export const reservedMs = 10 * 60_000;

/** The name under which the exemptions of a plan are claimed. */
export const claimantOf = ({ id }: CleanupPlan): string => `cleanup ${id}`;

/** Keeps everybody else from writing there meanwhile. Why the exemption must stay, as a sentence; undefined: it may be deleted. */
const whyItStays = async (desk: Desk, plan: CleanupPlan, { exemptionId, kind }: CleanupItem) => {
  const { claims, requests } = desk.database;
  const [at, key, by] = [desk.now(), claimKey(exemptionId), claimantOf(plan)];
  const isReserved = await claims.reserve({ key, slot: 'successor', by }, at, new Date(at.getTime() + reservedMs));
  const others = (await claims.of([key], at)).filter((claim) => claim.by !== by);
  const successor = others.find(({ slot }) => slot === 'successor');
  if (successor !== undefined) return whoHas(desk.database, successor);
  if (!isReserved) return 'Somebody else has just asked for it.';
  const [holder] = others;
  const request = holder === undefined ? undefined : await requests.find(holder.by);
  const isOver = request === undefined || isExpired({ expiresAt: endInAzure(request) }, at);
  return kind === 'orphaned' || isOver ? undefined : claimedBy({ key, slot: 'holder' }, request);
};

type Attempt = {
  /** The hash that an earlier run recorded before deleting. */
  readonly begun: string | undefined;
  readonly begin: (before: string) => Promise<void>;
};

/** Deletes one exemption after reading it again. `before` is undefined if it was already gone. */
const cleanOne = async (
  desk: Desk,
  map: PolicyMap,
  item: CleanupItem,
  stays: string | undefined,
  { begun, begin }: Attempt,
): Promise<{ readonly outcome: string; readonly before?: string }> => {
  const found = await desk.exemptions.read(item.exemptionId);
  const snapshot = await desk.exemptions.snapshot(item.exemptionId);
  if (found === undefined || snapshot === undefined)
    return begun === undefined ? { outcome: alreadyDeleted } : { outcome: deleted, before: begun };
  const change = stays ?? (await changedSince(desk, map, item, found));
  if (change !== undefined) return { outcome: change };
  await begin(desk.hash(snapshot));
  try {
    await desk.exemptions.remove(item.exemptionId);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return { outcome: error.message };
  }
  return { outcome: deleted, before: desk.hash(snapshot) };
};

const cleanAll = async (given: Desk, plan: CleanupPlan): Promise<CleanupPlan['outcomes']> => {
  const desk = afresh(given);
  const map = await mapPolicies(desk);
  let { outcomes } = plan;
  // The person who ordered it is told the result, and the sweep tells whoever heard of the exemptions.
  const until = new Date(desk.now().getTime() + silenceMs);
  await desk.database.seen.silence(
    plan.items.map(({ exemptionId }) => exemptionId),
    until,
  );
  const progress = everySomeSeconds(desk, () => sayProgress(desk, { ...plan, outcomes }));
  for (const item of plan.items) {
    const [, known] = Object.entries(outcomes).find(([id]) => sameId(id, item.exemptionId)) ?? [];
    if (known !== undefined && !known.startsWith(deleting)) continue;
    const stays = await whyItStays(desk, plan, item);
    const { outcome, before } = await cleanOne(desk, map, item, stays, {
      begun: known?.slice(deleting.length),
      begin: async (hash) => {
        outcomes = { ...outcomes, [item.exemptionId]: `${deleting}${hash}` };
        await desk.database.cleanups.keepOutcomes(plan.id, outcomes);
      },
    });
    outcomes = { ...outcomes, [item.exemptionId]: outcome };
    if (outcome === deleted) await noteGone(desk, actor, [item.exemptionId], desk.now());
    await desk.database.transaction(async (store) => {
      await store.cleanups.keepOutcomes(plan.id, outcomes);
      await store.ledger.append({
        at: desk.now(),
        actor,
        reference: undefined,
        event: outcome === deleted ? 'exemption-cleaned' : 'exemption-left',
        from: undefined,
        to: undefined,
        text: '',
        facts: { cleanup: plan.id, exemption: item.exemptionId, ...(before === undefined ? {} : { before }) },
      });
      if (outcome === deleted || outcome === alreadyDeleted) await store.written.erase([item.exemptionId], desk.now());
      // After the ledger, which locks everybody else out who settles claims.
      await store.claims.release(claimantOf(plan));
    });
    await progress();
  }
  return outcomes;
};

/**
 * Deletes the exemptions of an ordered dry run. Each is read again right before, and left alone if it has changed since the dry run or a request
 * claims it. Safe to repeat: the outcome for each is stored at once. Throws if Azure does not answer, and the job runs again;
 * once it does no more, endCleanups says so.
 */
export const cleanUp = async (desk: Desk, cleanupId: string): Promise<void> => {
  const plan = await desk.database.cleanups.find(cleanupId);
  if (plan?.orderedAt === undefined || plan.endedAt !== undefined) return;
  await desk.database.cleanups.noteTry(cleanupId, desk.now());
  await finishCleanup(desk, { ...plan, outcomes: await cleanAll(desk, plan) });
};
