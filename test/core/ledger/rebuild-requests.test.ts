import { requestWithoutPerson } from '../../../src/core/ledger/erase-person.ts';
import fc from 'fast-check';
import type { LedgerEvent } from '../../../src/core/ledger/ledger.ts';
import { asPerson, type Actor } from '../../../src/core/person.ts';
import { rebuildRequests, type RebuiltRequest } from '../../../src/core/ledger/rebuild-requests.ts';
import { recordOf } from '../../../src/core/ledger/request-record.ts';
import { heldIds, withoutExemptions } from '../../../src/core/request/exemption-claims.ts';
import { moved, withApproval, withTerms, type ExemptionRequest } from '../../../src/core/request/request.ts';
import { allowedNext, type RequestStatus } from '../../../src/core/request/request-status.ts';
import { builtIn } from '../governance-facts.ts';
import { alice, bob, pendingRequest } from '../../store/samples.ts';

type Life = { readonly request: ExemptionRequest; readonly events: readonly LedgerEvent[] };

const at = new Date('2026-11-21T12:00:00.000Z');
const carol = { ...bob, objectId: 'cccccccc-0000-0000-0000-000000000003', name: 'Carol Costa' };
const job: Actor = { kind: 'job', name: 'apply-request' };

const eventOf = (
  actor: Actor,
  after: ExemptionRequest,
  before: ExemptionRequest | undefined,
  comment = '',
): LedgerEvent => ({
  at: before === undefined ? after.createdAt : at,
  actor,
  reference: after.reference,
  event: after.status,
  from: before?.status,
  to: after.status,
  ...recordOf(after, before, comment),
});

const sent = (request: ExemptionRequest): Life => ({ request, events: [eventOf(asPerson(alice), request, undefined)] });

const changed = ({ request, events }: Life, after: ExemptionRequest, actor: Actor, comment = ''): Life => ({
  request: after,
  events: [...events, eventOf(actor, after, request, comment)],
});

const decidedBy = (life: Life, to: 'approved' | 'rejected', comment: string): Life => {
  const decision = life.request.decision ?? { by: bob, at, comment };
  const first = to === 'approved' && life.request.decision === undefined;
  const approvals = first ? [decision] : life.request.approvals;
  return changed(life, moved(life.request, to, 'UTC', { approvals, decision }), asPerson(bob), decision.comment);
};

const later = (before: Date, days: number): Date => new Date(before.getTime() + days * 86_400_000);

const step = (life: Life, to: RequestStatus, comment: string): Life => {
  if (to === 'revoking') {
    const revocation = { by: bob, at, reason: comment };
    return changed(life, moved(life.request, to, 'UTC', { revocation, emergency: undefined }), asPerson(bob), comment);
  }
  if (to === 'approved' || to === 'rejected') return decidedBy(life, to, comment);
  if (to === 'applied')
    return changed(
      life,
      moved(life.request, to, 'UTC', { appliedAt: at, targets: life.request.targets.slice(1), absent: [] }),
      job,
    );
  return changed(life, moved(life.request, to, 'UTC', to === 'failed' ? { failure: 'Azure said no.' } : {}), job);
};

const isWritten = ({ status }: ExemptionRequest): boolean => ['applied', 'effective'].includes(status);

/** The requester asks for something else. */
const amended = (life: Life, justification: string, days: number): Life => {
  const { request } = life;
  const expiresAt = days % 3 === 0 ? undefined : later(at, days % 300);
  const terms = { ...request.terms, expiresAt, justification: `Because ${justification}` };
  const renewal = days % 2 === 0 ? undefined : { of: 'EX-0LD', number: days, firstLasted: 30 };
  const after = withTerms(request, { terms, targets: request.targets.toReversed(), renewal }, later(at, 1));
  return changed(life, after, asPerson(alice));
};

/** An approver agrees to less. */
const narrowedBy = (life: Life, comment: string): Life => {
  const { request } = life;
  const terms = { ...request.terms, expiresAt: later(at, 3) };
  const less = withTerms(request, { terms, targets: request.targets }, at);
  const after = { ...withApproval(less, { by: carol, at, comment }, 'UTC'), version: request.version + 1 };
  return changed(life, after, asPerson(carol), comment);
};

