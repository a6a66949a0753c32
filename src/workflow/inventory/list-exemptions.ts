import type { WhyEmpty } from '../../core/access/why-empty.ts';
import { ageSentences } from '../../core/inventory/listing-age.ts';
import { listingFilter, type ListingKind } from '../../core/inventory/listing-filter.ts';
import type { ListedExemption } from '../../core/inventory/listed-exemption.ts';
import { countOf, type ListingCounts } from '../../core/inventory/listing-tally.ts';
import { mostCounted, readPage, type ListPage } from '../../core/list-page.ts';
import type { Desk } from '../desk.ts';
import { readingFor } from '../rights/find-why-empty.ts';
import { narrowByName, timesOf, type Asker, type Viewpoint } from '../rights/take-viewpoint.ts';
import { asListed, lookAtKept, whyNoExemptions } from './kept-exemptions.ts';

export type ExemptionList = {
  readonly page: ListPage<ListedExemption>;
  /** How many there are of each kind; undefined where that was not counted: for a text, for some kinds, and where there are very many. */
  readonly counts: ListingCounts | undefined;
  readonly viewpoint: Viewpoint;
  /** How old it is and what is missing, as sentences; empty if nothing is to be said. */
  readonly age: string;
  /** Undefined unless it is empty. */
  readonly whyEmpty: WhyEmpty | undefined;
};

export type WantedExemptions = {
  readonly text: string;
  readonly kind: ListingKind;
  readonly withinDays: number;
  /** Name or id of a subscription or management group, as typed; empty for all. */
  readonly subscription: string;
  /** The id of a policy assignment; undefined for any. */
  readonly assignment?: string | undefined;
  readonly page: number;
};

/**
 * Exemptions of Defender recommendations that the asker may see and that cover something in the wanted scope, whoever made them: a page of them,
 * what ends soonest first and what has ended last; or why there is none. They are as the sweep found them, and as Exemption Desk itself wrote them since.
 */
export const listExemptions = (desk: Desk, asker: Asker, wanted: WantedExemptions): Promise<ExemptionList> =>
  readingFor('exemptions', () => list(desk, asker, wanted));

/** How many rows the list of everything that somebody may see of a kind has; counts no further than to `mostCounted`. */
export const countExemptions = async (
  desk: Desk,
  asker: Asker,
  { kind, withinDays }: Pick<WantedExemptions, 'kind' | 'withinDays'>,
): Promise<{ readonly found: number; readonly readAt: Date | undefined }> => {
  const { viewpoint, sights, readAt } = await lookAtKept(desk, asker);
  const filter = listingFilter({
    ...{ sights, place: undefined, hierarchy: viewpoint.hierarchy, text: '', kind, withinDays },
    ...{ now: desk.now(), timeZone: desk.timeZone },
  });
  return { found: await desk.database.listings.count(filter, mostCounted), readAt: readAt.policy };
};

const list = async (desk: Desk, asker: Asker, wanted: WantedExemptions): Promise<ExemptionList> => {
  const { text, kind, withinDays, subscription, assignment } = wanted;
  const { timeZone, sweepMinutes } = desk;
  const { listings } = desk.database;
  const inSight = await lookAtKept(desk, asker);
  const { viewpoint: whole, sights, readAt } = inSight;
  const narrowed = subscription !== '' && whole.scopes.length > 0 ? narrowByName(whole, subscription) : undefined;
  const { hierarchy } = whole;
  const now = desk.now();
  const asked = { sights, place: narrowed?.place, hierarchy, text, kind, assignment, now, timeZone, withinDays };
  const filter = listingFilter(asked);
  let counts: ListingCounts | undefined;
  const page = await readPage(
    {
      // One question for all kinds, where it counts this one as well.
      count: async (most) => {
        if (text !== '' || kind === 'needless' || kind === 'other-policies') return listings.count(filter, most);
        counts = await listings.countKinds(filter, most);
        return counts === undefined ? listings.count(filter, most) : countOf(counts, kind);
      },
      read: (skip, most) => listings.page(filter, { skip, most }),
    },
    wanted.page,
  );
  const whyEmpty = async (): Promise<WhyEmpty> => {
    const everything = listingFilter({
      ...asked,
      ...{ place: undefined, text: '', kind: 'all', assignment: undefined },
    });
    return whyNoExemptions(desk, asker, inSight, await listings.count(everything, mostCounted + 1));
  };
  return {
    page: { ...page, rows: await asListed(desk, page.rows, { hierarchy, withinDays }) },
    counts,
    viewpoint: narrowed ?? whole,
    age: ageSentences(readAt, { now, ...timesOf(desk, asker), sweepMinutes }),
    whyEmpty: page.found > 0 ? undefined : await whyEmpty(),
  };
};
