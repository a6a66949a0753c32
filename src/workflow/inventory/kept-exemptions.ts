import { readDefenderExemptions, readExemptions } from '../../core/access/access.ts';
import type { WhyEmpty } from '../../core/access/why-empty.ts';
import { stillReading, withoutDefender } from '../../core/inventory/listing-age.ts';
import {
  listingFilter,
  type KeptListing,
  type ListingFilter,
  type ListingsReadAt,
} from '../../core/inventory/listing-filter.ts';
import type { ListedExemption } from '../../core/inventory/listed-exemption.ts';
import type { MadeIn } from '../../core/inventory/listing.ts';
import { nameOf } from '../../core/tenant/arm-id.ts';
import { scopeLabel, type Hierarchy } from '../../core/tenant/hierarchy.ts';
import type { Desk } from '../desk.ts';
import { findWhyEmpty } from '../rights/find-why-empty.ts';
import { takeViewpoint, type Asker, type Sight, type Viewpoint } from '../rights/take-viewpoint.ts';
import { requestsBehind } from './requests-behind.ts';
import { expiringWithinDays, shownState } from './shown-state.ts';

/** What somebody may see of the exemptions that are kept for lists, and when those were read. */
export type KeptInSight = {
  /** Of the exemptions of Azure Policy. */
  readonly viewpoint: Viewpoint;
  readonly sights: Readonly<Record<MadeIn, Sight>>;
  readonly readAt: ListingsReadAt;
};

export const lookAtKept = async (desk: Desk, asker: Asker): Promise<KeptInSight> => {
  const [policy, defender, readAt] = await Promise.all([
    takeViewpoint(desk, asker, readExemptions),
    takeViewpoint(desk, asker, readDefenderExemptions),
    desk.database.listings.readAt(),
  ]);
  return { viewpoint: policy, sights: { policy, defender }, readAt };
};

type Shown = { readonly hierarchy: Hierarchy; readonly withinDays: number };

/** Rows of a list, with the requests behind them: of what is stored, only these are read. */
export const asListed = async (
  desk: Pick<Desk, 'database' | 'now' | 'timeZone'>,
  rows: readonly KeptListing[],
  { hierarchy, withinDays }: Shown,
): Promise<ListedExemption[]> => {
  const references = [...new Set(rows.flatMap(({ reference }) => reference ?? []))];
  const requestBehind = requestsBehind(
    references.length === 0 ? [] : await desk.database.requests.list({ references }),
  );
  return rows.map(({ exemption, reference, assignmentGone, ...row }) => ({
    ...row,
    exemption: { ...exemption, name: nameOf(exemption.id) },
    scopeLabel: scopeLabel(exemption.scope, hierarchy),
    state: shownState(desk, exemption, assignmentGone, withinDays),
    request: requestBehind({ id: exemption.id, requestReference: reference }),
  }));
};

/** All exemptions of recommendations that somebody may see. */
export const allListed = (
  { now, timeZone }: Pick<Desk, 'now' | 'timeZone'>,
  sights: KeptInSight['sights'],
): ListingFilter =>
  listingFilter({
    ...{ sights, hierarchy: sights.policy.hierarchy, place: undefined, text: '', kind: 'all' },
    ...{ now: now(), timeZone, withinDays: expiringWithinDays },
  });

const rowsTogether = 500;

/** All rows of a list, in portions, so that they never have to fit in memory together. */
export async function* everyListed(
  desk: Pick<Desk, 'database' | 'now' | 'timeZone'>,
  filter: ListingFilter,
  hierarchy: Hierarchy,
): AsyncGenerator<ListedExemption[], void> {
  for (let after: KeptListing | undefined; ;) {
    const portion = await desk.database.listings.page(filter, { after, most: rowsTogether });
    yield asListed(desk, portion, { hierarchy, withinDays: expiringWithinDays });
    after = portion.at(-1);
    if (portion.length < rowsTogether) return;
  }
}

/** Why a list of exemptions shows nothing; `without` counts its rows without what was asked for. */
export const whyNoExemptions = async (
  desk: Desk,
  { person }: Asker,
  { viewpoint, readAt }: KeptInSight,
  without: number,
): Promise<WhyEmpty> => {
  const why = await findWhyEmpty(desk, person, viewpoint, readExemptions, without);
  if (why.kind !== 'nothing-there') return why;
  if (readAt.policy === undefined) return { kind: 'could-not-read', because: stillReading };
  return readAt.defender === undefined ? { kind: 'could-not-read', because: withoutDefender } : why;
};
