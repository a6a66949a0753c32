import { isWideScope } from '../../../src/core/plan/reach.ts';
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
        return { ...sample, terms };
      });
      for (const request of kept) await opened.store.requests.add(request);
    });
    afterAll(() => opened.close());

    const asked = async (filter: RequestFilter) => {
      const found = await opened.store.requests.page({ inSight, filter }, { most: 200 });
      expect(await opened.store.requests.count({ inSight, filter }, 200)).toBe(found.length);
      return found.map(({ reference }) => reference).sort();
    };
    const among = (fits: (terms: ExemptionRequest['terms']) => boolean) =>
      kept
        .filter(({ terms }) => fits(terms))
        .map(({ reference }) => reference)
        .sort();

    it.each(severities)('leaves what somebody means by the severity %s', async (severity) => {
      const expected = among(({ recommendation }) => meansSeverity(severity, recommendation.severity));
      expect(expected.length).toBeGreaterThan(0);
      expect(await asked({ severity })).toEqual(expected);
    });

    it('leaves what is wide, in any casing', async () => {
      expect(await asked({ isWide: true })).toEqual(among(({ scopes }) => scopes.some(isWideScope)));
    });

    it('leaves what ends by a day, which is never what has no end', async () => {
      const expected = among(({ expiresAt }) => expiresAt !== undefined && expiresAt <= on(32));
      expect(expected.length).toBeGreaterThan(0);
      expect(await asked({ endsBy: on(32) })).toEqual(expected);
    });

    it('leaves what several filters leave together', async () => {
      expect(await asked({ endsBy: on(32), isWide: true, severity: 'high' })).toEqual(
        among(
          ({ expiresAt, scopes, recommendation }) =>
            expiresAt !== undefined &&
            expiresAt <= on(32) &&
            scopes.some(isWideScope) &&
            meansSeverity('high', recommendation.severity),
        ),
      );
    });

    const widths = scopesOf.map((scopes) => scopes.join());
    const order = [6, 5, 3, 4, 2, 1, 0];
    const keys: Readonly<Record<Exclude<RequestSort, 'newest'>, (request: ExemptionRequest) => number>> = {
      waiting: ({ waitingSince }) => waitingSince.getTime(),
      end: ({ terms }) => terms.expiresAt?.getTime() ?? Infinity,
      severity: ({ terms }) => severities.indexOf(terms.recommendation.severity),
      wide: ({ terms }) => order.indexOf(widths.indexOf(terms.scopes.join())),
    };
    const compare = (a: number | string, b: number | string): number => (a < b ? -1 : a > b ? 1 : 0);
    const sorted = (sort: RequestSort): string[] =>
      kept
        .toSorted((a, b) => {
          const byAge = compare(a.createdAt.getTime(), b.createdAt.getTime()) || compare(a.reference, b.reference);
          return sort === 'newest' ? -byAge : compare(keys[sort](a), keys[sort](b)) || byAge;
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
