import type { LedgerRecord, LedgerSelection } from '../../../src/core/ledger/ledger.ts';
import { asPerson } from '../../../src/core/person.ts';
import { recordOf } from '../../../src/core/ledger/request-record.ts';
import type { Replayed } from '../../../src/core/replay/replay.ts';
import { simulateGovernance } from '../../../src/workflow/ledger/simulate-governance.ts';
import { rule, rulesWith } from '../../core/governance-facts.ts';
import { alice, pendingRequest } from '../../store/samples.ts';

const sent = (reference: string, createdAt: string): LedgerRecord => {
  const request = pendingRequest(reference, { createdAt: new Date(createdAt) });
  return {
    at: request.createdAt,
    actor: asPerson(alice),
    reference,
    event: 'requested',
    from: undefined,
    to: 'pending',
    sequence: 1,
    hash: '',
    ...recordOf(request, undefined),
  };
};

describe('a changed file, tried on a period', () => {
  const records = [
    sent('EX-AAAA', '2026-11-20T22:59:00Z'),
    sent('EX-BBBB', '2026-11-20T23:00:00Z'),
    sent('EX-CCCC', '2026-11-22T22:59:00Z'),
  ];
  /** As the ledger of the store reads: each time in portions. */
  async function* read({ references = [] }: LedgerSelection) {
    for (const record of records) if (references.includes(record.reference ?? '')) yield [record];
  }
  async function* references({ from = new Date(0), before = new Date('9999-12-31') }: LedgerSelection) {
    for (const { at, reference = '' } of records) if (at >= from && at < before) yield [reference];
  }
  const head = async () => ({ sequence: 3, hash: '' });
  const desk = { timeZone: 'Europe/Berlin', database: { ledger: { read, references, head } } };
  const never = rulesWith([rule('never 1', { recommendation: ['MFA*'] }, { deny: 'Never.' })]);
  const simulated = async (fromDay?: string, toDay?: string): Promise<Replayed[]> => {
    const all: Replayed[] = [];
    for await (const portion of (await simulateGovernance(desk, never, { fromDay, toDay }))()) all.push(...portion);
    return all;
  };
  const triedOn = async (fromDay?: string, toDay?: string) =>
    (await simulated(fromDay, toDay)).map(({ request }) => request.reference);

  it('takes every request where no day is given', async () => {
    const replayed = await simulated();
    expect(replayed.map(({ differences }) => differences[0]?.kind)).toEqual(['refused', 'refused', 'refused']);
  });

  it('takes whole days of the time zone, both included', async () => {
    expect(await triedOn('2026-11-21')).toEqual(['EX-BBBB', 'EX-CCCC']);
    expect(await triedOn(undefined, '2026-11-20')).toEqual(['EX-AAAA']);
    expect(await triedOn('2026-11-21', '2026-11-22')).toEqual(['EX-BBBB', 'EX-CCCC']);
    expect(await triedOn('2026-11-23')).toEqual([]);
  });

  it('refuses a period that ends before it begins', async () => {
    await expect(triedOn('2026-11-21', '2026-11-20')).rejects.toMatchObject({
      code: 'invalid',
      message: 'The period ends (2026-11-20) before it begins (2026-11-21).',
    });
  });
});
