import fc from 'fast-check';
import { exemptFromAssignment, writeExemptions, type Access, type Grant } from '../../../src/core/access/access.ts';
import { everything } from '../../../src/core/tenant/hierarchy.ts';
import { scopeFilter } from '../../../src/core/tenant/scope-filter.ts';
import type { RequestQuestion, RequestsInSight } from '../../../src/core/request/listed-requests.ts';
import { awaitsApproval, type ExemptionRequest } from '../../../src/core/request/request.ts';
import { requestStatuses } from '../../../src/core/request/request-status.ts';
import { samePerson } from '../../../src/core/person.ts';
import type { OpenStore } from '../../../src/store/open-store.ts';
import { couldWrite } from '../../../src/workflow/rights/may-decide.ts';
import { maySee, type Viewpoint } from '../../../src/workflow/rights/take-viewpoint.ts';
import { contoso, places, recased, playground, shopGroup, shopProd, vm1 } from '../../core/contoso.ts';
import { engines } from '../engines.ts';
import { alice, bob, pendingRequest } from '../samples.ts';

const all: RequestsInSight = {
  scopes: scopeFilter({ scopes: [everything], hidden: [], hierarchy: contoso }),
  own: undefined,
};
const on = (day: number) => new Date(Date.UTC(2026, 0, day));
const sentBy = { ...bob, objectId: 'CCCCCCCC-0000-0000-0000-000000000003' };
const targetOf = (exemptionId: string) => ({
  exemptionId,
  scope: shopProd,
  assignmentId: 'a',
  assignmentName: 'A',
  referenceIds: undefined,
});

