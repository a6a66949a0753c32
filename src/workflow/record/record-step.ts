import type { Actor } from '../../core/person.ts';
import type { WriteStep } from '../../core/request/write-step.ts';
import type { Desk } from '../desk.ts';

export const writer: Actor = { kind: 'job', name: 'apply-request' };

/** Records the outcome for one exemption, in its write step and in the ledger. */
export const recordStep = async (
  desk: Desk,
  step: Pick<WriteStep, 'reference' | 'exemptionId' | 'before' | 'refusal'> & {
    readonly state: Exclude<WriteStep['state'], 'begun'>;
  },
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
  });
};
