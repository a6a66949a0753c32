import { distinctBy } from '../lists.ts';
import { normalId, subscriptionOf } from '../tenant/arm-id.ts';
import { scopeLabel, type Hierarchy } from '../tenant/hierarchy.ts';
import type { ListedExemption } from '../inventory/listed-exemption.ts';
import type { Severity } from '../tenant/recommendation.ts';
import type { ExemptionRequest } from '../request/request.ts';

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

type Place = { readonly key: string; readonly label: string };

const severities: readonly Severity[] = ['high', 'medium', 'low'];

/** The highest severity among the recommendations of an exemption. */
const severityOf = ({ recommendations }: Pick<ListedExemption, 'recommendations'>): Severity | undefined =>
  severities.find((severity) => recommendations.some((each) => each.severity === severity));

const groupOf = (label: string, rows: readonly ListedExemption[], open: readonly ExemptionRequest[]): ReportGroup => ({
  label,
  exemptions: rows.length,
  expiring: rows.filter(({ state }) => state === 'expiring').length,
  neverExpires: rows.filter(({ state }) => state === 'never-expires').length,
  orphaned: rows.filter(({ state }) => state === 'orphaned').length,
  outside: rows.filter(({ request }) => request === undefined).length,
  open: open.length,
});

const placeOf = (scope: string, hierarchy: Hierarchy): Place => {
  const id = subscriptionOf(scope) ?? scope;
  return { key: normalId(id), label: scopeLabel(id, hierarchy) };
};

const placesOf = (scopes: readonly string[], hierarchy: Hierarchy): Place[] =>
  distinctBy(
    scopes.map((scope) => placeOf(scope, hierarchy)),
    ({ key }) => key,
  );

/** One group for each subscription (or management group, for an exemption there), largest first. */
export const bySubscription = (
  rows: readonly ListedExemption[],
  open: readonly ExemptionRequest[],
  hierarchy: Hierarchy,
): readonly ReportGroup[] => {
  const rowsIn = Map.groupBy(rows, ({ exemption }) => placeOf(exemption.scope, hierarchy).key);
  const requestPlaces = open.map((request) => ({ request, places: placesOf(request.terms.scopes, hierarchy) }));
  const every = placesOf(
    [...rows.map(({ exemption }) => exemption.scope), ...open.flatMap(({ terms }) => terms.scopes)],
    hierarchy,
  );
  return every
    .map(({ key, label }) =>
      groupOf(
        label,
        rowsIn.get(key) ?? [],
        requestPlaces.filter(({ places }) => places.some((place) => place.key === key)).map(({ request }) => request),
      ),
    )
    .sort((a, b) => b.exemptions - a.exemptions || b.open - a.open || a.label.localeCompare(b.label, 'en'));
};

/** One group for each severity, highest first, and one for unknown recommendations; empty groups are left out. */
export const bySeverity = (
  rows: readonly ListedExemption[],
  open: readonly ExemptionRequest[],
): readonly ReportGroup[] =>
  [...severities, undefined]
    .map((severity) =>
      groupOf(
        severity ?? '',
        rows.filter((row) => severityOf(row) === severity),
        open.filter(({ terms }) => terms.recommendation.severity === severity),
      ),
    )
    .filter(({ exemptions, open: waiting }) => exemptions + waiting > 0);
