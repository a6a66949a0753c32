import fc from 'fast-check';
import type { Listing } from '../../../src/core/inventory/listing.ts';
import type { ListedExemption } from '../../../src/core/inventory/listed-exemption.ts';
import { listingFilter, type KeptListing } from '../../../src/core/inventory/listing-filter.ts';
import { everything } from '../../../src/core/tenant/hierarchy.ts';
import type { OpenStore } from '../../../src/store/open-store.ts';
import { normalId } from '../../../src/core/tenant/arm-id.ts';
import { contoso, shopProd, vm1 } from '../../core/contoso.ts';
import { now } from '../../core/policies.ts';
import { engines } from '../engines.ts';
import { countOf } from '../../../src/core/inventory/listing-tally.ts';
import { countsOf, inMemory, tallyInMemory, type Drawn } from './lists-in-memory.ts';
import { anyList, anyQuestion, largeEstate, timeZone, type Known } from './any-estate.ts';

const listingsOf = (known: readonly Known[]): Listing[] => known.map(({ listing }) => listing);
const isOfPolicy = ({ listing }: Known): boolean => listing.madeIn === 'policy';

const isUseful = (each: Known): boolean => isOfPolicy(each) && each.listed.recommendations.length > 0;

const asKept = (row: ListedExemption): KeptListing => {
  const { id, scope, category, displayName, expiresAt, createdAt, createdBy } = row.exemption;
  return {
    madeIn: row.madeIn,
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
      await listings.keepThoseOfDefender([], now);
      await listings.tidy();
      const ofPolicy = estate.filter(isOfPolicy);
      await seen.save(
        ofPolicy.map(({ sighting }) => sighting),
        now,
      );
      await listings.keep(listingsOf(ofPolicy));
      await listings.keepThoseOfDefender(listingsOf(estate.filter((each) => !isOfPolicy(each))), now);
    };

    const isSameAsInMemory = async (drawn: Drawn): Promise<void> => {
      const { sights, place, text, isWhole, kind, assignment, withinDays, offset, limit, countTo } = drawn;
      const filter = listingFilter({
        ...{ sights, place, hierarchy: contoso, text, isWhole, kind, assignment },
        ...{ now, timeZone, withinDays },
      });
      const expected = inMemory(drawn);
      const { listings } = opened.store;
      const part = { skip: offset, most: limit };
      expect(await listings.page(filter, part)).toEqual(expected.slice(offset, offset + limit).map(asKept));
      expect(await listings.count(filter, countTo)).toBe(Math.min(expected.length, countTo));
      if (text === '') {
        const inAllKinds = inMemory({ ...drawn, kind: 'all' });
        const kinds = await listings.countKinds(filter, countTo);
        expect(kinds).toEqual(inAllKinds.length < countTo ? countsOf(inAllKinds) : undefined);
        if (kinds !== undefined && kind !== 'needless' && kind !== 'other-policies')
          expect(countOf(kinds, kind)).toBe(expected.length);
      }
      const after = expected.slice(0, offset).map(asKept).at(-1);
      if (after !== undefined)
        expect(await listings.page(filter, { after, most: limit })).toEqual(
          expected.slice(offset, offset + limit).map(asKept),
        );
      expect(await listings.tally(filter)).toEqual(tallyInMemory(drawn));
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
      const some = listingsOf(estate.filter((each, at) => at % 3 === 1 && isOfPolicy(each)));
      const [another] = some;
      await listings.keep(some.map((listing) => ({ ...listing, occasion: another!.occasion })));
      await listings.keep(some);
      const left = estate.filter((_, at) => at % 3 !== 2);
      const gone = estate.filter((each, at) => at % 3 === 2 && isOfPolicy(each));
      await seen.remove(gone.map(({ sighting }) => sighting.exemption.id));
      await listings.keepThoseOfDefender(listingsOf(left.filter((each) => !isOfPolicy(each))), now);
      return left;
    };

    it('know one of them by its id, with those made together with it', async () => {
      const all = largeEstate().slice(0, 300);
      await keep(all);
      const sights = { policy: { scopes: [everything], hidden: [], hierarchy: contoso } };
      const question = fc.sample(anyQuestion, { numRuns: 1, seed: 3 })[0]!;
      const drawn = {
        ...question,
        place: undefined,
        text: '',
        assignment: undefined,
        sights: { ...sights, defender: sights.policy },
      };
      const rows = (['all', 'other-policies'] as const).flatMap((kind) => inMemory({ ...drawn, estate: all, kind }));
      for (const row of rows.slice(0, 40))
        expect(await opened.store.listings.find(row.exemption.id.toUpperCase())).toEqual(asKept(row));
      expect(await opened.store.listings.find('/no/such')).toBeUndefined();
    });

    it('tell what exempts from a recommendation at some scopes, as long as it is in force', async () => {
      const all = largeEstate();
      await keep(all);
      const [key, scopes] = ['disks', [shopProd.toUpperCase(), vm1]];
      const at = (scope: string): boolean => scopes.some((each) => normalId(each) === normalId(scope));
      const expected = all.flatMap(({ listed: { exemption, recommendations, state } }) =>
        at(exemption.scope) && recommendations.some((each) => each.key === key) && !/expired|orphaned/.test(state)
          ? [normalId(exemption.id)]
          : [],
      );
      const found = await opened.store.listings.exempting(key, scopes, now);
      expect(found.length).toBeGreaterThan(3);
      expect(found.every(({ recommendations }) => recommendations.some((each) => each.key === key))).toBe(true);
      expect(expected).toEqual(expect.arrayContaining(found.map(({ exemption }) => normalId(exemption.id))));
      expect(await opened.store.listings.exempting('none', scopes, now)).toEqual([]);
      expect(await opened.store.listings.exempting(key, [], now)).toEqual([]);
    });

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
        const sights = { policy: sight, defender: sight };
        await isSameAsInMemory({
          ...question!,
          estate,
          kind,
          sights,
          place: undefined,
          text: 'm',
          assignment: undefined,
          offset: 7,
        });
      }
    }, 120_000);

    it('hold nothing that the sweep does not know, and forget it with the sweep', async () => {
      const [drawn] = fc.sample(
        anyList.filter((each) => each.estate.filter(isOfPolicy).length > 3),
        { numRuns: 1, seed: 7 },
      );
      const estate = drawn!.estate.filter(isOfPolicy);
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

    it('keep what was made in Defender as a whole, and tell when each kind was read', async () => {
      const [drawn] = fc.sample(
        anyList.filter(({ estate }) => estate.filter((each) => !isOfPolicy(each)).length > 3),
        { numRuns: 1, seed: 7 },
      );
      const estate = drawn!.estate.filter((each) => !isOfPolicy(each));
      const { listings } = opened.store;
      await keep(drawn!.estate);
      const [later, last] = [1, 2].map((hours) => new Date(now.getTime() + hours * 3_600_000));
      expect((await listings.readAt()).defender).toEqual(now);
      await listings.noteRead(later!);
      expect(await listings.readAt()).toEqual({ policy: later, defender: now });
      const broken = estate.map(({ listing }) => ({ ...listing, digest: 'other', occasion: 'no digest' }));
      await expect(listings.keepThoseOfDefender(broken.slice(2), last!)).rejects.toThrow();
      expect(await listings.readAt()).toEqual({ policy: later, defender: now });
      const everywhere = { scopes: [everything], hidden: [], hierarchy: contoso };
      const sights = { policy: everywhere, defender: everywhere };
      const all = {
        ...drawn!,
        kind: 'all' as const,
        sights,
        place: undefined,
        text: '',
        assignment: undefined,
        offset: 0,
      };
      await isSameAsInMemory(all);
      await listings.keepThoseOfDefender(listingsOf(estate.slice(2)), last!);
      expect((await listings.readAt()).defender).toEqual(last);
      const left = drawn!.estate.filter((each) => isOfPolicy(each) || estate.indexOf(each) >= 2);
      await isSameAsInMemory({ ...all, estate: left });
    });

    it('follow what is needed', async () => {
      const { seen, listings } = opened.store;
      const [drawn] = fc.sample(
        anyList.filter(({ estate }) => estate.some(isUseful)),
        { numRuns: 1, seed: 7 },
      );
      const one = drawn!.estate.find(isUseful)!;
      await keep([one]);
      const sight = { scopes: ['/'], hidden: [], hierarchy: contoso };
      const filter = listingFilter({
        ...{ sights: { policy: sight, defender: sight }, place: undefined, hierarchy: contoso },
        ...{ text: '', kind: 'needless' },
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