const inEmergency = (life: Life, comment: string): Life => {
  const decision = { by: alice, at, comment };
  const after = moved(life.request, 'approved', 'UTC', { decision, emergency: { ratifyBy: later(at, 3) } });
  return changed(life, after, asPerson(alice), comment);
};

/** Somebody deletes an exemption of it in Azure, or a later request writes it. */
const losingOne = (life: Life): Life => {
  const after = withoutExemptions(life.request, heldIds(life.request).slice(0, 1));
  return changed(life, { ...after, version: after.version + 1 }, job);
};

/** What the ledger knows of a request. */
const known = (request: ExemptionRequest): RebuiltRequest => {
  const { alsoExempts: _a, leftOut: _l, failure: _f, progress: _p, ...rest } = request;
  return rest;
};

describe('requests rebuilt from the ledger', () => {
  it('are as they were sent', () => {
    const { request, events } = sent(pendingRequest('EX-AAAA'));

    expect(rebuildRequests(events)).toEqual([known(request)]);
  });

  it('have the terms that an approver narrowed, and who decided, when and with which words', () => {
    const { request, events } = sent(pendingRequest('EX-AAAA'));
    const narrower = {
      ...request.terms,
      expiresAt: new Date('2026-12-01T22:59:59.000Z'),
      scopes: ['/subscriptions/a'],
    };
    const decision = { by: bob, at, comment: 'Until the migration' };
    const after = { ...moved(request, 'approved', 'UTC', { approvals: [decision], decision }), terms: narrower };

    expect(rebuildRequests(changed({ request, events }, after, asPerson(bob), decision.comment).events)).toEqual([
      known(after),
    ]);
  });

  it('have every approval with who gave it, when and with which words', () => {
    const { request, events } = sent(pendingRequest('EX-AAAA', { governance: { ...builtIn, approvals: 2 } }));
    const once = withApproval(request, { by: carol, at: new Date('2026-11-21T10:00:00.000Z'), comment: 'One' }, 'UTC');
    const twice = withApproval(once, { by: bob, at, comment: 'Two' }, 'UTC');
    const life = changed({ request, events }, once, asPerson(carol), 'One');

    expect(rebuildRequests(life.events)).toEqual([known(once)]);
    expect(rebuildRequests(changed(life, twice, asPerson(bob), 'Two').events)).toEqual([known(twice)]);
    expect(twice).toMatchObject({ status: 'approved', approvals: [{ by: carol }, { by: bob }] });
  });

  it('know the approval of rows from before there was a governance file', () => {
    const life = decidedBy(sent(pendingRequest('EX-AAAA')), 'approved', 'Fine');
    const old = life.events.map((event) => {
      const { governance: _g, approvedAt: _a, termsVersion: _t, ...facts } = event.facts;
      return { ...event, facts };
    });

    expect(rebuildRequests(old)).toMatchObject([{ status: 'approved', approvals: life.request.approvals }]);
  });

  it('know which exemptions are not in Azure as their own any more, until they are written again', () => {
    const life = sent(pendingRequest('EX-AAAA', { governance: { ...builtIn, approvals: 1 } }));
    const [refused, other] = life.request.targets.map(({ exemptionId }) => exemptionId);
    const approved = decidedBy(life, 'approved', 'Fine');
    const inPart = { appliedAt: at, failure: 'Azure said no.', absent: [refused!] };
    const partly = changed(approved, moved(approved.request, 'partly-applied', 'UTC', inPart), job);
    const gone = losingOne(partly);
    const again = changed(gone, moved(gone.request, 'approved', 'UTC'), asPerson(bob));
    const whole = changed(again, moved(again.request, 'applied', 'UTC', { appliedAt: at, absent: [] }), job);

    const [first, second, last] = [partly, gone, whole].map(({ events }) => rebuildRequests(events)[0]!);
    expect(first).toEqual(known(partly.request));
    expect(second?.absent).toEqual([refused, other!.toLowerCase()]);
    expect(last?.absent).toEqual([]);
  });

  it('have the words that their requester changed, and what the rules say to them', () => {
    const { request, events } = sent(pendingRequest('EX-AAAA'));
    const after = {
      ...request,
      version: 2,
      governance: { ...builtIn, approvals: 2 },
      terms: { ...request.terms, justification: 'Because\nof "this"', ticket: 'C-1' },
    };

    expect(rebuildRequests(changed({ request, events }, after, asPerson(alice)).events)).toEqual([known(after)]);
  });

  it('have the reason that their requester changed, took back or gave later, and no evidence once it was erased', () => {
    const { reason, ...terms } = pendingRequest('EX-AAAA').terms;
    const other = { id: 'other', text: 'Another', evidence: [] };
    let life = sent(pendingRequest('EX-AAAA'));
    for (const next of [
      { ...terms, reason: other },
      terms,
      { ...terms, reason },
      { ...terms, reason: { ...reason!, evidence: [] } },
    ]) {
      const after = { ...life.request, version: life.request.version + 1, terms: next };
      life = changed(life, after, asPerson(alice));
      expect(rebuildRequests(life.events)).toEqual([known(after)]);
    }
    const whole = sent(pendingRequest('EX-AAAA'));
    const erased = changed(whole, requestWithoutPerson(whole.request, alice.objectId)!, job);
    expect(rebuildRequests(erased.events)[0]?.terms.reason).toEqual({ ...reason, evidence: [] });
    expect(JSON.stringify(requestWithoutPerson(whole.request, alice.objectId))).not.toContain('$root');
  });

  it('pass over rows that change no request', () => {
    const { request, events } = sent(pendingRequest('EX-AAAA'));
    const subscribed = { ...events[0]!, reference: undefined, facts: { channel: 'c' }, text: '' };
    const written = { ...events[0]!, event: 'exemption-written', facts: { exemption: 'id' }, text: '' };

    expect(rebuildRequests([subscribed, ...events, written])).toEqual([known(request)]);
  });

  it('hold no word of anybody in their facts: those could never be erased', () => {
    const words = { name: 'Secret name', justification: 'Secret reason', ticket: 'Secret ticket' };
    const reason = { id: 'a', text: 'Of the rules', evidence: [{ id: 'b', label: 'Of the rules', text: 'Secret 7' }] };
    const request = pendingRequest('EX-AAAA', { requester: { ...alice, name: 'Secret Alice' } });
    const life = decidedBy(
      sent({ ...request, terms: { ...request.terms, ...words, reason } }),
      'approved',
      'Secret comment',
    );

    expect(JSON.stringify(life.events.map((event) => event.facts))).not.toContain('Secret');
  });

  it('are the same as what is kept, whatever happened to them', () => {
    const deeds = fc.constantFrom('move', 'move', 'change', 'narrow', 'emergency', 'lose');
    const choices = fc.array(fc.record({ pick: fc.nat(), comment: fc.string(), deed: deeds }), { maxLength: 8 });
    fc.assert(
      fc.property(fc.array(choices, { minLength: 1, maxLength: 3 }), (lives) => {
        const ended = lives.map((choicesOfOne, index) => {
          let life = sent(pendingRequest(`EX-AAA${index}`));
          for (const { pick, comment, deed } of choicesOfOne) {
            const waits = life.request.status === 'pending';
            const next = allowedNext[life.request.status].filter((to) => to !== 'approved' || !isWritten(life.request));
            const to = next[pick % Math.max(next.length, 1)];
            if (waits && deed === 'change') life = amended(life, comment, pick);
            else if (waits && deed === 'narrow') life = narrowedBy(life, comment);
            else if (waits && deed === 'emergency') life = inEmergency(life, comment);
            else if (deed === 'lose') life = losingOne(life);
            else if (to !== undefined) life = step(life, to, comment);
          }
          return life;
        });
        expect(rebuildRequests(ended.flatMap((life) => life.events))).toEqual(ended.map((life) => known(life.request)));
      }),
    );
  });
});
