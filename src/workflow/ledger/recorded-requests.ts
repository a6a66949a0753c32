import type { Ledger, LedgerRecord } from '../../core/ledger/ledger.ts';
import { rebuildRequests } from '../../core/ledger/rebuild-requests.ts';
import type { RecordedRequest } from './evidence.ts';

/** Every row about some requests up to a row of the ledger, oldest first, by reference in the order in which they are named in upper case. */
export const historiesOf = async (
  ledger: Pick<Ledger, 'read'>,
  references: readonly string[],
  upTo?: number,
): Promise<ReadonlyMap<string, readonly LedgerRecord[]>> => {
  const histories = new Map<string, LedgerRecord[]>(references.map((reference) => [reference, []]));
  for await (const portion of ledger.read({ references, ...(upTo === undefined ? {} : { upTo }) }))
    for (const record of portion) histories.get(record.reference ?? '')?.push(record);
  return histories;
};

/** Requests as they were at a row of the ledger, a portion at a time, in the order in which they are named. */
export async function* recordedRequests(
  ledger: Pick<Ledger, 'read'>,
  named: AsyncIterable<readonly string[]>,
  upTo: number,
): AsyncGenerator<readonly RecordedRequest[], void> {
  for await (const references of named) {
    const histories = await historiesOf(ledger, references, upTo);
    yield [...histories.values()].flatMap((records) =>
      rebuildRequests(records).map((request) => ({ request, records })),
    );
  }
}
