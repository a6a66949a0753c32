import { readPage } from '../../src/core/list-page.ts';
import { listingFilter, type ListingKind } from '../../src/core/inventory/listing-filter.ts';
import type { OpenStore } from '../../src/store/open-store.ts';
import type { Question } from './list-questions.ts';
import { largeHierarchy, places } from './many-requests.ts';

type Asked = { readonly kind?: ListingKind; readonly text?: string; readonly place?: string; readonly page?: number };

const asked: Readonly<Record<string, (round: number) => Asked>> = {
  'exemptions all': () => ({}),
  'exemptions all, a page further back': (round) => ({ page: 1 + round * 5 }),
  'exemptions expiring': () => ({ kind: 'expiring' }),
  'exemptions expired': () => ({ kind: 'expired' }),
  'exemptions that never expire': () => ({ kind: 'never-expires' }),
  'exemptions orphaned': () => ({ kind: 'orphaned' }),
  'exemptions made outside': () => ({ kind: 'outside' }),
  'exemptions not needed': () => ({ kind: 'needless' }),
  'exemptions of other policies': () => ({ kind: 'other-policies' }),
  'exemptions, a name that one has': (round) => ({ text: `exemption ${round * 4001} ` }),
  'exemptions, a name that all have': () => ({ text: 'migration' }),
  'exemptions, a recommendation': (round) => ({ text: `recommendation ${round * 11} ` }),
  'exemptions, a name that none has': () => ({ text: 'nobody is called so' }),
  'exemptions in one subscription': (round) => ({ place: largeHierarchy.subscriptions[round]?.id ?? '' }),
};

/** Everything that lists exemptions. */
export const exemptionQuestions = ({ store }: OpenStore, now: Date): Question[] =>
  Object.entries(places).flatMap(([who, scopes]) =>
    Object.entries(asked).map(([name, question]): Question => {
      const sight = { scopes, hidden: [], hierarchy: largeHierarchy };
      const ask = (round: number): Promise<unknown> => {
        const { kind = 'all', text = '', place, page = 1 } = question(round);
        const time = { now, timeZone: 'Europe/Berlin', withinDays: 30 };
        const filter = listingFilter({ sight, place, hierarchy: largeHierarchy, text, kind, ...time });
        const { listings } = store;
        return readPage(
          {
            count: (most) => listings.count(filter, most),
            read: (skip, most) => listings.page(filter, { skip, most }),
          },
          page,
        );
      };
      return { name: `${name}, ${who}`, ask };
    }),
  );
