import { scopeLabel, type Hierarchy } from '../tenant/hierarchy.ts';
import { inAll, noListings, type ListingCounts, type ListingTally } from '../inventory/listing-tally.ts';
import { severities } from '../tenant/severity.ts';
import type { OpenNumbers } from '../request/listed-requests.ts';

/** The same numbers for one subscription, management group or severity. */
export type ReportGroup = {
  /** A readable name; for a severity the severity itself, empty if the recommendation is unknown. */
  readonly label: string;
  readonly exemptions: number;
  readonly expiring: number;
  readonly neverExpires: number;
  readonly orphaned: number;
  readonly outside: number;
  /** Waiting requests; one that covers several subscriptions counts in each. */
  readonly open: number;
};

const groupOf = (label: string, counts: ListingCounts, open: number): ReportGroup => ({
  label,
  exemptions: inAll(counts),
  expiring: counts.expiring,
  neverExpires: counts['never-expires'],
  orphaned: counts.orphaned,
  outside: counts.outside,
  open,
});

/** One group for each subscription (or management group, for an exemption there), largest first. */
export const bySubscription = (
  counted: ListingTally['byPlace'],
  open: OpenNumbers['byPlace'],
  hierarchy: Hierarchy,
): readonly ReportGroup[] =>
  [...new Set([...counted.keys(), ...open.keys()])]
    .map((place) => groupOf(scopeLabel(place, hierarchy), counted.get(place) ?? noListings, open.get(place) ?? 0))
    .sort((a, b) => b.exemptions - a.exemptions || b.open - a.open || a.label.localeCompare(b.label, 'en'));

/** One group for each severity, highest first, and one for unknown recommendations; empty groups are left out. */
export const bySeverity = (
  counted: ListingTally['bySeverity'],
  open: OpenNumbers['bySeverity'],
): readonly ReportGroup[] =>
  [...severities, undefined]
    .map((severity) =>
      groupOf(
        severity ?? '',
        counted.get(severity) ?? noListings,
        severity === undefined ? 0 : (open.get(severity) ?? 0),
      ),
    )
    .filter(({ exemptions, open: waiting }) => exemptions + waiting > 0);
