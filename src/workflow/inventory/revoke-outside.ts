import { deleteExemptions } from '../../core/access/access.ts';
import type { PostedMessage } from '../../core/chat/notifier.ts';
import type { Exemption } from '../../core/exemption/exemption.ts';
import { GovernanceError } from '../../core/governance-error.ts';
import type { CleanupPlan } from '../../core/inventory/cleanup.ts';
import type { OutsideRevoked } from '../../core/inventory/listed-exemption.ts';
import { asPerson, type Person } from '../../core/person.ts';
import { claimKey } from '../../core/request/exemption-claims.ts';
import { afresh } from '../afresh.ts';
import type { Desk } from '../desk.ts';
import { recordingRefusal } from '../record/record-refusal.ts';
import { whoHas } from '../record/settle-claims.ts';
import { refuseUnlessHeld } from '../rights/refuse-unless-held.ts';
import { claimantOf, reservedMs } from './clean-up.ts';
import { readExemption } from './read-exemption.ts';
import { fingerprintOf, fingerprintOfAll, readOutside } from './revocable-outside.ts';

const refused = (sentence: string): GovernanceError => new GovernanceError('conflict', sentence);

const planOf = (desk: Desk, person: Person, found: readonly Exemption[], reason: string): CleanupPlan => ({
  id: desk.newId(),
  askerId: person.objectId.toLowerCase(),
  createdAt: desk.now(),
  items: found.map((exemption) => ({
    exemptionId: exemption.id,
    scope: exemption.scope,
    kind: 'revoked',
    expiresAt: exemption.expiresAt?.toISOString(),
    revocation: { byName: person.name, reason, fingerprint: fingerprintOf(desk, exemption) },
  })),
  orderedAt: undefined,
  outcomes: {},
});

/** Records the order and hands it to the job that deletes; both or none. Two presses make one order. */
const order = (desk: Desk, person: Person, plan: CleanupPlan, reason: string, card: PostedMessage | undefined) =>
  desk.database.transaction(async (store) => {
    const at = desk.now();
    await store.cleanups.add(plan);
    await store.cleanups.order(plan.id, at, person.name, card);
    const ids = plan.items.map(({ exemptionId }) => exemptionId);
    await store.ledger.append({
      at,
      actor: asPerson(person),
      reference: undefined,
      event: 'revocation-ordered',
      from: undefined,
      to: undefined,
      text: reason,
      facts: { cleanup: plan.id, exemptions: ids.join(' ') },
    });
    // After the ledger, which locks everybody else out who settles claims.
    const [claim] = await store.claims.of(ids.map(claimKey), at);
    if (claim !== undefined) throw refused(await whoHas(store, claim));
    const until = new Date(at.getTime() + reservedMs);
    for (const id of ids)
      await store.claims.reserve({ key: claimKey(id), slot: 'successor', by: claimantOf(plan) }, at, until);
    await store.jobs.send('clean-up', { cleanupId: plan.id });
  });

type Revocation = {
  readonly id: string;
  /** The fingerprint of what the form named. */
  readonly seen: string;
  readonly words: string;
};

/** What somebody may revoke now: their roles, read live, allow deleting each of it. */
const revocableBy = async (desk: Desk, person: Person, id: string) => {
  const rows = await readExemption(desk, { person, channelId: undefined }, id);
  const found = await readOutside(desk, rows);
  const scopes = [...new Set(found.map(({ scope }) => scope))];
  const facts = { exemptions: found.map((each) => each.id).join(' ') };
  await recordingRefusal(desk, person, 'revoke', { facts }, () =>
    refuseUnlessHeld(
      desk,
      person,
      scopes.map((scope) => ({ action: deleteExemptions, scope })),
      'revoke this exemption',
    ),
  );
  return { rows, found };
};

/**
 * What an exemption made outside would take with it if this person revoked it now, for the form that asks for the reason. Throws GovernanceError like
 * revokeOutside, so that nobody fills in a form in vain.
 */
export const openRevocation = async (given: Desk, person: Person, id: string): Promise<OutsideRevoked> => {
  const desk = afresh(given);
  const { rows, found } = await revocableBy(desk, person, id);
  const [first] = rows;
  return {
    names: found.map(({ name }) => name),
    scopeLabel: first.scopeLabel,
    recommendations: first.recommendations.map(({ title }) => title),
    seen: fingerprintOfAll(desk, found),
  };
};

/**
 * Orders that an exemption made outside leaves Azure, with those made together with it, for a reason and without adopting it first: for
 * somebody whose roles, read live, allow deleting each of them. The job of the clean-ups reads each again and deletes it, and survives a
 * crash. Throws GovernanceError not-found for whoever may not see it, forbidden, invalid without a reason, unavailable, or conflict if a tool
 * or a request has it, or it is no longer what the form named.
 */
export const revokeOutside = async (
  given: Desk,
  person: Person,
  { id, seen, words }: Revocation,
  card?: PostedMessage,
): Promise<CleanupPlan> => {
  const desk = afresh(given);
  const { found } = await revocableBy(desk, person, id);
  const reason = words.trim();
  if (reason === '') throw new GovernanceError('invalid', 'A reason is required.');
  if (fingerprintOfAll(desk, found) !== seen)
    throw refused('It has changed since this form was opened. Open it again: exemptions outside');
  const plan = planOf(desk, person, found, reason);
  await order(desk, person, plan, reason, card);
  return plan;
};
