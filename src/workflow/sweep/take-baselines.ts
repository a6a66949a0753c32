import { andMore } from '../../core/first-few.ts';
import { alertWords } from '../../core/alert/alert-words.ts';
import type { Alert } from '../../core/alert/alert.ts';
import { formatInstant } from '../../core/calendar.ts';
import { listingFilter, type KeptListing } from '../../core/inventory/listing-filter.ts';
import { inAll, summedUp, type ListingCounts } from '../../core/inventory/listing-tally.ts';
import { scopeLabel } from '../../core/tenant/hierarchy.ts';
import { baselineKey, isOfWholeScope, type ChannelSubscription } from '../../core/alert/subscription.ts';
import type { Desk } from '../desk.ts';
import { queueAlert } from '../alert/raise-alerts.ts';
import type { SweepLook } from './look-around.ts';

const soonDays = 30;
/** As many as the card shows. */
const listedSoon = 14;

/** The exemptions that a channel finds when it subscribes to a scope, as far as a summary needs them. */
type Estate = {
  /** Those made together are one, as in lists and reports. */
  readonly numbers: ListingCounts;
  readonly needless: number;
  /** The first of those that expire soon, and how many there are. */
  readonly soon: { readonly first: readonly KeptListing[]; readonly count: number };
};

const factsOf = ({ numbers, needless }: Estate, scope: string): Alert['facts'] => {
  const always = [
    { label: 'Scope', text: scope },
    { label: 'Exemptions found', text: String(inAll(numbers)) },
    { label: 'Expire within 30 days', text: String(numbers.expiring) },
    { label: 'Never expire', text: String(numbers['never-expires']) },
  ];
  const others = [
    { label: 'Expired', number: numbers.expired },
    { label: 'Orphaned', number: numbers.orphaned },
    { label: 'No longer needed', number: needless },
  ];
  return [
    ...always,
    ...others.filter(({ number }) => number > 0).map(({ label, number }) => ({ label, text: String(number) })),
    {
      label: 'Counted',
      text: 'As in lists and reports: exemptions made together, one for each policy assignment, are one',
    },
  ];
};

const summaryOf = (estate: Estate, desk: Desk, { hierarchy }: SweepLook, watched: string): Alert => {
  const { first, count } = estate.soon;
  const rowOf = ({ exemption: { expiresAt, scope }, recommendations }: KeptListing): string =>
    `${expiresAt === undefined ? '' : formatInstant(expiresAt, desk.timeZone)}: ${recommendations[0]?.title ?? ''} (${scopeLabel(scope, hierarchy)})`;
  return {
    ...alertWords.baseline,
    severity: undefined,
    facts: factsOf(estate, scopeLabel(watched, hierarchy)),
    words: '',
    rows: [...first.map(rowOf), andMore(count, first.length)].filter((row) => row !== ''),
    reference: undefined,
    exemptionId: undefined,
  };
};

/** Counted in the database, from what lists show. Those made in Defender raise no alerts, so they are left out. */
const estateOf = async (desk: Desk, { at: now, hierarchy }: SweepLook, scope: string): Promise<Estate> => {
  const { listings } = desk.database;
  const { timeZone } = desk;
  const sights = {
    policy: { scopes: [scope], hidden: [], hierarchy },
    defender: { scopes: [], hidden: [], hierarchy },
  };
  const time = { now, timeZone, withinDays: soonDays };
  const asked = { sights, place: undefined, hierarchy, text: '', ...time };
  const expiring = listingFilter({ ...asked, kind: 'expiring' });
  const { byPlace } = await listings.tally(expiring);
  return {
    numbers: summedUp(byPlace.values()),
    needless: await listings.count(listingFilter({ ...asked, kind: 'needless' }), Number.MAX_SAFE_INTEGER),
    soon: {
      first: await listings.page(expiring, { most: listedSoon }),
      count: await listings.count(expiring, Number.MAX_SAFE_INTEGER),
    },
  };
};

const takeBaseline = async (desk: Desk, look: SweepLook, subscription: ChannelSubscription): Promise<void> => {
  const { channelId, scope } = subscription;
  // One recommendation in a scope has too little to sum up.
  const estate = isOfWholeScope(subscription) ? await estateOf(desk, look, scope) : undefined;
  await desk.database.transaction(async (store) => {
    if (!(await store.alerts.claim(channelId, baselineKey(subscription), ['baseline'], look.at))) return;
    if (estate !== undefined && inAll(estate.numbers) > 0)
      await queueAlert(desk, store, channelId, summaryOf(estate, desk, look, scope));
  });
};

/** Posts one summary to every channel that has subscribed since the last sweep, once everything that this one found stands in the database. */
export const takeBaselines = async (desk: Desk, look: SweepLook): Promise<void> => {
  for await (const portion of desk.database.subscriptions.withoutBaseline())
    for (const subscription of portion) await takeBaseline(desk, look, subscription);
};
