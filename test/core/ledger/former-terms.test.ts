import { formerTerms, voidedApprovals } from '../../../src/core/ledger/former-terms.ts';
import type { LedgerEvent } from '../../../src/core/ledger/ledger.ts';
import { recordOf } from '../../../src/core/ledger/request-record.ts';
import type { Person } from '../../../src/core/person.ts';
import { withTerms, type ExemptionRequest } from '../../../src/core/request/request.ts';
import { pendingRequest } from '../../store/samples.ts';
import { alice, bob, carol } from '../contoso.ts';

const at = new Date('2026-11-21T12:00:00Z');
const sent = { ...pendingRequest('EX-AAAA'), requester: alice };
const named = (name: string, from: ExemptionRequest): ExemptionRequest =>
  withTerms(from, { terms: { ...from.terms, name }, targets: from.targets }, at);

/** A story told in events, each with the name that the terms have from then on. */
const historyOf = (...steps: readonly (readonly [Person, string, string?])[]): LedgerEvent[] => {
  let before: ExemptionRequest | undefined;
  return steps.map(([person, event, name]) => {
    const from = before ?? sent;
    const after =
      before === undefined ? sent : { ...(name === undefined ? from : named(name, from)), version: from.version + 1 };
    const record = recordOf(after, before);
    before = after;
    const actor = { kind: 'person', person } as const;
    return { at, actor, reference: 'EX-AAAA', event, from: before.status, to: 'pending', ...record };
  });
};

const requested = [alice, 'requested'] as const;
const inPart = (person: Person) => [person, 'approved-in-part'] as const;

describe('what the terms took the place of', () => {
  it.each<[string, LedgerEvent[], object | undefined]>([
    ['nothing, as they were sent', historyOf(requested, inPart(bob)), undefined],
    [
      'the terms before the change',
      historyOf(requested, [alice, 'changed', 'B']),
      { kind: 'changed', name: sent.terms.name },
    ],
    [
      'those before the latest change',
      historyOf(requested, [alice, 'changed', 'B'], [alice, 'changed', 'C']),
      { kind: 'changed', name: 'B' },
    ],
    [
      'those that were asked for, whoever reduced them since',
      historyOf(
        requested,
        [alice, 'changed', 'B'],
        [bob, 'approved-in-part-with-changes', 'C'],
        [carol, 'approved-with-changes', 'D'],
      ),
      { kind: 'reduced', name: 'B' },
    ],
    ['nothing that is not known', [], undefined],
  ])('is %s', (_what, history, expected) => {
    const former = formerTerms(history);
    expect(former && { kind: former.kind, name: former.terms.name }).toEqual(expected);
  });
});

describe('approvals that no longer count', () => {
  it('are those before a change, and those of others before a reduction', () => {
    const history = historyOf(
      requested,
      inPart(bob),
      [alice, 'changed', 'B'],
      inPart(bob),
      [carol, 'approved-in-part-with-changes', 'C'],
      [alice, 'changed', 'D'],
      [alice, 'changed', 'E'],
    );
    expect(
      voidedApprovals(history).map(({ round, by, approvers }) => [round, by, approvers.map(({ name }) => name)]),
    ).toEqual([
      [2, alice.name, [bob.name]],
      [4, carol.name, [bob.name]],
      [5, alice.name, [carol.name]],
    ]);
    expect(voidedApprovals(historyOf(requested, [bob, 'approved-with-changes', 'B']))).toEqual([]);
  });
});
