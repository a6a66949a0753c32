import fc from 'fast-check';
import {
  afterTakeover,
  claimedBy,
  claimsOf,
  heldIds,
  withoutExemptions,
  type Claim,
} from '../../../src/core/request/exemption-claims.ts';
import { allowedNext, requestStatuses } from '../../../src/core/request/request-status.ts';
import type { ExemptionRequest } from '../../../src/core/request/request.ts';
import { bob, pendingRequest } from '../../store/samples.ts';

const at = new Date('2026-11-21T12:00:00Z');
const request = (changes: Partial<ExemptionRequest> = {}) => pendingRequest('EX-AAAA', changes);
const ids = request().targets.map(({ exemptionId }) => exemptionId.toLowerCase());
const slots = (changes: Partial<ExemptionRequest>): string[] => [
  ...new Set(claimsOf(request(changes)).map(({ slot }) => slot)),
];
const emergency = { ratifyBy: at };

describe('what a request claims', () => {
  it.each([
    { state: { status: 'pending' }, expected: ['successor'] },
    { state: { status: 'approved' }, expected: ['successor'] },
    { state: { status: 'approved', appliedAt: at }, expected: ['holder', 'successor'] },
    { state: { status: 'applied', appliedAt: at }, expected: ['holder'] },
    { state: { status: 'effective', appliedAt: at }, expected: ['holder'] },
    { state: { status: 'effective', appliedAt: at, emergency }, expected: ['holder', 'successor'] },
    { state: { status: 'revoking', appliedAt: at }, expected: ['holder'] },
  ] as const)('is $expected while it is $state.status', ({ state, expected }) => {
    expect(slots(state)).toEqual(expected);
    expect(
      claimsOf(request(state))
        .filter(({ slot }) => slot === expected[0])
        .map(({ key }) => key),
    ).toEqual(ids);
  });

  it('is nothing in every status in which it has ended, nor after Azure has refused it', () => {
    const ended = requestStatuses.filter((status) => allowedNext[status].length === 0 || status === 'failed');
    expect(ended).toHaveLength(7);
    for (const status of ended)
      expect(claimsOf(request({ status, appliedAt: at, emergency, renewal: renewal('EX-OLD1') }))).toEqual([]);
  });

  it('is only what was written of a part, and may be asked for by others', () => {
    const partly = request({ status: 'partly-applied', appliedAt: at, absent: [ids[1]!.toUpperCase()] });
    expect(claimsOf(partly)).toEqual([{ key: ids[0], slot: 'holder' }]);
    expect(claimsOf({ ...partly, status: 'approved' })).toEqual([
      { key: ids[0], slot: 'holder' },
      { key: ids[0], slot: 'successor' },
      { key: ids[1], slot: 'successor' },
    ]);
  });

  it('is also the request that it renews, as long as it lives', () => {
    for (const status of ['pending', 'approved', 'applied', 'partly-applied', 'effective', 'revoking'] as const)
      expect(claimsOf(request({ status, appliedAt: at, renewal: renewal('ex-old1') }))).toContainEqual({
        key: 'EX-OLD1',
        slot: 'successor',
      });
  });
});

const renewal = (of: string) => ({ of, number: 1, firstLasted: 30 }) as const;

describe('what another request has written', () => {
  it('ends a request of which nothing is left, and leaves the rest to another', () => {
    const written = request({ status: 'effective', appliedAt: at });
    const part = afterTakeover(written, [ids[0]!])!;
    expect(part).toMatchObject({ status: 'effective', version: 2 });
    expect(heldIds(part)).toEqual([ids[1]]);
    expect(afterTakeover(part, [ids[1]!])).toMatchObject({ status: 'replaced', version: 3 });
    expect(afterTakeover({ ...written, status: 'revoking' }, ids)).toMatchObject({ status: 'revoking' });
    expect(afterTakeover({ ...written, status: 'approved' }, ids)).toBeUndefined();
  });

  it('is named with whoever has it', () => {
    const other = request({ requester: bob, reference: 'EX-BBBB' });
    const [key] = ids as [string];
    const of = (claim: Claim, changes: Partial<ExemptionRequest> = {}) => claimedBy(claim, { ...other, ...changes });
    const waiting = of({ key, slot: 'successor' });
    expect(waiting).toBe('EX-BBBB by Bob Berger already asks for this. To see it, send: request EX-BBBB');
    expect(of({ key, slot: 'holder' })).toContain('already has this exemption in force');
    expect(of({ key, slot: 'successor' }, { appliedAt: at, emergency })).toContain('as an emergency and waits');
    expect(of({ key, slot: 'successor' }, { appliedAt: at })).toContain('is being written to Azure again');
    expect(of({ key: 'EX-OLD1', slot: 'successor' }, { appliedAt: at })).toContain('taken the place of EX-OLD1');
    expect(claimedBy({ key, slot: 'successor' }, undefined)).toContain('is deleting this exemption');
  });
});

