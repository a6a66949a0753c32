import { listingFilter, type KeptListing } from '../../src/core/inventory/listing-filter.ts';
import { everything } from '../../src/core/tenant/hierarchy.ts';
import { contoso } from '../core/contoso.ts';
import type { TestDesk } from './make-desk.ts';

type Kept = Pick<TestDesk['desk']['database'], 'listings'>;

/** What a list shows to somebody who may see everything, without a question to Azure. */
export const listed = ({ desk }: TestDesk, text = '', { listings }: Kept = desk.database): Promise<KeptListing[]> => {
  const sight = { scopes: [everything], hidden: [], hierarchy: contoso };
  const filter = listingFilter({
    ...{ sights: { policy: sight, defender: sight }, place: undefined, hierarchy: contoso, text, kind: 'all' },
    ...{ now: desk.now(), timeZone: desk.timeZone, withinDays: 30 },
  });
  return listings.page(filter, { skip: 0, most: 100 });
};

/** The policy assignments under which a list shows exemptions of a request, one for each of them. */
export const listedFor = async (world: TestDesk, reference: string, kept?: Kept): Promise<string[]> =>
  (await listed(world, '', kept)).flatMap((row) => (row.reference === reference ? row.assignmentNames : []));
