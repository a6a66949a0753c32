import { GovernanceError } from '../core/governance-error.ts';
import { asPerson, type Person } from '../core/person.ts';
import type { ExemptionRequest } from '../core/request.ts';
import type { Desk } from './desk.ts';

/** What somebody tried that only some may. */
export type Deed = 'approve' | 'reject' | 'retry' | 'withdraw' | 'change' | 'revoke' | 'let-lapse';

/** Once for each person, deed and version of the terms: whoever clicks all day long must not fill the ledger. */
const record = async (desk: Desk, person: Person, request: ExemptionRequest, tried: Deed): Promise<void> => {
  const { reference, termsVersion } = request;
  await desk.database.transaction(async (store) => {
    const step = `${person.objectId.toLowerCase()} ${tried} ${termsVersion}`;
    if (!(await store.alerts.claim('refusals', reference, [step], desk.now()))) return;
    await store.ledger.append({
      at: desk.now(),
      actor: asPerson(person),
      reference,
      event: 'refused',
      from: undefined,
      to: undefined,
      text: '',
      facts: { tried },
    });
  });
};

/** Does something that only some may; that somebody was refused for not being one of them goes on record. */
export const recordingRefusal = async <Result>(
  desk: Desk,
  person: Person,
  request: ExemptionRequest,
  tried: Deed,
  work: () => Promise<Result>,
): Promise<Result> => {
  try {
    return await work();
  } catch (error) {
    if (error instanceof GovernanceError && error.code === 'forbidden') await record(desk, person, request, tried);
    throw error;
  }
};