const target = (number: number) => ({ ...request().targets[0]!, exemptionId: `/id/${number}` });
const steps = fc.array(
  fc.record({
    who: fc.nat(4),
    choice: fc.constantFrom(0, 0, 0, 1, 1, 2, 3),
    written: fc.subarray([1, 2, 3]),
    gone: fc.integer({ min: 0, max: 9 }).map((number) => number === 0),
  }),
  { minLength: 60, maxLength: 150 },
);
const beginnings = fc.array(
  fc.record({
    targets: fc.subarray([1, 2, 3], { minLength: 1 }),
    emergency: fc.boolean(),
    renews: fc.option(fc.nat(4)),
  }),
  { minLength: 5, maxLength: 5 },
);

const nameOf = ({ key, slot }: Claim): string => `${slot} ${key}`;

/** Requests as the store has them: a change is kept only if nobody else has what it claims anew, and takes over what it has written. */
class Model {
  kept: readonly (ExemptionRequest | undefined)[] = [undefined, undefined, undefined, undefined, undefined];
  takeovers = 0;

  readonly claims = () =>
    this.kept.flatMap((each) =>
      each === undefined ? [] : claimsOf(each).map((claim) => ({ claim, by: each.reference })),
    );

  readonly change = (who: number, after: ExemptionRequest): void => {
    const before = this.kept[who];
    const had = new Set(before === undefined ? [] : claimsOf(before).map(nameOf));
    const gained = claimsOf(after).filter((claim) => !had.has(nameOf(claim)));
    const written = gained.filter(({ slot }) => slot === 'holder').map(({ key }) => key);
    const losses = this.kept.map((other, index) => {
      const lost = other === undefined || index === who ? [] : heldIds(other).filter((id) => written.includes(id));
      return other === undefined || lost.length === 0 ? other : afterTakeover(other, lost);
    });
    if (losses.some((other, index) => other === undefined && this.kept[index] !== undefined && index !== who)) return;
    const next = losses.map((other, index) => (index === who ? after : other));
    const others = next
      .flatMap((each, index) => (each === undefined || index === who ? [] : claimsOf(each)))
      .map(nameOf);
    if (gained.some((claim) => others.includes(nameOf(claim)))) return;
    this.takeovers += next.filter((each, index) => index !== who && each !== this.kept[index]).length;
    this.kept = next;
  };
}

describe('whatever becomes of several requests for the same exemptions', () => {
  it('no slot is claimed twice, and what has ended claims nothing', () => {
    let [takeovers, ended] = [0, 0];
    fc.assert(
      fc.property(beginnings, steps, (begun, walk) => {
        const model = new Model();
        for (const { who, choice, written, gone } of walk) {
          const [before, beginning] = [model.kept[who], begun[who]!];
          if (before === undefined || allowedNext[before.status].length === 0) {
            ended += before === undefined ? 0 : 1;
            model.change(
              who,
              pendingRequest(`EX-R${who}`, {
                targets: beginning.targets.map(target),
                renewal: beginning.renews === null ? undefined : renewal(`EX-R${beginning.renews}`),
              }),
            );
          } else if (gone) model.change(who, withoutExemptions(before, ['/id/1']));
          else {
            const next = allowedNext[before.status];
            const to = next[choice % next.length]!;
            const isWritten = to === 'applied' || to === 'partly-applied';
            const absent = before.targets
              .map(({ exemptionId }) => exemptionId)
              .filter((id) => !written.includes(Number(id.at(-1))));
            model.change(who, {
              ...before,
              status: to,
              appliedAt: isWritten ? at : before.appliedAt,
              absent: to === 'applied' ? [] : to === 'partly-applied' ? absent : before.absent,
              emergency:
                to === 'approved' && beginning.emergency && before.status === 'pending' ? emergency : undefined,
            });
          }
          const names = model.claims().map(({ claim }) => nameOf(claim));
          if (names.length !== new Set(names).size) throw new Error(`Twice: ${names.toSorted().join(', ')}`);
        }
        takeovers += model.takeovers;
      }),
      { numRuns: 100 },
    );
    expect(takeovers).toBeGreaterThan(10);
    expect(ended).toBeGreaterThan(50);
  });
});