for (const { engine, open, whyNot } of engines) {
  (whyNot === undefined ? describe : describe.skip)(whyNot ?? `lists of requests on ${engine}`, () => {
    let opened: OpenStore;
    let count = 0;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.close());
    beforeEach(async () => {
      await opened.sqlForJobs.executeSql(
        'delete from requests; delete from request_scopes; delete from request_targets; delete from posted_cards',
      );
      count = 0;
    });

    const keep = async (changes: Partial<ExemptionRequest> = {}, scopes: readonly string[] = [shopProd]) => {
      count += 1;
      const sample = pendingRequest(`EX-${String(count).padStart(4, '0')}`, { createdAt: on(count), ...changes });
      const request = { ...sample, terms: { ...sample.terms, scopes } };
      await opened.store.requests.add(request);
      return request;
    };
    const referencesOf = (requests: readonly { readonly reference: string }[]) =>
      requests.map(({ reference }) => reference);
    const ask = async (question: Partial<RequestQuestion>) => {
      const { requests } = opened.store;
      const asked = { inSight: all, ...question };
      const found = await requests.page(asked, { most: 100 });
      expect(await requests.count(asked, 100)).toBe(found.length);
      expect(await requests.count(asked, 2)).toBe(Math.min(2, found.length));
      return referencesOf(found);
    };

    it('shows exactly what may be seen, whoever looks from wherever', async () => {
      const scopes = fc.array(fc.constantFrom(...places).chain(recased), { minLength: 1, maxLength: 3 });
      const kept = await Promise.all(
        fc
          .sample(fc.tuple(scopes, fc.constantFrom(alice, bob)), { numRuns: 40, seed: 5 })
          .map(([each, requester]) => keep({ requester }, each)),
      );
      const some = fc.array(fc.constantFrom(everything, ...places), { maxLength: 5 });
      const access: Access = { grants: [], denials: [], eligible: [] };
      await fc.assert(
        fc.asyncProperty(some, some, fc.boolean(), async (shown, hidden, inChannel) => {
          const sight = { scopes: shown, hidden, hierarchy: contoso };
          const viewpoint = { ...sight, access } as unknown as Viewpoint;
          const asker = { person: alice, channelId: inChannel ? 'c' : undefined };
          const inSight = { scopes: scopeFilter(sight), own: inChannel ? undefined : alice };
          const expected = kept.filter((request) => maySee(viewpoint, asker, request));
          expect((await ask({ inSight })).sort()).toEqual(referencesOf(expected).sort());
        }),
        { numRuns: 150 },
      );
    }, 60_000);

    it('are newest first, of one person and one status, in any casing of the id', async () => {
      await keep({ requester: sentBy });
      await keep({ requester: sentBy, status: 'rejected' });
      await keep();
      expect(await ask({})).toEqual(['EX-0003', 'EX-0002', 'EX-0001']);
      const requester = { ...sentBy, objectId: sentBy.objectId.toLowerCase() };
      expect(await ask({ requester })).toEqual(['EX-0002', 'EX-0001']);
      expect(await ask({ requester, statuses: ['rejected'] })).toEqual(['EX-0002']);
      expect(await ask({ requester: { ...sentBy, tenantId: 'another' } })).toEqual([]);
      expect(await ask({ statuses: [] })).toEqual([]);
    });

    it('are those that wait for one recommendation, in any casing of its key, emergencies too', async () => {
      const { terms } = pendingRequest('EX-0000');
      const other = { ...terms, recommendation: { ...terms.recommendation, key: 'another' } };
      await keep();
      await keep({ status: 'rejected' });
      await keep({ terms: other });
      await keep({ status: 'applied', emergency: { ratifyBy: on(9) } });
      const recommendationKey = terms.recommendation.key.toUpperCase();
      expect(await ask({ isWaiting: true, recommendationKey })).toEqual(['EX-0004', 'EX-0001']);
      expect(await ask({ isWaiting: true, recommendationKey: 'Another' })).toEqual(['EX-0003']);
    });

    it('comes in parts that leave nothing out, also where several were sent at once', async () => {
      for (let index = 0; index < 7; index += 1) await keep({ createdAt: on(index >> 1) });
      const { page } = opened.store.requests;
      const whole = await page({ inSight: all }, { most: 100 });
      const skipped = [];
      for (let skip = 0; skip < 7; skip += 2) skipped.push(...(await page({ inSight: all }, { most: 2, skip })));
      const followed: ExemptionRequest[] = [];
      for (let part = await page({ inSight: all }, { most: 2 }); part.length > 0;) {
        followed.push(...part);
        part = await page({ inSight: all }, { most: 2, after: part.at(-1) });
      }
      expect(skipped).toEqual(whole);
      expect(followed).toEqual(whole);
    });

    it('leaves to somebody what still waits for them', async () => {
      const approvals = [{ by: { ...bob, objectId: bob.objectId.toUpperCase() }, at: on(1), comment: '' }];
      const kept = await Promise.all(
        requestStatuses.flatMap((status) =>
          [undefined, { ratifyBy: on(9) }].flatMap((emergency) => [
            keep({ status, emergency }),
            keep({ status, emergency, requester: bob }),
            keep({ status, emergency, approvals }),
          ]),
        ),
      );
      const expected = kept.filter(
        (request) => awaitsApproval(request) && !samePerson(request.requester, bob) && request.approvals.length === 0,
      );
      expect((await ask({ leftTo: bob })).sort()).toEqual(referencesOf(expected).sort());
    });

    it('finds requests that name somebody as an approver, and those without a card in a place', async () => {
      const named = (kind: 'person' | 'group', ...ids: string[]) => ({
        governance: { ...pendingRequest('').governance, approvers: [[], ids.map((id) => ({ kind, id }))] },
      });
      const other = 'dddddddd-0000-0000-0000-000000000004';
      const both = await keep(named('person', other, bob.objectId));
      await keep(named('group', bob.objectId));
      await keep(named('person', other));
      expect(await ask({ namedApprover: bob.objectId.toUpperCase() })).toEqual([both.reference]);

      const { postedCards } = opened.store;
      const post = (reference: string, conversationId: string, audience: 'approvers' | 'reader') =>
        postedCards.add({ conversationId, activityId: reference, reference, audience });
      await post('EX-0001', '19:a;messageid=1', 'approvers');
      await post('EX-0002', '19:a', 'reader');
      await post('EX-0003', '19:b;messageid=1', 'approvers');
      const missing = (audience: 'approvers' | 'requester') =>
        ask({ withoutCardIn: { conversationId: '19:a', audience } });
      expect(await missing('approvers')).toEqual(['EX-0003', 'EX-0002']);
      expect(await missing('requester')).toEqual(['EX-0003', 'EX-0002', 'EX-0001']);
    });

    it('leaves out what somebody could not write, whatever they may write and exempt from', async () => {
      const odd = `${shopProd}/resourceGroups/RG-ÄPFEL`;
      const scopes = [...places, odd];
      const assignedAt = (scope: string) => `${scope}/providers/Microsoft.Authorization/policyAssignments/A`;
      const target = fc
        .tuple(fc.constantFrom(...scopes).chain(recased), fc.constantFrom(...scopes))
        .map(([scope, above]) => ({ ...targetOf('/one'), scope, assignmentId: assignedAt(above) }));
      const kept = await Promise.all(
        fc
          .sample(fc.array(target, { minLength: 1, maxLength: 3 }), { numRuns: 40, seed: 5 })
          .map((targets) => keep({ targets })),
      );
      const some = fc.array(fc.constantFrom(everything, ...scopes), { maxLength: 4 });
      const reachOf = (those: readonly string[]) =>
        scopeFilter({ scopes: those, hidden: [], hierarchy: contoso }).shown;
      const granted = (action: string, those: readonly string[]): Grant[] =>
        those.map((scope) => ({ scope, roleName: 'r', actions: [action], notActions: [], conditions: [] }));
      await fc.assert(
        fc.asyncProperty(some, some, async (write, exempt) => {
          const access = {
            grants: [...granted(writeExemptions, write), ...granted(exemptFromAssignment, exempt)],
            denials: [],
            eligible: [],
          };
          const isOdd = ({ targets }: ExemptionRequest) => /[^ -~]/.test(JSON.stringify(targets));
          const found = await ask({ couldBeWrittenIn: { exemptions: reachOf(write), assignments: reachOf(exempt) } });
          const expected = kept.filter((request) => couldWrite(access, request, contoso));
          // Nothing is left out; what is there besides has letters that the database may not know.
          expect(found).toEqual(expect.arrayContaining(referencesOf(expected)));
          const besides = kept
            .filter(({ reference }) => found.includes(reference))
            .filter((each) => !expected.includes(each));
          expect(besides.filter((each) => !isOdd(each))).toEqual([]);
        }),
        { numRuns: 150 },
      );
    }, 60_000);

    it('follows a request to its new scopes and exemptions', async () => {
      const before = await keep({ targets: [targetOf('/old')], appliedAt: on(1) });
      await keep({ targets: [targetOf('/old')] }, [playground]);
      await keep({ targets: [targetOf('/new/')] }, [playground]);
      const after = {
        ...before,
        version: 2,
        terms: { ...before.terms, scopes: [vm1] },
        targets: [targetOf('/NEW')],
      };
      expect(await opened.store.requests.replace(after)).toBe(true);
      const inSight = { ...all, scopes: scopeFilter({ scopes: [shopGroup], hidden: [], hierarchy: contoso }) };
      expect(await ask({ inSight })).toEqual([before.reference]);
      const renewals: boolean[] = [];
      for await (const portion of opened.store.requests.inPeriod({ inSight: all, from: on(0), before: on(9) }))
        renewals.push(...portion.map(({ isRenewal }) => isRenewal));
      expect(renewals).toEqual([true, false, false]);
    });

    it('takes a request for a renewal of an earlier one in sight that wrote one of its exemptions', async () => {
      await keep({ targets: [targetOf('/a')] });
      await keep({ targets: [targetOf('/a'), targetOf('/b')], appliedAt: on(5) });
      await keep({ targets: [targetOf('/A')], appliedAt: on(6) }, [vm1]);
      await keep({ targets: [targetOf('/c'), targetOf('/B')] }, [vm1]);
      await keep({ targets: [targetOf('/c')] }, [vm1]);
      const renewalsSeenFrom = async (scopes: readonly string[]) => {
        const renewals: string[] = [];
        const inSight = { ...all, scopes: scopeFilter({ scopes, hidden: [], hierarchy: contoso }) };
        for await (const portion of opened.store.requests.inPeriod({ inSight, from: on(1), before: on(9) }))
          renewals.push(...referencesOf(portion.filter((each) => each.isRenewal)));
        return renewals;
      };
      expect(await renewalsSeenFrom([everything])).toEqual(['EX-0004', 'EX-0003']);
      expect(await renewalsSeenFrom([shopProd])).toEqual(['EX-0004', 'EX-0003']);
      expect(await renewalsSeenFrom([vm1])).toEqual([]);
    });

    it('gives those that are named, however many', async () => {
      await keep();
      await keep({ status: 'rejected' });
      const { list } = opened.store.requests;
      const many = Array.from({ length: 70_000 }, (_, index) => `EX-Z${index}`);
      expect(referencesOf(await list({ references: [...many, 'ex-0002', 'EX-0001'] }))).toEqual(['EX-0002', 'EX-0001']);
      expect(await list({ references: ['EX-0002'], statuses: ['pending'] })).toEqual([]);
      expect(await list({ references: [] })).toEqual([]);
      expect(referencesOf(await list({ requesterId: alice.objectId, statuses: ['rejected'] }))).toEqual(['EX-0002']);
    });
  });
}
