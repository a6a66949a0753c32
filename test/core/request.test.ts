import fc from 'fast-check';
import { GovernanceError } from '../../src/core/governance-error.ts';
import {
  allowedNext,
  moved,
  normalReference,
  referencePattern,
  refuseOwnDecision,
  standing,
  type ExemptionRequest,
  type RequestStatus,
} from '../../src/core/request.ts';
import { alice, bob, vm1 } from './contoso.ts';
import { builtIn } from './governance-facts.ts';

const decision = { by: bob, at: new Date('2026-11-21T13:05:00Z'), comment: 'until the migration' };
const approvals = [decision];
const statuses = Object.keys(allowedNext) as RequestStatus[];

const request = (more: Partial<ExemptionRequest> = {}): ExemptionRequest => ({
  reference: 'EX-12AB',
  version: 1,
  status: 'pending',
  requester: alice,
  createdAt: new Date('2026-11-21T12:00:00Z'),
  terms: {
    recommendation: { key: '4fb67663', title: 'Disks should be encrypted', severity: 'high' },
    scopes: [vm1],
    name: 'Legacy disks',
    category: 'Waiver',
    expiresAt: new Date('2026-12-21T22:59:59Z'),
    justification: 'The machine is replaced in December.',
    ticket: '',
  },
  targets: [],
  alsoExempts: [],
  leftOut: [],
  governance: builtIn,
  termsVersion: 1,
  approvals: [],
  decision: undefined,
  failure: undefined,
  appliedAt: undefined,
  progress: undefined,
  ...more,
});
const conflict = expect.objectContaining({ name: 'GovernanceError', code: 'conflict' }) as Error;

/** The life of a request as the product tells it, arrow by arrow. */
const arrows = [
  'pending approved',
  'pending rejected',
  'pending withdrawn',
  'approved applied',
  'approved failed',
  'approved partly-applied',
  'partly-applied approved',
  'partly-applied effective',
  'partly-applied expired',
  'applied effective',
  'applied expired',
  'effective expired',
  'failed approved',
];

describe('the life of a request', () => {
  it.each(statuses.flatMap((from) => statuses.map((to) => [from, to] as const)))('from %s to %s', (from, to) => {
    const before = request({ status: from, version: 7, approvals, decision });
    if (arrows.includes(`${from} ${to}`)) {
      expect(moved(before, to, 'UTC')).toEqual({ ...before, status: to, version: 8 });
    } else {
      expect(() => moved(before, to, 'UTC')).toThrow(conflict);
    }
    expect(before).toEqual(request({ status: from, version: 7, approvals, decision }));
  });

  it('only ever takes steps that are allowed, and every step counts one version', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...statuses), { maxLength: 20 }), (wishes) => {
        let current = request();
        for (const to of wishes) {
          const before = current;
          try {
            current = moved(before, to, 'UTC', to === 'approved' ? { approvals, decision } : {});
          } catch (error) {
            expect(error).toBeInstanceOf(GovernanceError);
            continue;
          }
          expect(arrows).toContain(`${before.status} ${current.status}`);
          expect(current.version).toBe(before.version + 1);
          expect([current.reference, current.requester, current.terms]).toEqual([
            before.reference,
            before.requester,
            before.terms,
          ]);
        }
      }),
      { numRuns: 300 },
    );
  });

  it.each(['rejected', 'withdrawn', 'expired'] as const)('ends when it is %s', (status) => {
    for (const to of statuses) expect(() => moved(request({ status, decision }), to, 'UTC')).toThrow(conflict);
  });

  it('cannot be approved or rejected without somebody who decided', () => {
    expect(() => moved(request(), 'approved', 'UTC')).toThrow(conflict);
    expect(() => moved(request(), 'rejected', 'UTC')).toThrow(conflict);
    expect(moved(request(), 'rejected', 'UTC', { decision }).decision).toBe(decision);
    expect(moved(request(), 'withdrawn', 'UTC').decision).toBeUndefined();
  });

  it('keeps who decided through a failed write and its retry', () => {
    const approved = moved(request(), 'approved', 'UTC', { approvals, decision });
    const failed = moved(approved, 'failed', 'UTC', { failure: 'Azure refused.' });
    const retried = moved(failed, 'approved', 'UTC', { failure: undefined });
    expect(retried).toMatchObject({ decision, failure: undefined, version: 4 });
  });

  it('tells whoever comes late who decided, and when', () => {
    const approved = moved(request(), 'approved', 'UTC', { approvals, decision });
    expect(() => moved(approved, 'rejected', 'Europe/Berlin', { decision })).toThrow(
      'EX-12AB is already approved by Bob Berger at 21 Nov 2026, 14:05 (Europe/Berlin).',
    );
    expect(() => moved(request({ status: 'withdrawn' }), 'approved', 'UTC', { approvals, decision })).toThrow(
      'EX-12AB is already withdrawn.',
    );
  });

  it('has words for every status', () => {
    expect(standing(request(), 'UTC')).toBe('waiting for a decision');
    expect(new Set(statuses.map((status) => standing(request({ status, approvals, decision }), 'UTC'))).size).toBe(
      statuses.length,
    );
  });
});

describe('deciding', () => {
  it('refuses a decision by the requester, under whatever name and in whatever casing', () => {
    const again = { ...alice, objectId: alice.objectId.toUpperCase(), name: 'Somebody Else' };
    expect(() => refuseOwnDecision(request(), again)).toThrow(
      expect.objectContaining({ code: 'forbidden', message: expect.stringContaining('EX-12AB') as string }) as Error,
    );
  });

  it('lets somebody else decide, even of the same name', () => {
    expect(() => refuseOwnDecision(request(), { ...bob, name: alice.name })).not.toThrow();
    expect(() => refuseOwnDecision(request(), { ...alice, tenantId: 'another tenant' })).not.toThrow();
  });
});

describe('references', () => {
  it('are understood as people type them', () => {
    expect(normalReference(' ex-12ab ')).toBe('EX-12AB');
    expect(referencePattern.test(normalReference('ex-12ab'))).toBe(true);
  });

  it.each(['EX-12', 'EX-123456789', '12AB', 'EX-12A!', 'EX-12AB EX-12AC', 'see EX-12AB'])('are not “%s”', (text) => {
    expect(referencePattern.test(text)).toBe(false);
  });
});
