import type { Actor } from '../../core/person.ts';
import type { Listing } from '../../core/inventory/listing.ts';
import type { WriteStep } from '../../core/request/write-step.ts';
import type { Store } from '../../core/desk/store.ts';
import type { Desk } from '../desk.ts';

export const writer: Actor = { kind: 'job', name: 'apply-request' };

/** How a step left an exemption, for lists; undefined: as it was. */
export type Left = Listing | 'gone' | undefined;

const listLeft = async ({ written }: Store, exemptionId: string, left: Left, at: Date): Promise<void> => {
  if (left === 'gone') await written.erase([exemptionId], at);
  else if (left !== undefined) await written.put(left, at);
};

/** Records the outcome for one exemption, in its write step, in the ledger and in what lists show. */
export const recordStep = async (
  desk: Desk,
  step: Pick<WriteStep, 'reference' | 'exemptionId' | 'before' | 'refusal'> & {
    readonly state: Exclude<WriteStep['state'], 'begun'>;
  },
  left: Left,
): Promise<void> => {
  const { reference, exemptionId, before, state } = step;
  await desk.database.transaction(async (store) => {
    await store.writeSteps.mark(step);
    await store.ledger.append({
      at: desk.now(),
      actor: writer,
      reference,
      event: `exemption-${state}`,
      from: undefined,
      to: undefined,
      text: '',
      facts: { exemption: exemptionId, before: before === undefined ? 'absent' : desk.hash(before) },
    });
    await listLeft(store, exemptionId, left, desk.now());
  });
};
