import fc from 'fast-check';
import type { Listing } from '../../../src/core/inventory/listing.ts';
import { listingFilter, type KeptListing } from '../../../src/core/inventory/listing-filter.ts';
import { everything } from '../../../src/core/tenant/hierarchy.ts';
import type { OpenStore } from '../../../src/store/open-store.ts';
import { contoso } from '../../core/contoso.ts';
import { now } from '../../core/policies.ts';
import { engines } from '../engines.ts';
import { anyList, timeZone, type Known } from './any-estate.ts';

const later = (minutes: number): Date => new Date(now.getTime() + minutes * 60_000);

/** An exemption that stands alone in every list. */
const one = (): Known => {
  const [drawn] = fc.sample(
    anyList.filter(({ estate }) =>
      estate.some(({ listed, listing }) => listing.madeIn === 'policy' && listed.recommendations.length > 0),
    ),
    { numRuns: 1, seed: 7 },
  );
  return drawn!.estate.find(({ listed, listing }) => listing.madeIn === 'policy' && listed.recommendations.length > 0)!;
};

/** The same with another name. */
const named = (listing: Listing, displayName: string): Listing => ({
  ...listing,
  digest: displayName,
  exemption: { ...listing.exemption, displayName },
});

/** One more of those made together with it. */
const beside = (listing: Listing, at: number): Listing => ({
  ...listing,
  exemption: { ...listing.exemption, id: `${listing.exemption.id}-${at}` },
});

for (const { engine, open, whyNot } of engines) {
  (whyNot === undefined ? describe : describe.skip)(whyNot ?? `what steps wrote, for lists, on ${engine}`, () => {
    const { listing, sighting } = one();
    const { id } = listing.exemption;
    let opened: OpenStore;
    beforeAll(async () => {
      opened = await open();
    }, 60_000);
    afterAll(() => opened.close());
    afterEach(async () => {
      await opened.sqlForJobs.executeSql('delete from written_exemptions');
      await opened.store.seen.remove([id]);
      await opened.sqlForJobs.executeSql('delete from listed_exemptions');
    });

    const put = (given: Listing, at = now): Promise<void> =>
      opened.transaction((store) => store.written.put(given, at));
    const erase = (at = now): Promise<void> => opened.transaction((store) => store.written.erase([id], at));
    const rows = async (): Promise<KeptListing[]> => {
      const sight = { scopes: [everything], hidden: [], hierarchy: contoso };
      const filter = listingFilter({
        ...{ sights: { policy: sight, defender: sight }, place: undefined, hierarchy: contoso },
        ...{ text: '', kind: 'all', now, timeZone, withinDays: 30 },
      });
      return opened.store.listings.page(filter, { skip: 0, most: 10 });
    };
    const names = async (): Promise<string[]> => (await rows()).map(({ exemption }) => exemption.displayName);

    it('is listed at once, although no sweep has seen it, and no sweep changes or removes it', async () => {
      const { listings, seen } = opened.store;
      await put(named(listing, 'Written'));
      expect(await names()).toEqual(['Written']);
      await seen.save([sighting], now);
      await listings.keep([named(listing, 'Lagging')]);
      expect(await names()).toEqual(['Written']);
      await listings.forget([id], later(-1));
      await seen.remove([id]);
      expect(await names()).toEqual(['Written']);
      await listings.forget([id], later(1));
      expect(await names()).toEqual([]);
    });

    it('comes into no list again once it was removed', async () => {
      const { listings, seen, written } = opened.store;
      await seen.save([sighting], now);
      await listings.keep([listing]);
      await erase();
      await listings.keep([listing]);
      expect(await names()).toEqual([]);
      expect(await written.all(9)).toMatchObject([{ exemptionId: id, writtenAt: now, listed: undefined }]);
    });

    it('follows Resource Manager, unless it was written again meanwhile', async () => {
      const { written } = opened.store;
      await put(named(listing, 'First'));
      const [first] = await written.all(9);
      await put(named(listing, 'Second'));
      expect(await written.settle(first!, undefined)).toBe(false);
      expect(await names()).toEqual(['Second']);
      const [second] = await written.all(9);
      expect(await written.settle(second!, named(listing, 'By hand'))).toBe(true);
      expect(await names()).toEqual(['By hand']);
      expect(await written.settle(second!, undefined)).toBe(true);
      expect(await names()).toEqual([]);
    });

    it('is left to the sweep once that has seen it, unless it was written again meanwhile', async () => {
      const { listings, seen, written } = opened.store;
      await put(named(listing, 'Written'));
      const before = await written.all(9);
      await written.leave(before);
      expect(await written.all(9)).toEqual([{ ...before[0], listed: 'Written' }]);
      await seen.save([sighting], now);
      await put(named(listing, 'Again'), later(1));
      await written.leave(before);
      expect(await written.all(9)).toMatchObject([{ listed: 'Again', writtenAt: later(1) }]);
      await written.leave(await written.all(9));
      expect(await written.all(9)).toEqual([]);
      await listings.keep([named(listing, 'As the sweep found it')]);
      expect(await names()).toEqual(['As the sweep found it']);
    });

    it('changes with the record of its step or not at all', async () => {
      const broken = opened.transaction(async (store) => {
        await store.written.put(listing, now);
        throw new Error('The step is not recorded.');
      });
      await expect(broken).rejects.toThrow('not recorded');
      expect(await names()).toEqual([]);
      expect(await opened.store.written.all(9)).toEqual([]);
    });

    it('is one row for those made together, however many are written, removed and swept at the same time', async () => {
      const { listings, seen, written } = opened.store;
      await seen.save([sighting], now);
      const all = Array.from({ length: 12 }, (_, at) => beside(listing, at));
      const removed = (those: readonly Listing[]) =>
        Promise.all(
          those.map(({ exemption }) => opened.transaction((store) => store.written.erase([exemption.id], now))),
        );
      const leading = async (): Promise<number> =>
        (await opened.sqlForJobs.executeSql('select from listed_exemptions where leads')).rows.length;
      const numbers = async (): Promise<number[]> => (await rows()).map((row) => row.assignmentNames.length);
      // Another one with the same recommendations, which are then no reason to wait for one another.
      const apart = { ...listing, occasion: '00000000-0000-4000-8000-000000000001' };
      await listings.keep([apart]);
      for (let round = 0; round < 6; round += 1) {
        const steps = all.map((each) => put(each));
        await Promise.all([...steps, listings.tidy(), listings.keep([apart]), seen.markNeeded([1])]);
        expect(await numbers()).toEqual([1, 12]);
        expect(await leading()).toBe(2);
        await removed(all.filter((_, at) => at % 2 === round % 2));
        expect(await numbers()).toEqual([1, 6]);
        expect(await leading()).toBe(2);
        await removed(all);
        expect(await numbers()).toEqual([1]);
      }
      expect(await written.all(99)).toHaveLength(12);
    });
  });
}
