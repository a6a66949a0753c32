import { normalId, subscriptionOf } from '../tenant/arm-id.ts';
import { scopeLabel, type Hierarchy } from '../tenant/hierarchy.ts';
import type { ListedExemption } from '../inventory/listed-exemption.ts';
import { severities, worstSeverity, type Severity } from '../tenant/severity.ts';
import type { OpenRequest } from './tally-requests.ts';

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

/** The highest severity among the recommendations of an exemption. */
const severityOf = ({ recommendations }: Pick<ListedExemption, 'recommendations'>): Severity | undefined =>
  worstSeverity(recommendations.map(({ severity }) => severity));

const groupOf = (label: string, rows: readonly ListedExemption[], open: readonly OpenRequest[]): ReportGroup => ({
  label,
  exemptions: rows.length,
  expiring: rows.filter(({ state }) => state === 'expiring').length,
  neverExpires: rows.filter(({ state }) => state === 'never-expires').length,
  orphaned: rows.filter(({ state }) => state === 'orphaned').length,
  outside: rows.filter(({ request }) => request === undefined).length,
  open: open.length,
});

/** The subscription that a scope lies in, or the management group. */
const placeOf = (scope: string): string => normalId(subscriptionOf(scope) ?? scope);

const placesOf = (scopes: readonly string[]): string[] => [...new Set(scopes.map(placeOf))];

/** One group for each subscription (or management group, for an exemption there), largest first. */
export const bySubscription = (
  rows: readonly ListedExemption[],
  open: readonly OpenRequest[],
  hierarchy: Hierarchy,
): readonly ReportGroup[] => {
  const rowsIn = Map.groupBy(rows, ({ exemption }) => placeOf(exemption.scope));
  const openIn = Map.groupBy(
    open.flatMap((request) => placesOf(request.scopes).map((place) => ({ place, request }))),
    ({ place }) => place,
  );
  return [...new Set([...rowsIn.keys(), ...openIn.keys()])]
    .map((place) =>
      groupOf(
        scopeLabel(place, hierarchy),
        rowsIn.get(place) ?? [],
        (openIn.get(place) ?? []).map(({ request }) => request),
      ),
    )
    .sort((a, b) => b.exemptions - a.exemptions || b.open - a.open || a.label.localeCompare(b.label, 'en'));
};

/** One group for each severity, highest first, and one for unknown recommendations; empty groups are left out. */
export const bySeverity = (rows: readonly ListedExemption[], open: readonly OpenRequest[]): readonly ReportGroup[] =>
  [...severities, undefined]
    .map((severity) =>
      groupOf(
        severity ?? '',
        rows.filter((row) => severityOf(row) === severity),
        open.filter((each) => each.severity === severity),
      ),
    )
    .filter(({ exemptions, open: waiting }) => exemptions + waiting > 0);
