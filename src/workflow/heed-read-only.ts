import type { ExemptionGateway } from '../core/exemption/exemption.ts';
import { GovernanceError } from '../core/governance-error.ts';
import { PutOff } from '../core/put-off.ts';
import type { ReadOnly } from '../core/request/read-only.ts';
import type { Desk } from './desk.ts';

const lookAgainMs = 60_000;
const bySetting: ReadOnly = { since: undefined, reason: 'Its operator started it that way.' };

/** Whether nothing may be changed now, and why. Read from the database each time, so that it takes effect at once on all replicas. */
export const readOnlyNow = async (desk: Pick<Desk, 'database' | 'readOnly'>): Promise<ReadOnly | undefined> =>
  desk.readOnly ? bySetting : desk.database.switches.readOnly();

const sentence = ({ reason }: ReadOnly): string =>
  `Exemption Desk is read-only at the moment: ${reason.replace(/[.!?]*$/, '.')}`;

/** Throws GovernanceError conflict while Exemption Desk is read-only. */
export const refuseWhileReadOnly = async (desk: Desk): Promise<void> => {
  const readOnly = await readOnlyNow(desk);
  if (readOnly !== undefined)
    throw new GovernanceError(
      'conflict',
      `${sentence(readOnly)} Nothing was changed. You can still look at everything; please try again later.`,
    );
};

/** A gateway that throws PutOff instead of writing to Azure while that is not allowed, so that the work continues later. */
export const heedReadOnly = (gateway: ExemptionGateway, now: () => Promise<ReadOnly | undefined>): ExemptionGateway => {
  const refuse = async (): Promise<void> => {
    const readOnly = await now();
    if (readOnly !== undefined) throw new PutOff(sentence(readOnly), lookAgainMs);
  };
  return {
    ...gateway,
    write: async (exemption) => {
      await refuse();
      return gateway.write(exemption);
    },
    restore: async (...restored) => {
      await refuse();
      return gateway.restore(...restored);
    },
    remove: async (id) => {
      await refuse();
      await gateway.remove(id);
    },
  };
};
