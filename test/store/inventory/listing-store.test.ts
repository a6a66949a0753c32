import fc from 'fast-check';
import { isOrdinary, type ListedExemption } from '../../../src/core/inventory/listed-exemption.ts';
import { listingFilter, type KeptListing, type ListingKind } from '../../../src/core/inventory/listing-filter.ts';
import { covers, everything } from '../../../src/core/tenant/hierarchy.ts';
import type { OpenStore } from '../../../src/store/open-store.ts';
import { contains, soonestFirst, together } from '../../../src/workflow/inventory/group-exemptions.ts';
import { canSee } from '../../../src/workflow/rights/take-viewpoint.ts';
import { contoso } from '../../core/contoso.ts';
import { now } from '../../core/policies.ts';
import { engines } from '../engines.ts';
import { anyList, anyQuestion, largeEstate, timeZone, type Known } from './any-estate.ts';

type Drawn = typeof anyList extends fc.Arbitrary<infer Value> ? Value : never;

const isOf = (row: ListedExemption, kind: ListingKind): boolean => {
  if (kind === 'other-policies' || isOrdinary(row)) return kind === 'other-policies' && isOrdinary(row);
  if (kind === 'all' || kind === 'needless') return true;
  return kind === 'outside' ? row.request === undefined : row.state === kind;
};

/** The same list as the functions make it that hold everything in memory. */
const inMemory = ({ estate, sight, place, text, kind }: Drawn): ListedExemption[] => {
  const kept = estate
    .map(({ listed }) => listed)
    .filter((row) => canSee(sight, row.exemption.scope) && isOf(row, kind) && contains(row, text))
    .filter(
      ({ exemption: { scope } }) =>
        place === undefined || covers(place, scope, contoso) || covers(scope, place, contoso),
    );
  return together(kept.sort(soonestFirst)).filter(({ needless }) => kind !== 'needless' || needless);
};

const asKept = (row: ListedExemption): KeptListing => {
  const { id, scope, category, displayName, expiresAt, createdAt, createdBy } = row.exemption;
  return {
    exemption: { id, scope, category, displayName, expiresAt, createdAt, createdBy },
    reference: row.request?.reference,
    recommendations: row.recommendations,
    wholeInitiative: row.wholeInitiative,
    needless: row.needless,
    assignmentNames: row.assignmentNames,
    assignmentGone: row.state === 'orphaned',
  };
};

for (const { engine, open, whyNot } of engines) {
  (whyNot === undefined ? describe : describe.skip)(whyNot ?? `lists of exemptions on ${engine}`, () => {
    let opened: OpenStore;
    beforeAll(async () => {
      opened = await open();
    }, 60_000);
    afterAll(() => opened.close());

    const keep = async (estate: readonly Known[]): Promise<void> => {
      const { seen, listings } = opened.store;
      for await (const portion of seen.all()) await seen.remove(portion.map(({ exemption }) => exemption.id));
      await listings.tidy();
      await seen.save(
        estate.map(({ sighting }) => sighting),
        now,
      );
      await listings.keep(estate.map(({ listing }) => listing));
    };

    const isSameAsInMemory = async (drawn: Drawn): Promise<void> => {
      const { sight, place, text, kind, withinDays, offset, limit, countTo } = drawn;
      const filter = listingFilter({ sight, place, hierarchy: contoso, text, kind, now, timeZone, withinDays });
      const expected = inMemory(drawn);
      const { listings } = opened.store;
      const part = { skip: offset, most: limit };
      expect(await listings.page(filter, part)).toEqual(expected.slice(offset, offset + limit).map(asKept));
      expect(await listings.count(filter, countTo)).toBe(Math.min(expected.length, countTo));
    };

    it('are what the functions in memory make of the same exemptions', async () => {
      await fc.assert(
        fc.asyncProperty(anyList, async (drawn) => {
          await keep(drawn.estate);
          await isSameAsInMemory(drawn);
        }),
        { numRuns: 150 },
      );
    }, 120_000);

    /** Lets some come to another occasion and go back, and removes others, so that another one leads; what is left. */
    const moveSome = async (estate: readonly Known[]): Promise<Known[]> => {
      const { seen, listings } = opened.store;
      const some = estate.filter((_, at) => at % 3 === 1).map(({ listing }) => listing);
      await listings.keep(some.map((listing) => ({ ...listing, occasion: estate[0]!.listing.occasion })));
      await listings.keep(some);
      const gone = estate.filter((_, at) => at % 3 === 2);
      await seen.remove(gone.map(({ sighting }) => sighting.exemption.id));
      return estate.filter((_, at) => at % 3 !== 2);
    };

    it('are the same where they are long', async () => {
      const all = largeEstate();
      await keep(all);
      const estate = await moveSome(all);
      await fc.assert(
        fc.asyncProperty(anyQuestion, (question) => isSameAsInMemory({ ...question, estate })),
        { numRuns: 100 },
      );
      for (const kind of ['all', 'needless', 'other-policies'] as const) {
        const [question] = fc.sample(anyQuestion, { numRuns: 1, seed: 3 });
        const sight = { scopes: [everything], hidden: [], hierarchy: contoso };
        await isSameAsInMemory({ ...question!, estate, kind, sight, place: undefined, text: 'm', offset: 7 });
      }
    }, 120_000);

    it('hold nothing that the sweep does not know, and forget it with the sweep', async () => {
      const [drawn] = fc.sample(
        anyList.filter(({ estate }) => estate.length > 3),
        { numRuns: 1, seed: 7 },
      );
      const { estate } = drawn!;
      const { seen, listings } = opened.store;
      await keep(estate);
      const idOf = ({ sighting }: Known): string => sighting.exemption.id;
      const brief = async (): Promise<(string | undefined)[]> => {
        const known = await seen.inBrief(estate.map(idOf));
        return estate.map((each) => known.get(idOf(each).toLowerCase())?.listed);
      };
      expect(await brief()).toEqual(estate.map(({ listing }) => listing.digest));
      await seen.remove([idOf(estate[0]!)]);
      await listings.keep([estate[0]!.listing]);
      expect(await brief()).toEqual([undefined, ...estate.slice(1).map(({ listing }) => listing.digest)]);
    });

    it('follow what is needed', async () => {
      const { seen, listings } = opened.store;
      const [drawn] = fc.sample(
        anyList.filter(({ estate }) => estate.some(({ listed }) => listed.recommendations.length > 0)),
        { numRuns: 1, seed: 7 },
      );
      const one = drawn!.estate.find(({ listed }) => listed.recommendations.length > 0)!;
      await keep([one]);
      const sight = { scopes: ['/'], hidden: [], hierarchy: contoso };
      const filter = listingFilter({
        ...{ sight, place: undefined, hierarchy: contoso, text: '', kind: 'needless' },
        ...{ now, timeZone, withinDays: 30 },
      });
      const count = (): Promise<number> => listings.count(filter, 9);
      const numbers = [...(await seen.inBrief([one.sighting.exemption.id])).values()].map(({ number }) => number);
      await seen.markNeedless(numbers);
      expect(await count()).toBe(1);
      await listings.keep([one.listing]);
      expect(await count()).toBe(1);
      await seen.markNeeded(numbers);
      expect(await count()).toBe(0);
    });
  });
}
