import fc from 'fast-check';
import { exemptFromAssignment, writeExemptions } from '../../../src/core/access/access.ts';
import { GovernanceError } from '../../../src/core/governance-error.ts';
import { samePerson, type Person } from '../../../src/core/person.ts';
import type { ExemptionRequest } from '../../../src/core/request/request.ts';
import type { Store } from '../../../src/core/desk/store.ts';
import {
  approveRequest,
  rejectRequest,
  retryRequest,
  withdrawRequest,
} from '../../../src/workflow/decide/decide-request.ts';
import type { Desk } from '../../../src/workflow/desk.ts';
import { contoso } from '../../core/contoso.ts';
import { builtIn } from '../../core/governance-facts.ts';
import { alice, pendingRequest } from '../../store/samples.ts';

const group = 'aaaaaaaa-0000-4000-8000-000000000001';
const personNamed = (index: number): Person => ({ ...alice, objectId: `p${index}`, name: `Person ${index}` });
/** The first is the requester, written in another case as well; the last two have no rights. */
const people = [alice, { ...alice, objectId: alice.objectId.toLowerCase() }, ...[1, 2, 3, 4, 5].map(personNamed)];
const hasRights = ({ objectId }: Person): boolean => !['p4', 'p5'].includes(objectId);
const isInGroup = ({ objectId }: Person): boolean => objectId !== 'p3';

/** A desk that keeps one request; rights and groups are as the test says. */
const deskWith = (first: ExemptionRequest) => {
  let kept = first;
  const right = { actions: [writeExemptions, exemptFromAssignment], notActions: [], conditions: [] };
  const store = {
    requests: {
      find: async () => kept,
      replace: async (after: ExemptionRequest) => {
        if (after.version !== kept.version + 1) return false;
        kept = after;
        return true;
      },
    },
    claims: { settle: async () => [] },
    ledger: { append: async () => undefined },
    alerts: { claim: async () => true },
    jobs: { send: async () => undefined },
  };
  const desk = {
    now: () => new Date('2026-11-21T12:00:00Z'),
    timeZone: 'UTC',
    hierarchy: async () => contoso,
    askAfresh: () => ({ hierarchy: async () => contoso, exemptions: {}, recommendations: {}, policies: {} }),
    exemptions: { fate: async () => 'there' },
    ownAccess: {},
    forDecision: async (person: Person) => ({
      grants: hasRights(person) ? [{ ...right, scope: '/', roleName: 'Security Admin' }] : [],
      denials: [],
      eligible: [],
    }),
    forReading: async () => ({ grants: [], denials: [], eligible: [] }),
    delegateGroups: [],
    groupsForDecision: async (person: Person) => (isInGroup(person) ? [group] : []),
    database: { ...store, transaction: (work: (store: Store) => Promise<unknown>) => work(store as unknown as Store) },
  } as unknown as Desk;
  return { desk, now: () => kept };
};

const deeds = {
  approve: approveRequest,
  less: ((desk, person, input) =>
    approveRequest(desk, person, {
      ...input,
      narrowing: { lastDay: '2026-12-01', scopes: undefined },
    })) satisfies typeof approveRequest,
  reject: rejectRequest,
  retry: retryRequest,
  withdraw: withdrawRequest,
};
const steps = fc.array(
  fc.record({
    deed: fc.constantFrom<(keyof typeof deeds)[]>(
      'approve',
      'approve',
      'approve',
      'less',
      'reject',
      'retry',
      'withdraw',
    ),
    person: fc.constantFrom(...people),
    version: fc.constantFrom(undefined, 1, 2, 3),
  }),
  { maxLength: 12 },
);

describe('whatever anybody tries', () => {
  it('a request is approved only with the approvals that the rules ask for, and nobody decides their own', async () => {
    let approved = 0;
    await fc.assert(
      fc.asyncProperty(steps, fc.integer({ min: 1, max: 3 }), fc.boolean(), async (tries, needed, byGroup) => {
        const approvers = byGroup ? [[{ kind: 'group', id: group } as const]] : [];
        const { desk, now } = deskWith(
          pendingRequest('EX-AAAA', { governance: { ...builtIn, approvals: needed, approvers } }),
        );
        for (const { deed, person, version } of tries) {
          const before = now();
          try {
            await deeds[deed](desk, person, { reference: 'EX-AAAA', version, words: 'because' });
            // Nothing that anybody decides ever lengthens or widens what was asked for.
            expect(now().terms.expiresAt!.getTime()).toBeLessThanOrEqual(before.terms.expiresAt!.getTime());
            expect(now().terms.scopes).toEqual(before.terms.scopes);
            if (now().termsVersion !== before.termsVersion) expect(now().approvals).toHaveLength(1);
          } catch (error) {
            expect(error).toBeInstanceOf(GovernanceError);
            expect(now()).toBe(before);
          }
        }
        const { status, approvals, decision } = now();
        const may = (person: Person) =>
          hasRights(person) && (!byGroup || isInGroup(person)) && !samePerson(person, alice);
        const ids = approvals.map(({ by }) => by.objectId.toLowerCase());
        expect(new Set(ids).size).toBe(ids.length);
        expect(approvals.every(({ by }) => may(by))).toBe(true);
        expect(decision === undefined || may(decision.by)).toBe(true);
        expect(status === 'approved').toBe(status !== 'rejected' && status !== 'withdrawn' && ids.length === needed);
        approved += status === 'approved' ? 1 : 0;
      }),
      { numRuns: 300 },
    );
    expect(approved).toBeGreaterThan(20);
  });
});
