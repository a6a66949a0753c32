import { claimKey, heldIds, withoutExemptions } from '../../core/request/exemption-claims.ts';
import type { Actor } from '../../core/person.ts';
import type { Desk } from '../desk.ts';
import { recordChange } from './change-request.ts';

/** Frees exemptions that Azure had no longer at `seenAt` from the requests that hold them and were written before. Safe to repeat. */
export const noteGone = async (
  desk: Desk,
  actor: Actor,
  exemptionIds: readonly string[],
  seenAt: Date,
): Promise<void> => {
  const at = desk.now();
  const standing = await desk.database.claims.of(exemptionIds.map(claimKey), at);
  const holders = Map.groupBy(
    standing.filter(({ slot }) => slot === 'holder'),
    ({ by }) => by,
  );
  for (const [reference, claims] of holders)
    await desk.database.transaction(async (store) => {
      const before = await store.requests.find(reference);
      const ids = claims.map(({ key }) => key).filter((key) => before !== undefined && heldIds(before).includes(key));
      const isWrittenSince = before?.appliedAt !== undefined && before.appliedAt > seenAt;
      if (before === undefined || ids.length === 0 || isWrittenSince) return;
      const after = { ...withoutExemptions(before, ids), version: before.version + 1 };
      const facts = { exemptions: ids.join(' ') };
      await recordChange(store, at, { before, after, actor, event: 'exemption-gone', facts });
      await store.listings.forget(ids, seenAt);
    });
};
