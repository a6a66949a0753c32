import fc from 'fast-check';
import { GovernanceError } from '../../../src/core/governance-error.ts';
import {
  awaitsApproval,
  endInAzure,
  moved,
  normalReference,
  referencePattern,
  refuseOwnDecision,
  standing,
  withApproval,
  withTerms,
  type ExemptionRequest,
} from '../../../src/core/request/request.ts';
import { allowedNext, type RequestStatus } from '../../../src/core/request/request-status.ts';
import { alice, bob, vm1 } from '../contoso.ts';
import { builtIn } from '../governance-facts.ts';

const decision = { by: bob, at: new Date('2026-11-21T13:05:00Z'), comment: 'until the migration' };
const approvals = [decision];
const revocation = { by: bob, at: new Date('2026-11-22T13:05:00Z'), reason: 'Fixed' };
const emergency = { ratifyBy: new Date('2026-11-24T12:00:00Z') };
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
  waitingSince: new Date('2026-11-21T12:00:00Z'),
  emergency: undefined,
  revocation: undefined,
  renewal: undefined,
  failure: undefined,
  appliedAt: undefined,
  absent: [],
  progress: undefined,
  ...more,
});
const conflict = expect.objectContaining({ name: 'GovernanceError', code: 'conflict' }) as Error;

/** The life of a request as the product tells it, arrow by arrow. */
const arrows = [
  'pending approved',
  'pending rejected',
  'pending withdrawn',
  'pending lapsed',
  'approved applied',
  'approved failed',
  'approved partly-applied',
  'approved lapsed',
  'partly-applied approved',
  'partly-applied effective',
  'partly-applied expired',
  'partly-applied revoking',
  'partly-applied replaced',
  'applied effective',
  'applied expired',
  'applied revoking',
  'applied replaced',
  'effective expired',
  'effective revoking',
  'effective replaced',
  'revoking revoked',
  'failed approved',
];

describe('the life of a request', () => {
  it.each(statuses.flatMap((from) => statuses.map((to) => [from, to] as const)))('from %s to %s', (from, to) => {
    const before = request({ status: from, version: 7, approvals, decision, revocation });
    if (arrows.includes(`${from} ${to}`)) {
      expect(moved(before, to, 'UTC')).toEqual({ ...before, status: to, version: 8 });
    } else {
      expect(() => moved(before, to, 'UTC')).toThrow(conflict);
    }
    expect(before).toEqual(request({ status: from, version: 7, approvals, decision, revocation }));
  });

  it('only ever takes steps that are allowed, and every step counts one version', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...statuses), { maxLength: 20 }), (wishes) => {
        let current = request();
        for (const to of wishes) {
          const before = current;
          try {
            current = moved(before, to, 'UTC', to === 'approved' ? { approvals, decision } : { revocation });
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

  it.each(['rejected', 'withdrawn', 'lapsed', 'expired', 'revoked', 'replaced'] as const)(
    'ends when it is %s',
    (status) => {
      for (const to of statuses)
        expect(() => moved(request({ status, decision, revocation }), to, 'UTC')).toThrow(conflict);
    },
  );

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
      'EX-12AB is already approved by Bob Berger on 21 Nov 2026, 14:05 (Europe/Berlin).',
    );
    expect(() => moved(request({ status: 'withdrawn' }), 'approved', 'UTC', { approvals, decision })).toThrow(
      'EX-12AB is already withdrawn.',
    );
  });

  it('is taken out of Azure only for a reason that stays with it', () => {
    expect(() => moved(request({ status: 'applied', decision }), 'revoking', 'UTC')).toThrow(conflict);
    expect(moved(request({ status: 'applied', decision }), 'revoking', 'UTC', { revocation })).toMatchObject({
      revocation,
    });
  });

  it('has words for every status', () => {
    expect(standing(request(), 'UTC')).toBe('waiting for approval');
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
    // One door may name the home tenant of a guest, another one ours.
    expect(() => refuseOwnDecision(request(), { ...alice, tenantId: 'another tenant' })).toThrow();
  });
});

describe('an emergency', () => {
  const atOnce = { by: alice, at: decision.at, comment: 'The shop is down' };
  const written = request({ status: 'applied', decision: atOnce, emergency });

  it('goes ahead of the approvals, and ends in Azure by itself', () => {
    expect(moved(request(), 'approved', 'UTC', { decision: atOnce, emergency }).approvals).toEqual([]);
    expect(endInAzure(written)).toEqual(emergency.ratifyBy);
    expect(endInAzure(request({ emergency: { ratifyBy: new Date('2027-01-01') } }))).toEqual(written.terms.expiresAt);
    expect(endInAzure(request())).toEqual(request().terms.expiresAt);
    const withoutEnd = { ...request().terms, expiresAt: undefined };
    expect(endInAzure(request({ terms: withoutEnd, emergency }))).toEqual(emergency.ratifyBy);
  });

  it('waits for approvers after it was written, and is written anew for all of its time once they approved', () => {
    expect(awaitsApproval(written)).toBe(true);
    const ratified = withApproval(written, decision, 'UTC');
    expect(ratified).toMatchObject({ status: 'approved', emergency: undefined, approvals, decision });
    expect(endInAzure(ratified)).toEqual(written.terms.expiresAt);
  });

  it('needs as many approvals as any other request', () => {
    const two = request({ ...written, governance: { ...builtIn, approvals: 2 } });
    const once = withApproval(two, decision, 'UTC');
    expect(once).toMatchObject({ status: 'applied', emergency, approvals });
    expect(() => withApproval(once, decision, 'UTC')).toThrow(
      'You already approved EX-12AB. It needs one more approval from somebody else.',
    );
    expect(() => moved(two, 'approved', 'UTC', { approvals, decision, emergency: undefined })).toThrow(conflict);
  });

  it('is what alone lets something written be approved', () => {
    expect(awaitsApproval(request({ status: 'applied', decision }))).toBe(false);
    expect(() => withApproval(request({ status: 'applied', decision }), decision, 'UTC')).toThrow(conflict);
  });
});

describe('other terms', () => {
  it('begin without the approvals that were given for the ones before', () => {
    const at = new Date('2026-11-22T08:00:00Z');
    const terms = { ...request().terms, justification: 'Something else altogether.' };
    expect(withTerms(request({ approvals }), { terms, targets: [] }, at)).toEqual(
      request({ terms, version: 2, termsVersion: 2, approvals: [], waitingSince: at }),
    );
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
