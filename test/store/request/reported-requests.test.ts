import fc from 'fast-check';
import { instantsOf } from '../../../src/core/report/report-period.ts';
import type { RequestsInSight } from '../../../src/core/request/listed-requests.ts';
import type { ExemptionRequest } from '../../../src/core/request/request.ts';
import { requestStatuses } from '../../../src/core/request/request-status.ts';
import { everything } from '../../../src/core/tenant/hierarchy.ts';
import { scopeFilter } from '../../../src/core/tenant/scope-filter.ts';
import { severities } from '../../../src/core/tenant/severity.ts';
import { requestWithoutPerson, traceOf } from '../../../src/core/ledger/erase-person.ts';
import type { OpenStore } from '../../../src/store/open-store.ts';
import { canSee } from '../../../src/workflow/rights/take-viewpoint.ts';
import { contoso, places, recased } from '../../core/contoso.ts';
import { engines } from '../engines.ts';
import { alice, bob, pendingRequest } from '../samples.ts';
import { isCounted, tallyInMemory, type Counted } from './tally-in-memory.ts';

const on = (day: number) => new Date(Date.UTC(2026, 0, day));
const timeZone = 'Europe/Berlin';
const now = on(20);

const anyDay = fc.integer({ min: 1, max: 20 }).map(on);
const anyPerson = fc
  .constantFrom(alice, bob, { ...bob, tenantId: 'another' }, { ...alice, name: 'Alice, renamed' })
  .chain((person) =>
    fc.constantFrom(person, {
      ...person,
      objectId: person.objectId.toUpperCase(),
      tenantId: person.tenantId.toUpperCase(),
    }),
  );
const sometimes = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
const anyDecision = fc.record({ by: anyPerson, at: anyDay, comment: fc.constant('') });

const targetOf = (number: number) => ({
  exemptionId: `/exemption-${number}`,
  scope: '/',
  assignmentId: 'a',
  assignmentName: 'A',
  referenceIds: undefined,
});

const anyRequest = fc.record({
  status: fc.constantFrom(...requestStatuses),
  requester: anyPerson,
  createdAt: anyDay,
  waitingSince: anyDay,
  approvals: fc.array(anyDecision, { maxLength: 2 }),
  decision: sometimes(anyDecision),
  emergency: sometimes(anyDay.map((ratifyBy) => ({ ratifyBy }))),
  revocation: sometimes(fc.record({ by: sometimes(anyPerson), at: anyDay, reason: fc.constant('') })),
  needed: fc.constantFrom(0, 1, 2),
  severity: fc.constantFrom(...severities),
  appliedAt: sometimes(anyDay),
  targets: fc.array(fc.integer({ min: 1, max: 200 }).map(targetOf), { maxLength: 2 }),
  scopes: fc.array(fc.constantFrom(...places).chain(recased), { minLength: 1, maxLength: 3 }),
});

const requestOf = (
  { needed, severity, scopes, ...drawn }: typeof anyRequest extends fc.Arbitrary<infer Value> ? Value : never,
  index: number,
): ExemptionRequest => {
  const sample = pendingRequest(`EX-${String(index).padStart(4, '0')}`, drawn);
  const { terms, governance } = sample;
  return {
    ...sample,
    terms: { ...terms, scopes, recommendation: { ...terms.recommendation, severity } },
    governance: { ...governance, approvals: needed },
  };
};

const inAll = async <Row>(portions: AsyncIterable<Row[]>): Promise<Row[]> => {
  const all: Row[] = [];
  for await (const portion of portions) all.push(...portion);
  return all;
};

/** Whether an earlier one among them wrote one of its exemptions. */
const isRenewal = (request: ExemptionRequest, among: readonly ExemptionRequest[]): boolean => {
  const theirs = request.targets.map(({ exemptionId }) => exemptionId);
  return among.some(
    ({ createdAt, appliedAt, targets }) =>
      createdAt < request.createdAt &&
      appliedAt !== undefined &&
      targets.some(({ exemptionId }) => theirs.includes(exemptionId)),
  );
};

const referencesOf = (requests: readonly { readonly reference: string }[]): string[] =>
  requests.map(({ reference }) => reference).sort();

for (const { engine, open, whyNot } of engines) {
  (whyNot === undefined ? describe : describe.skip)(whyNot ?? `what is counted of requests on ${engine}`, () => {
    let opened: OpenStore;
    const kept = fc.sample(anyRequest, { numRuns: 300, seed: 14 }).map(requestOf);
    beforeAll(async () => {
      opened = await open();
      for (const request of kept) await opened.store.requests.add(request);
    }, 60_000);
    afterAll(() => opened.close());

    it('is what functions count that hold all in memory, whoever looks and for whatever period', async () => {
      const some = fc.array(fc.constantFrom(everything, ...places), { minLength: 1, maxLength: 4 });
      const anyPeriod = fc
        .tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 0, max: 9 }))
        .map(([from, length]) => ({
          fromDay: `2026-01-${String(from).padStart(2, '0')}`,
          toDay: `2026-01-${String(from + length).padStart(2, '0')}`,
        }));
      await fc.assert(
        fc.asyncProperty(some, some, anyPeriod, async (shown, hidden, period) => {
          const sight = { scopes: shown, hidden, hierarchy: contoso };
          const inSight: RequestsInSight = { scopes: scopeFilter(sight), own: undefined };
          const seen = kept
            .filter(({ terms }) => terms.scopes.every((scope) => canSee(sight, scope)))
            .map((request, _, all): Counted => ({ ...request, isRenewal: isRenewal(request, all) }));
          const question = { inSight, ...instantsOf(period, timeZone) };
          const listed = await inAll(opened.store.requests.inPeriod(question));
          expect(referencesOf(listed)).toEqual(
            referencesOf(seen.filter((each) => isCounted(each, { period, timeZone }))),
          );
          expect(await opened.store.requests.tally({ ...question, now })).toEqual(
            tallyInMemory(seen, { period, timeZone, now }),
          );
        }),
        { numRuns: 60 },
      );
    }, 60_000);

    it('finds whatever still names a person, and nothing once they are erased, also while it is erased', async () => {
      const { naming, replace } = opened.store.requests;
      const theirs = kept.filter((request) => traceOf(request, bob.objectId) !== undefined);
      const found: string[] = [];
      for await (const portion of naming(bob.objectId.toUpperCase()))
        for (const request of portion) {
          found.push(request.reference);
          await replace(requestWithoutPerson(request, bob.objectId)!);
        }
      expect(found.sort()).toEqual(referencesOf(theirs));
      expect(await inAll(naming(bob.objectId))).toEqual([]);
    }, 60_000);
  });
}
