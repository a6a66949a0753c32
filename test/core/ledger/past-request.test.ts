import type { LedgerEvent } from '../../../src/core/ledger/ledger.ts';
import { requestWithoutPerson } from '../../../src/core/ledger/erase-person.ts';
import { pastRequests } from '../../../src/core/ledger/past-request.ts';
import { asPerson, type Actor } from '../../../src/core/person.ts';
import { recordOf } from '../../../src/core/ledger/request-record.ts';
import { withApproval, type ExemptionRequest } from '../../../src/core/request/request.ts';
import { alice, bob, pendingRequest } from '../../store/samples.ts';
import { builtIn } from '../governance-facts.ts';

const timeZone = 'Europe/Berlin';
const job: Actor = { kind: 'job', name: 'forget-person' };

const row = (actor: Actor, at: string, after: ExemptionRequest, before?: ExemptionRequest): LedgerEvent => ({
  at: new Date(at),
  actor,
  reference: after.reference,
  event: after.status,
  from: before?.status,
  to: after.status,
  ...recordOf(after, before),
});

const request = pendingRequest('EX-AAAA');
const sent = row(asPerson(alice), '2026-11-20T08:15:30.123Z', request);

describe('past requests in the ledger', () => {
  it('are as they were sent, with the days that they asked for', () => {
    expect(pastRequests([sent], timeZone)).toEqual([
      {
        reference: 'EX-AAAA',
        sentAt: sent.at,
        recommendation: request.terms.recommendation,
        scopes: request.terms.scopes,
        category: 'Waiver',
        lasts: 30,
        words: { justification: request.terms.justification, ticket: '' },
        reason: 'no-fix',
        governance: builtIn,
      },
    ]);
  });

  it('are as their requester changed them last, with what the rules said to that', () => {
    const edited: ExemptionRequest = {
      ...request,
      version: 2,
      terms: { ...request.terms, category: 'Mitigated', ticket: 'C-1', expiresAt: new Date('2026-11-28T22:59:59Z') },
      governance: { ...builtIn, approvals: 2 },
    };
    const edit = row(
      asPerson({ ...alice, objectId: alice.objectId.toLowerCase() }),
      '2026-11-21T23:30:00Z',
      edited,
      request,
    );

    expect(pastRequests([sent, edit], timeZone)).toMatchObject([
      { category: 'Mitigated', lasts: 6, words: { ticket: 'C-1' }, governance: { approvals: 2 }, sentAt: sent.at },
    ]);
  });

  it('are not what an approver narrowed them to', () => {
    const approved = withApproval(request, { by: bob, at: new Date('2026-11-21T10:00:00Z'), comment: '' }, timeZone);
    const narrowed = { ...approved, terms: { ...request.terms, expiresAt: new Date('2026-11-22T22:59:59Z') } };

    expect(pastRequests([sent, row(asPerson(bob), '2026-11-21T10:00:00Z', narrowed, request)], timeZone)).toEqual(
      pastRequests([sent], timeZone),
    );
  });

  it('have lost their words once those were erased', () => {
    const forgotten = row(job, '2026-11-22T10:00:00Z', requestWithoutPerson(request, alice.objectId)!, request);
    const [past] = pastRequests([{ ...sent, text: '' }, forgotten], timeZone);

    expect(past).toMatchObject({ lasts: 30, words: undefined });
  });

  it('are only those whose beginning is on record', () => {
    const other = row(asPerson(alice), '2026-11-22T10:00:00Z', pendingRequest('EX-BBBB'));
    const step = { ...sent, event: 'exemption-written', facts: { exemption: 'id' }, text: '' };
    const subscribed = { ...sent, reference: undefined, facts: { version: '1' }, text: '' };

    expect(pastRequests([step, subscribed, sent, other], timeZone).map(({ reference }) => reference)).toEqual([
      'EX-AAAA',
      'EX-BBBB',
    ]);
    expect(pastRequests([step], timeZone)).toEqual([]);
  });
});
