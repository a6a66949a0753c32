import { isOrdinary, type ListedExemption } from '../../../src/core/inventory/listed-exemption.ts';
import type { ListingKind } from '../../../src/core/inventory/listing-filter.ts';
import { inAll, noListings, type ListingCounts, type ListingTally } from '../../../src/core/inventory/listing-tally.ts';
import { byCodePoint } from '../../../src/core/lists.ts';
import { normalId, subscriptionOf } from '../../../src/core/tenant/arm-id.ts';
import { covers } from '../../../src/core/tenant/hierarchy.ts';
import { worstSeverity } from '../../../src/core/tenant/severity.ts';
import { occasionOf, together } from '../../../src/workflow/inventory/group-exemptions.ts';
import { canSee } from '../../../src/workflow/rights/take-viewpoint.ts';
import { contoso } from '../../core/contoso.ts';
import { now } from '../../core/policies.ts';
import type { Arbitrary } from 'fast-check';
import type { anyList } from './any-estate.ts';

export type Drawn = typeof anyList extends Arbitrary<infer Value> ? Value : never;

/** The soonest expiry first, then by the normal id; what has ended stands last, the last end first. */
const inOrder = (a: ListedExemption, b: ListedExemption): number => {
  const endOf = ({ exemption: { expiresAt } }: ListedExemption): number => expiresAt?.getTime() ?? Infinity;
  const [over, otherOver] = [a, b].map((each) => endOf(each) <= now.getTime());
  if (over !== otherOver) return over === true ? 1 : -1;
  const [end, other] = [endOf(a), endOf(b)];
  if (end === other) return byCodePoint(normalId(a.exemption.id), normalId(b.exemption.id));
  return over === true ? other - end : end - other;
};

const contains = (row: ListedExemption, text: string): boolean =>
  [
    row.exemption.displayName,
    row.exemption.name,
    row.scopeLabel,
    ...row.recommendations.map((each) => each.title),
  ].some((each) => each.toLowerCase().includes(text.toLowerCase()));

const isCalled = ({ exemption }: ListedExemption, words: string): boolean =>
  [exemption.name, exemption.displayName].some((each) => each.toLowerCase() === words.toLowerCase());

const isOf = (row: ListedExemption, kind: ListingKind, assignment: string | undefined): boolean => {
  if (assignment !== undefined && isOrdinary(row) && kind !== 'other-policies')
    return isOf(
      { ...row, state: row.state, recommendations: [{ key: '', title: '', severity: 'low' }] },
      kind,
      undefined,
    );
  if (kind === 'other-policies' || isOrdinary(row)) return kind === 'other-policies' && isOrdinary(row);
  if (kind === 'all' || kind === 'needless') return true;
  return kind === 'outside' ? row.request === undefined : row.state === kind;
};

/** The same list as the functions make it that hold everything in memory. */
export const inMemory = ({ estate, sights, place, text, isWhole, kind, assignment }: Drawn): ListedExemption[] => {
  const on = new Set(
    estate
      .filter(
        ({ sighting, listed }) => listed.madeIn === 'policy' && sighting.exemption.policyAssignmentId === assignment,
      )
      .map(({ listed }) => occasionOf(listed)),
  );
  const kept = estate
    .map(({ listed }) => listed)
    .filter((row) => canSee(sights[row.madeIn], row.exemption.scope) && isOf(row, kind, assignment))
    .filter((row) => assignment === undefined || on.has(occasionOf(row)))
    .filter((row) => text === '' || (isWhole ? isCalled(row, text) : contains(row, text)))
    .filter(
      ({ exemption: { scope } }) =>
        place === undefined || covers(place, scope, contoso) || covers(scope, place, contoso),
    );
  return together(kept.sort(inOrder)).filter(({ needless }) => kind !== 'needless' || needless);
};

/** The numbers of rows by state, and without a request. */
export const countsOf = (rows: readonly ListedExemption[]): ListingCounts =>
  rows.reduce(
    (sum, { state, request }) => ({
      ...sum,
      [state]: sum[state] + 1,
      outside: sum.outside + (request === undefined ? 1 : 0),
    }),
    noListings,
  );

const countedBy = <Key>(
  rows: readonly ListedExemption[],
  keyOf: (row: ListedExemption) => Key,
): Map<Key, ListingCounts> => new Map([...Map.groupBy(rows, keyOf)].map(([key, those]) => [key, countsOf(those)]));

/** The numbers of some rows. */
export const tallyOf = (rows: readonly ListedExemption[]): ListingTally => {
  const byPlace = countedBy(rows, ({ exemption: { scope } }) => normalId(subscriptionOf(scope) ?? scope));
  if ([...byPlace.values()].reduce((sum, each) => sum + inAll(each), 0) !== rows.length)
    throw new RangeError('An exemption has no state.');
  return {
    byPlace,
    bySeverity: countedBy(rows, (row) => worstSeverity(row.recommendations.map((one) => one.severity))),
  };
};

/** The numbers of the same list. */
export const tallyInMemory = (drawn: Drawn): ListingTally => tallyOf(inMemory({ ...drawn, kind: 'all', text: '' }));
