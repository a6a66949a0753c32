import { manyResources } from '../../../src/core/plan/width.ts';
import { hitOf, isWideRequest } from '../../../src/core/request/request-governance.ts';
import type { RequestFilter, RequestSort } from '../../../src/core/request/listed-requests.ts';
import type { ExemptionRequest } from '../../../src/core/request/request.ts';
import { everything } from '../../../src/core/tenant/hierarchy.ts';
import { scopeFilter } from '../../../src/core/tenant/scope-filter.ts';
import { meansSeverity, severities } from '../../../src/core/tenant/severity.ts';
import type { OpenStore } from '../../../src/store/open-store.ts';
import { contoso, shopGroup, shopProd, vm1, vm10 } from '../../core/contoso.ts';
import { engines } from '../engines.ts';
import { pendingRequest } from '../samples.ts';

const inSight = { scopes: scopeFilter({ scopes: [everything], hidden: [], hierarchy: contoso }), own: undefined };
const on = (day: number) => new Date(Date.UTC(2026, 0, day));
const group = '/providers/Microsoft.Management/managementGroups/Online/';
const hits = [3, manyResources - 1, manyResources, 5000];
const scopesOf = [[vm1], [vm1, vm10], [shopGroup], [shopProd, vm1], [shopProd.toUpperCase()], [group], [everything]];

for (const { engine, open, whyNot } of engines) {
  (whyNot === undefined ? describe : describe.skip)(whyNot ?? `filtered and sorted requests on ${engine}`, () => {
    let opened: OpenStore;
    let kept: ExemptionRequest[];
    beforeAll(async () => {
      opened = await open();
      kept = Array.from({ length: 84 }, (_, at) => {
        const sample = pendingRequest(`EX-${String(1000 + ((at * 37) % 84))}`, {
          createdAt: on(1 + (at % 5)),
          waitingSince: on(6 + (at % 3)),
        });
        const { recommendation } = sample.terms;
        const terms = {
          ...sample.terms,
          scopes: scopesOf[at % 7]!,
          expiresAt: at % 4 === 0 ? undefined : on(30 + (at % 4)),
          recommendation: { ...recommendation, severity: severities[at % 4]! },
        };
        const { governance } = sample;
        const facts = {
          resourceTypes: [],
          affectedResources: hits[at % 4]!,
          hierarchy: contoso,
          unknownScopes: [],
          lengths: { justification: 1, ticket: 1 },
        };
        return {
          ...sample,
          terms,
          emergency: at % 11 === 0 ? { ratifyBy: on(20) } : undefined,
          governance:
            at % 6 === 0
              ? governance
              : { ...governance, facts, ...(at % 5 === 0 ? { scopesReduced: true as const } : {}) },
        };
      });
      for (const request of kept) await opened.store.requests.add(request);
    });
    afterAll(() => opened.close());

    const asked = async (filter: RequestFilter) => {
      const found = await opened.store.requests.page({ inSight, filter }, { most: 200 });
      expect(await opened.store.requests.count({ inSight, filter }, 200)).toBe(found.length);
      return found.map(({ reference }) => reference).sort();
    };
    const among = (fits: (terms: ExemptionRequest['terms'], request: ExemptionRequest) => boolean) =>
      kept
        .filter((each) => fits(each.terms, each))
        .map(({ reference }) => reference)
        .sort();

    it.each(severities)('leaves what somebody means by the severity %s', async (severity) => {
      const expected = among(({ recommendation }) => meansSeverity(severity, recommendation.severity));
      expect(expected.length).toBeGreaterThan(0);
      expect(await asked({ severity })).toEqual(expected);
    });

    it('leaves what is wide, by its scopes in any casing or by what it hits, as cards say it', async () => {
      const expected = among((_, request) => isWideRequest(request));
      const byHits = among(({ scopes }, request) => isWideRequest(request) && scopes.includes(vm1));
      expect(byHits.length).toBeGreaterThan(0);
      expect(await asked({ isWide: true })).toEqual(expected);
    });

    it('leaves what ends by a day, which is never what has no end', async () => {
      const expected = among(({ expiresAt }) => expiresAt !== undefined && expiresAt <= on(32));
      expect(expected.length).toBeGreaterThan(0);
      expect(await asked({ endsBy: on(32) })).toEqual(expected);
    });

    it('leaves what ends from a day on, which is never what has no end', async () => {
      const ends = (from: Date, to: Date) =>
        among(({ expiresAt }) => expiresAt !== undefined && expiresAt >= from && expiresAt <= to);
      expect(await asked({ endsFrom: on(32) })).toEqual(ends(on(32), on(400)));
      expect(await asked({ endsFrom: on(32), endsBy: on(32) })).toEqual(ends(on(32), on(32)));
      expect(ends(on(32), on(32)).length).toBeGreaterThan(0);
    });

    it('leaves what several filters leave together', async () => {
      expect(await asked({ endsBy: on(32), isWide: true, severity: 'high' })).toEqual(
        among(
          ({ expiresAt, recommendation }, request) =>
            expiresAt !== undefined &&
            expiresAt <= on(32) &&
            isWideRequest(request) &&
            meansSeverity('high', recommendation.severity),
        ),
      );
    });

    const widths = scopesOf.map((scopes) => scopes.join());
    /** From the machine to everything, as `scopesOf` has them. */
    const ranks = [1, 1, 2, 3, 3, 4, 5];
    const width = (request: ExemptionRequest): number[] => {
      const hit = hitOf(request)?.affectedResources ?? 0;
      const rank = ranks[widths.indexOf(request.terms.scopes.join())]!;
      return [-Math.max(rank, hit >= manyResources ? 3 : 0), -hit, -request.terms.scopes.length];
    };
    const keys: Readonly<Record<Exclude<RequestSort, 'newest'>, (request: ExemptionRequest) => number[]>> = {
      waiting: ({ waitingSince }) => [waitingSince.getTime()],
      end: ({ terms }) => [terms.expiresAt?.getTime() ?? Infinity],
      severity: ({ emergency, terms, waitingSince }) => [
        emergency === undefined ? 1 : 0,
        severities.indexOf(terms.recommendation.severity),
        waitingSince.getTime(),
      ],
      wide: width,
    };
    const first = (differences: readonly number[]): number => differences.find((each) => each !== 0) ?? 0;
    const compare = (a: number | string, b: number | string): number => (a < b ? -1 : a > b ? 1 : 0);
    const sorted = (sort: RequestSort): string[] =>
      kept
        .toSorted((a, b) => {
          const byAge = compare(a.createdAt.getTime(), b.createdAt.getTime()) || compare(a.reference, b.reference);
          return sort === 'newest'
            ? -byAge
            : first(keys[sort](a).map((key, at) => compare(key, keys[sort](b)[at]!))) || byAge;
        })
        .map(({ reference }) => reference);

    it.each(['newest', 'waiting', 'end', 'severity', 'wide'] as const)(
      'sorts by %s, also in parts that leave nothing out',
      async (sort) => {
        const { page } = opened.store.requests;
        const followed: string[] = [];
        for (let part = await page({ inSight }, { most: 5, sort }); part.length > 0;) {
          followed.push(...part.map(({ reference }) => reference));
          part = await page({ inSight }, { most: 5, sort, after: part.at(-1) });
        }
        expect(followed).toEqual(sorted(sort));
        const skipped = await page({ inSight }, { most: 200, skip: 5, sort });
        expect(skipped.map(({ reference }) => reference)).toEqual(followed.slice(5));
      },
    );
  });
}
